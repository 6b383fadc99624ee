/** What failover is to take; said beside the figures, and no more than said. */
import { type Judgement, judgeRows, type Row } from "../budgets.js";
import type { Measured } from "./bench.js";
import { typical } from "./clock.js";
import type { Cell } from "./matrix.js";
import type { Reaction } from "./reactions.js";

/** Microseconds from an event to the first packet on the other way. */
const RESTORED = 10;
/** Milliseconds from a silent death to traffic restored, with BFD 3 x 10 ms. */
const SILENCE = 31;
/** Milliseconds to select anew what a dead neighbor of a full table had given. */
const RESELECTION = 1;

export function prefixCount(prefixes: number): string {
  return prefixes === 1 ? "1 prefix" : `${prefixes} prefixes`;
}

export const failoverFigureName = {
  reaction: ({ cause, prefixes }: Reaction) => `${cause}, ${prefixCount(prefixes)}`,
  sameness: (cause: string) => `${cause}, by the table`,
  silence: "silent death",
  broken: ({ event, mode }: Pick<Cell, "event" | "mode">) => `conversations, ${event}, ${mode}`,
  reselection: "re-selection",
};

export function judgeFailover({ clock, reactions, silence, reselection, matrix }: Measured): Judgement[] {
  const name = failoverFigureName;
  const rows = reactions.map((one): Row => {
    return [name.reaction(one), "<=", RESTORED, "us", typical(one.restored, clock)];
  });
  const causes = [...new Set(reactions.map(({ cause }) => cause))];
  const sameness = causes.flatMap(cause => {
    const mine = reactions.filter(one => one.cause === cause);
    return mine.length > 1 ? [samenessRow(name.sameness(cause), mine, clock)] : [];
  });
  const others: Row[] = [
    [name.silence, "<=", SILENCE, "ms", silence.restored.max.value / 1000],
    ...(reselection
      ? [[name.reselection, "<=", RESELECTION, "ms", reselection.neighborDeath.reselect.median / 1e6] as Row]
      : []),
  ];
  return judgeRows([...rows, ...sameness, ...others, ...matrix.flatMap(brokenRow)]);
}

/** Where conversations are pinned, a site that joins and a metric that changes break none; a site's death breaks none of another's. */
function brokenRow(cell: Cell): Row[] {
  const { event, mode, there, back } = cell;
  const row = (broken: number): Row[] => [[failoverFigureName.broken(cell), "<=", 0, "broken", broken]];
  if (event === "silent death") return row(there.moved);
  if (mode !== "pinned") return [];
  if (event === "site joins") return row(there.moved + there.died);
  return event === "metric change" ? row(there.moved + there.died + back.moved + back.died) : [];
}

/**
 * Over tables of all sizes, two at least: of what the event took, which is known to a tick; or, where the clock is not exact, of how many groups
 * and route sets it touched.
 */
function samenessRow(
  figure: string,
  reactions: readonly Reaction[],
  { isExact, perTick, tickRate, unit }: Measured["clock"],
): Row {
  const difference = (values: number[]) => Math.max(...values) - Math.min(...values);
  if (!isExact) {
    const touched = reactions.map(({ groups, sets }) => groups + sets);
    return [figure, "<=", 0, "groups and sets", difference(touched)];
  }
  const ticks = reactions.map(({ handled }) => Math.round((handled.min * tickRate) / 1e6));
  return [figure, "<=", perTick === 1 ? 0 : perTick, unit, perTick * difference(ticks)];
}
