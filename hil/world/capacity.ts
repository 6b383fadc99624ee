/**
 * Sites with a capacity. Load is a fluid: while a piece arrives at a site it adds its queries a second, times what random
 * loss leaves of them; a site that is offered more than its capacity serves the same share of everything. The rest is lost there.
 */
import type { Piece } from "./pieces.js";
import { firstPacketFrom } from "./pieces.js";
import type { PlannedStream } from "./traffic.js";

export interface Routed {
  stream: PlannedStream;
  pieces: Piece[];
}

/** `served` of the site from `from` to `to`. */
interface Overload {
  from: number;
  to: number;
  served: number;
}

/** The same streams, their pieces split where a site's overload begins, changes or ends. */
export function withCapacities(routed: readonly Routed[], capacities: ReadonlyMap<string, number>): Routed[] {
  if (capacities.size === 0) return [...routed];
  const overloads = new Map(
    [...capacities].map(([site, capacity]) => [site, overloadsOf(site, capacity, routed)]),
  );
  return routed.map(({ stream, pieces }) => ({
    stream,
    pieces: pieces.flatMap(piece => splitPiece(stream, piece, overloads.get(piece.site ?? "") ?? [])),
  }));
}

function overloadsOf(site: string, capacity: number, routed: readonly Routed[]): Overload[] {
  const changes = routed.flatMap(({ stream, pieces }) =>
    pieces
      .filter(piece => piece.site === site)
      .flatMap(piece => {
        const rate = ((stream.client.scale * 1e6) / stream.interval) * arriving(stream, piece);
        const { from, to } = spanOf(stream, piece);
        return [
          { time: from, rate },
          { time: to, rate: -rate },
        ];
      }),
  );
  changes.sort((a, b) => a.time - b.time);
  const overloads: Overload[] = [];
  let offered = 0;
  for (const [index, { time, rate }] of changes.entries()) {
    offered += rate;
    const to = changes[index + 1]?.time ?? time;
    // The sum of rates that come and go is exact only to rounding.
    if (to > time && offered > capacity * (1 + 1e-9))
      overloads.push({ from: time, to, served: capacity / offered });
  }
  return overloads;
}

/** The share of a piece's queries that random loss lets reach the site. */
function arriving({ client }: PlannedStream, { links }: Piece): number {
  return links.reduce((share, { loss }) => share * (1 - loss), 1 - client.loss);
}

function spanOf({ start, interval }: PlannedStream, { first, packets }: Piece): { from: number; to: number } {
  return { from: start + first * interval, to: start + (first + packets) * interval };
}

function splitPiece(stream: PlannedStream, piece: Piece, overloads: readonly Overload[]): Piece[] {
  const end = piece.first + piece.packets;
  const result: Piece[] = [];
  let first = piece.first;
  const cut = (to: number, served: number) => {
    const after = Math.min(Math.max(to, first), end);
    if (after > first) result.push({ ...piece, first, packets: after - first, served });
    first = after;
  };
  for (const { from, to, served } of overloads) {
    cut(firstPacketFrom(stream, from), 1);
    cut(firstPacketFrom(stream, to), served);
  }
  cut(end, 1);
  return result;
}
