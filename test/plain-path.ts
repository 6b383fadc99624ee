import type { Request } from "../host/protocol/messages.js";
import { Protocol } from "../host/protocol/words.js";

/** An eBGP path of a neighbor of which nothing ranks it above or below another. */
export function plainPath(slot: number, neighbor: number): Request<"PATH"> {
  return {
    slot,
    neighbor,
    protocol: Protocol.EBGP,
    flags: 0,
    origin: 0,
    weight: 1,
    localPref: 100,
    med: 0,
    hops: 0,
    cost: 0,
    latency: 0,
    originatorId: 0,
    clusters: 0,
  };
}
