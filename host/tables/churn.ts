/**
 * Churn: what peers announced and withdrew over time, from the BGP4MP updates of an MRT file. `replay.ts` plays it to a
 * router.
 *
 * With add-path a peer may have several paths to a prefix. A neighbor of the router has one: the last announced, until
 * that is withdrawn.
 */
import { InputError } from "../input-error.js";
import { formatAddress, formatPrefix, type Prefix } from "./address.js";
import type { PathAttributes } from "./bgp/attributes.js";
import type { Nlri } from "./bgp/nlri.js";
import type { Input } from "./input.js";
import type { Peer } from "./mrt/rib.js";
import { Skipped } from "./mrt/skipped.js";
import { readUpdates } from "./mrt/updates.js";

interface PeerEvent {
  /** Microseconds since 1970. */
  readonly time: number;
  readonly peer: Peer;
  /** Peer and collector are of the same AS. */
  readonly internal: boolean;
  readonly prefixes: readonly Prefix[];
}

export interface Announcement extends PeerEvent {
  readonly kind: "announce";
  /** Its next hop is the one for the family of the prefixes. */
  readonly path: PathAttributes;
}

export interface Withdrawal extends PeerEvent {
  readonly kind: "withdraw";
}

export type ChurnEvent = Announcement | Withdrawal;

/** Identifies a peer. */
export function peerKey({ address, asn }: Peer): string {
  return `${formatAddress(address)} AS${asn}`;
}

/**
 * The events of a file in their order; of an update's, the withdrawals come first. Updates that the collector itself sent
 * are left out. Throws an InputError if the file has no updates.
 */
export async function* readChurn(input: Input, skipped = new Skipped()): AsyncGenerator<ChurnEvent> {
  const identifiers = new PathIdentifiers();
  let updates = 0;
  for await (const update of readUpdates(input, skipped)) {
    updates++;
    if (update.local) continue;
    const { peer, withdrawn, announced, path } = update;
    const from = { time: update.time, peer, internal: peer.asn === update.localAs };
    const key = peerKey(peer);
    const gone = withdrawn.filter(nlri => identifiers.withdraw(key, nlri));
    if (gone.length > 0) yield { kind: "withdraw", ...from, prefixes: gone.map(({ prefix }) => prefix) };
    for (const { nextHop, routes } of announced) {
      for (const nlri of routes) identifiers.announce(key, nlri);
      const prefixes = routes.map(({ prefix }) => prefix);
      yield { kind: "announce", ...from, prefixes, path: { ...path, nextHop } };
    }
  }
  if (updates === 0) {
    throw new InputError(
      { file: input.name },
      "updates (records of BGP4MP or BGP4MP_ET)",
      skipped.toString() || "no records",
    );
  }
}

/** The identifiers of the paths last announced with add-path. */
class PathIdentifiers {
  readonly #last = new Map<string, number>();

  announce(peer: string, { prefix, pathId }: Nlri): void {
    if (pathId !== null) this.#last.set(`${peer} ${formatPrefix(prefix)}`, pathId);
  }

  /** Whether the prefix has no path of this peer any more. */
  withdraw(peer: string, { prefix, pathId }: Nlri): boolean {
    if (pathId === null) return true;
    const key = `${peer} ${formatPrefix(prefix)}`;
    return this.#last.get(key) === pathId && this.#last.delete(key);
  }
}
