import type { Client } from "../protocol/client.js";
import { prefixBatches } from "../protocol/prefixes.js";
import { Protocol } from "../protocol/words.js";
import type { Announcement, ChurnEvent } from "./churn.js";
import type { Peer } from "./mrt/rib.js";
import { PathTooLong, toPath } from "./to-path.js";

export interface ReplayOptions {
  /** The router's neighbor that stands for a peer; null leaves the peer's events out. */
  neighborOf(peer: Peer): number | null;
  /** The path slot that the replay defines anew for each announcement; 0 unless told. */
  slot?: number;
  /** Lets the time between two events pass, in microseconds. Without it they follow one another at once. */
  elapse?(duration: number): Promise<void>;
}

/** Counts of prefixes. */
export interface Replayed {
  announced: number;
  withdrawn: number;
  /** Of peers that no neighbor stands for. */
  leftOut: number;
  /** With more AS numbers than a PATH message carries: withdrawn, as what they replace holds no more. */
  tooLong: number;
}

/** Plays a trace to a router whose ports and neighbors are set. Throws `Refused` as the client does. */
export async function replay(
  trace: Iterable<ChurnEvent> | AsyncIterable<ChurnEvent>,
  client: Pick<Client, "request">,
  options: ReplayOptions,
): Promise<Replayed> {
  const counts: Replayed = { announced: 0, withdrawn: 0, leftOut: 0, tooLong: 0 };
  let time: number | null = null;
  for await (const event of trace) {
    if (options.elapse && time !== null && event.time > time) await options.elapse(event.time - time);
    time = event.time;
    const neighbor = options.neighborOf(event.peer);
    if (neighbor === null) {
      counts.leftOut += event.prefixes.length;
    } else if (event.kind === "withdraw") {
      counts.withdrawn += event.prefixes.length;
      await withdraw(event, neighbor, client);
    } else if (await announce(event, neighbor, client, options)) {
      counts.announced += event.prefixes.length;
    } else {
      counts.tooLong += event.prefixes.length;
      await withdraw(event, neighbor, client);
    }
  }
  return counts;
}

async function withdraw(event: ChurnEvent, neighbor: number, client: Pick<Client, "request">): Promise<void> {
  for (const { family, tail } of prefixBatches(event.prefixes)) {
    await client.request("WITHDRAW", { neighbor, family }, tail);
  }
}

/** False if the path is too long. */
async function announce(
  event: Announcement,
  neighbor: number,
  client: Pick<Client, "request">,
  { slot = 0 }: ReplayOptions,
): Promise<boolean> {
  const protocol = event.internal ? Protocol.IBGP : Protocol.EBGP;
  try {
    const { values, tail } = toPath(event.path, { slot, neighbor, protocol });
    await client.request("PATH", values, tail);
  } catch (error) {
    if (error instanceof PathTooLong) return false;
    throw error;
  }
  for (const { family, tail } of prefixBatches(event.prefixes)) {
    await client.request("ANNOUNCE", { slot, family }, tail);
  }
  return true;
}
