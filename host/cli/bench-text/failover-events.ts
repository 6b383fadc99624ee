import type { FailoverFigures } from "../../../hil/bench/failover/bench.js";
import { failoverFigureName as names } from "../../../hil/bench/failover/budgets.js";
import type { Toll } from "../../../hil/bench/failover/matrix.js";
import { columns } from "../columns.js";
import { type Budgets, budgetCell } from "./cells.js";

export function convergenceText({ convergence, repeat }: FailoverFigures): string {
  return [
    `Convergence of a router that follows its best path, RFC 6412 and 6414, ms ${resolved(convergence)}: ${repeat} times each`,
    columns([
      ["event", "", "", "min", "median", "p99", "max"],
      ...convergence.flatMap(({ event, direction, benchmarks }) =>
        Object.entries(benchmarks).map(([name, { min, median, p99, max }]) => [
          event,
          direction,
          name === "failover" && direction === "reversion" ? direction : name,
          ...[min, median, p99, max].map(({ value }) => milliseconds(value)),
        ]),
      ),
    ]),
  ].join("\n");
}

export function matrixText({ matrix, repeat }: FailoverFigures, budgets: Budgets): string {
  return [
    `Four sites share the load, ${repeat} times each: % of queries lost, % of conversations broken, gap in ms ${resolved(matrix)}`,
    columns([
      [
        "event",
        "sharing",
        "lost",
        "broken",
        "died",
        "back: lost",
        "broken",
        "gap: min",
        "median",
        "p99",
        "max",
        "budget",
      ],
      ...matrix.map(cell => {
        const { event, mode, there, back, gap } = cell;
        return [
          event,
          mode,
          lost(there),
          broken(there),
          percent(there.died, there.open),
          lost(back),
          broken(back),
          ...[gap.min, gap.median, gap.p99, gap.max].map(({ value }) => milliseconds(value)),
          budgetCell(budgets, names.broken(cell)),
        ];
      }),
    ]),
    "died: of those that broke, with their own site; back: upon what brings the traffic back",
  ].join("\n");
}

/** What is shorter is not seen. */
function resolved(figures: readonly { resolution: number }[]): string {
  return `(to ${milliseconds(Math.max(...figures.map(({ resolution }) => resolution)))})`;
}

function lost({ lost, sent }: Toll): string {
  return percent(lost, sent);
}

function broken({ moved, died, open }: Toll): string {
  return percent(moved + died, open);
}

function percent(part: number, whole: number): string {
  return (whole === 0 ? 0 : (100 * part) / whole).toFixed(2);
}

function milliseconds(time: number): string {
  return (time / 1000).toFixed(1);
}
