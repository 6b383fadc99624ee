import type { Scenario } from "../../../hil/scenario/scenario.js";
import type { Observation } from "../../../hil/world/observation.js";
import { observe } from "../../../hil/world/observe.js";
import type { RouterPlan } from "../../../hil/world/plan.js";
import type { ProbeRecord } from "../../../hil/world/records.js";
import { Drop, RecordKind } from "../../../host/protocol/words.js";
import { planOf } from "./planning.js";

/** From packet `first` on, out to a neighbor, or dropped. */
export interface Move {
  first: number;
  to: string | keyof typeof Drop;
}

function record(time: number, kind: number, value: number, subject: number, count: number): ProbeRecord {
  return { time, kind, value, subject, count };
}

/** What a probe would have recorded that sent stream n as `moves(n)` says. */
export function recordsOf(plan: RouterPlan, moves: (stream: number) => readonly Move[]): ProbeRecord[] {
  return plan.streams.flatMap(({ start, interval, packets }, stream) => [
    ...moves(stream).map(({ first, to }) => {
      const neighbor = plan.neighbors.findIndex(({ node }) => node === to);
      const time = start + first * interval;
      return neighbor < 0
        ? record(time, RecordKind.DROP, Drop[to as keyof typeof Drop], stream, first)
        : record(time, RecordKind.EGRESS, neighbor, stream, first);
    }),
    record(start + packets * interval, RecordKind.STREAM_END, 0, stream, packets),
  ]);
}

/** The observation of a scenario with one router that played its streams like that. `more` records come first. */
export function observed(
  scenario: Scenario,
  moves: (stream: number) => readonly Move[],
  more: readonly ProbeRecord[] = [],
): Observation {
  const plan = planOf(scenario);
  const records = [...more, ...recordsOf(plan, moves)];
  return observe(scenario, [{ plan, records, lateness: 0, prefixes: 1 }]);
}

export { record };
