/** Packets through the receive path: of every kind, for every reason of a drop, and broken in transit. */
import fc from "fast-check";
import { BODY_LIMIT, messages } from "../../host/protocol/messages.js";
import type { Router } from "../../host/router/router.js";
import { dropped } from "../assembly/forward/dropped.js";
import { Edge } from "../assembly/forward/edge.js";
import { mutated, valid } from "../assembly/forward/mutated.js";
import { type Bytes, ip4, ip6 } from "../assembly/packet/build.js";

/** The longest packet that a message carries. */
const ROOM = BODY_LIMIT - messages.FORWARD.request.size;

/** ICMP errors that are not held back, whatever a target's clock does meanwhile: only then are their counts the same. */
const BURST = 10;

function all(): Bytes[] {
  const broken = fc.sample(mutated, { seed: 1, numRuns: 200 });
  return [...valid, ...dropped.map(([, , packet]) => packet), ...broken].map(packet => packet.slice(0, ROOM));
}

/** The counters are asked after each burst. */
export function forwardAll(router: Router): void {
  const edge = new Edge(router);
  const packets = all();
  for (let first = 0; first < packets.length; first += BURST) {
    edge.configure();
    // Two ways to the servers, so that the flow's hash matters.
    edge.setMaxPaths(2);
    edge.announce(1, ip4("198.51.100.0"), 24);
    edge.announce(1, ip6("2001:db8:53::"), 48);
    for (const packet of packets.slice(first, first + BURST)) router.call("FORWARD", { port: 0 }, packet);
    router.call("COUNTERS", {});
  }
}
