/**
 * From what the router did with a stream to what became of it beyond: consecutive packets with one egress and one fate are a piece.
 * Chance comes later (chance.ts): a piece says how likely its packets get through.
 *
 * Invariant: the pieces of a stream cover its packets in order, without gaps or overlaps.
 */
import { Drop } from "../../host/protocol/words.js";
import type { FateChange } from "./fate.js";
import type { Loss } from "./observation.js";
import type { RouterPlan } from "./plan.js";
import type { EgressChange } from "./records.js";
import type { PlannedStream } from "./traffic.js";

export interface Piece {
  first: number;
  packets: number;
  neighbor: string | null;
  /** Where it arrives, chance aside. */
  site: string | null;
  /** Between router and site, and back. */
  roundTrip: number;
  /** Where its packets are lost, chance aside. */
  loss: Loss | null;
  /** Links with random loss on the way. */
  links: { name: string; loss: number }[];
  /** The share that the site can serve. */
  served: number;
}

const dropNames = new Map<number, string>(Object.entries(Drop).map(([name, value]) => [value, name]));

export function piecesOf(
  plan: RouterPlan,
  stream: PlannedStream,
  egress: readonly EgressChange[],
  sent: number,
): Piece[] {
  return egress.flatMap((change, index) => {
    const end = Math.min(egress[index + 1]?.first ?? sent, sent);
    if (change.egress === null) return droppedPiece(change, end);
    const neighbor = plan.neighbors[change.egress]!.node;
    const fates = plan.fates[change.egress]!.get(stream.prefix.text)!;
    return split(stream, change.first, end, fates).map(({ first, packets, fate }) => ({
      first,
      packets,
      neighbor,
      ...(fate.site === null
        ? { site: null, roundTrip: 0, loss: fate.loss, links: [] }
        : { site: fate.site, roundTrip: fate.roundTrip, loss: null, links: fate.links }),
      served: 1,
    }));
  });
}

function droppedPiece({ first, drop }: EgressChange, end: number): Piece[] {
  if (end <= first) return [];
  const detail = dropNames.get(drop!) ?? `reason ${drop}`;
  const loss: Loss = { at: "router", detail };
  return [
    { first, packets: end - first, neighbor: null, site: null, roundTrip: 0, loss, links: [], served: 1 },
  ];
}

/** Packets `first` to `end - 1` by their fate. */
function split(
  stream: PlannedStream,
  first: number,
  end: number,
  fates: readonly FateChange[],
): { first: number; packets: number; fate: FateChange["fate"] }[] {
  return fates.flatMap(({ from, fate }, index) => {
    const begin = Math.max(first, firstPacketFrom(stream, from));
    const after = Math.min(end, firstPacketFrom(stream, fates[index + 1]?.from ?? Number.POSITIVE_INFINITY));
    return begin < after ? [{ first: begin, packets: after - begin, fate }] : [];
  });
}

/** Number of the first packet sent at `time` or later; what the stream would send beyond its end included. */
export function firstPacketFrom(
  { start, interval }: { start: number; interval: number },
  time: number,
): number {
  return Math.max(0, Math.ceil((time - start) / interval));
}
