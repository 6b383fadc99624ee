/**
 * Chance, packet by packet: the random loss of links (each is passed twice, there and back) and of sites over their capacity. What a
 * packet meets is a draw by its stream and number.
 */
import type { Loss } from "./observation.js";
import type { Piece } from "./pieces.js";
import { draw, keyOf } from "./random.js";
import type { PlannedStream } from "./traffic.js";

/** Packets with one fate, chance included. `reached` is the site where they arrived, answered or not. */
export interface Outcome {
  first: number;
  packets: number;
  neighbor: string | null;
  site: string | null;
  reached: string | null;
  roundTrip: number;
  loss: Loss | null;
}

/** Neighboring outcomes that are the same are one. */
export function withChance(stream: PlannedStream, pieces: readonly Piece[]): Outcome[] {
  const outcomes: Outcome[] = [];
  const add = (outcome: Outcome) => {
    const last = outcomes.at(-1);
    if (last && sameOutcome(last, outcome)) last.packets += outcome.packets;
    else outcomes.push(outcome);
  };
  for (const piece of pieces) {
    const { first, packets, neighbor, site, roundTrip, loss } = piece;
    const whole = { first, packets, neighbor, site, reached: site, roundTrip, loss };
    const links = [...piece.links];
    if (stream.client.loss > 0) links.push({ name: stream.client.name, loss: stream.client.loss });
    if (site === null || (links.length === 0 && piece.served === 1)) add(whole);
    else
      for (let n = first; n < first + packets; n++)
        add({ ...whole, first: n, packets: 1, ...meet(stream, n, piece, links) });
  }
  return outcomes;
}

function meet(
  stream: PlannedStream,
  packet: number,
  { site, served }: Piece,
  links: readonly { name: string; loss: number }[],
): Partial<Outcome> {
  for (const [index, { name, loss }] of links.entries()) {
    if (draw(keyOf(stream.key, "link", index), packet) < 1 - (1 - loss) ** 2) {
      return { site: null, reached: null, loss: { at: "link", detail: name } };
    }
  }
  if (served < 1 && draw(keyOf(stream.key, "site"), packet) >= served) {
    return { site: null, loss: { at: "site", detail: `${site} is over its capacity` } };
  }
  return {};
}

function sameOutcome(a: Outcome, b: Outcome): boolean {
  return (
    a.neighbor === b.neighbor &&
    a.site === b.site &&
    a.reached === b.reached &&
    a.roundTrip === b.roundTrip &&
    a.loss?.at === b.loss?.at &&
    a.loss?.detail === b.loss?.detail
  );
}
