/**
 * Chance, packet by packet. The random loss of links, each passed there and back: a draw by stream and packet number. And sites
 * over their capacity: these serve every stream the same share of its packets, evenly spread, from a seeded phase on.
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
    const hazards = site === null ? [] : hazardsOf(stream, piece, site);
    if (hazards.length === 0) add(whole);
    else
      for (let n = first; n < first + packets; n++)
        add({ ...whole, first: n, packets: 1, ...meet(n, hazards) });
  }
  return outcomes;
}

interface Hazard {
  takes(packet: number): boolean;
  taken: Partial<Outcome>;
}

/** In the order in which a packet meets them. */
function hazardsOf(stream: PlannedStream, { links, served }: Piece, site: string): Hazard[] {
  const lossy = [{ name: stream.client.name, loss: stream.client.loss }, ...links].filter(
    ({ loss }) => loss > 0,
  );
  const hazards = lossy.map(({ name, loss }): Hazard => {
    const key = keyOf(stream.key, "link", name);
    const probability = 1 - (1 - loss) ** 2;
    const taken = { site: null, reached: null, loss: { at: "link", detail: name } as const };
    return { takes: packet => draw(key, packet) < probability, taken };
  });
  if (served === 1) return hazards;
  const overloaded: Loss = { at: "site", detail: `${site} is over its capacity` };
  const phase = draw(keyOf(stream.key, "site"));
  const servedBefore = (packet: number) => Math.floor(packet * served + phase);
  const takes = (packet: number) => servedBefore(packet + 1) === servedBefore(packet);
  return [...hazards, { takes, taken: { site: null, loss: overloaded } }];
}

function meet(packet: number, hazards: readonly Hazard[]): Partial<Outcome> {
  return hazards.find(({ takes }) => takes(packet))?.taken ?? {};
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
