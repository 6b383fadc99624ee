import type { FailoverFigures } from "../../../hil/bench/failover/bench.js";
import { failoverFigureName as names } from "../../../hil/bench/failover/budgets.js";
import { typical } from "../../../hil/bench/failover/clock.js";
import type { Summary } from "../../../hil/bench/summary.js";
import { columns } from "../columns.js";
import { type Budgets, budgetCell } from "./cells.js";
import { convergenceText, matrixText } from "./failover-events.js";

/** The figures of `nearhop bench failover` for a reader: each budget beside its figure. */
export function failoverBenchText(figures: FailoverFigures): string {
  const { target, board, buildHash, reselection } = figures;
  const budgets = new Map(figures.budgets.map(judgement => [judgement.figure, judgement]));
  const name = target === board ? board : `${target}, a ${board}`;
  const parts = [
    `${name}, core ${buildHash}`,
    reactionsText(figures, budgets),
    ...samenessText(figures),
    silenceText(figures, budgets),
    ...(reselection ? [reselectionText(reselection, budgets)] : []),
    convergenceText(figures),
    matrixText(figures, budgets),
    methodText(figures),
  ];
  return `${parts.join("\n\n")}\n`;
}

function reactionsText({ reactions, clock }: FailoverFigures, budgets: Budgets): string {
  const time = (summary: Summary) => typical(summary, clock).toFixed(2);
  return [
    "From an event to the first packet on the other way, us",
    columns([
      [
        "event",
        "prefixes",
        "groups",
        "sets",
        "repaired",
        "handled",
        "packet",
        "restored",
        ...(clock.isExact ? [] : ["p99"]),
        "budget",
      ],
      ...reactions.map(one => [
        one.cause,
        `${one.prefixes}`,
        ...(one.sets > 0 ? [`${one.groups}`, `${one.sets}`] : ["", ""]),
        one.repaired ? time(one.repaired) : "",
        time(one.handled),
        one.forward.toFixed(2),
        time(one.restored),
        ...(clock.isExact ? [] : [one.restored.p99.toFixed(2)]),
        budgetCell(budgets, names.reaction(one)),
      ]),
    ]),
  ].join("\n");
}

/** Nothing of tables of one size. */
function samenessText({ budgets, reactions }: FailoverFigures): string[] {
  const sizes = [...new Set(reactions.map(({ prefixes }) => prefixes))];
  const causes = [...new Set(reactions.map(({ cause }) => cause))];
  const rows = budgets.filter(({ figure }) => causes.some(cause => figure === names.sameness(cause)));
  if (rows.length === 0) return [];
  const text = [
    `The difference that a table of ${sizes.join(", ")} prefixes makes`,
    columns([
      ["event", "difference", "of", "budget"],
      ...rows.map(({ value, unit, bound, limit, met }, index) => [
        causes[index]!,
        `${value}`,
        unit,
        `${bound} ${limit} ${met ? "met" : "missed"}`,
      ]),
    ]),
  ];
  return [text.join("\n")];
}

function silenceText({ silence }: FailoverFigures, budgets: Budgets): string {
  const { interval, multiplier, deaths, step, restored, resolution } = silence;
  const phases = step === null ? `${deaths} seeded phases` : `${deaths} phases, ${step} us apart`;
  const ms = (time: number) => (time / 1000).toFixed(2);
  return [
    `Silent death, BFD ${multiplier} x ${interval / 1000} ms, ${phases}: traffic restored after, ms`,
    columns([
      ["min", "median", "p99", "max", "resolution", "budget"],
      [
        ...[restored.min, restored.median, restored.p99, restored.max].map(({ value }) => ms(value)),
        ms(resolution),
        budgetCell(budgets, names.silence),
      ],
    ]),
  ].join("\n");
}

function reselectionText(
  { prefixes, sets, neighborDeath }: NonNullable<FailoverFigures["reselection"]>,
  budgets: Budgets,
): string {
  const { repeats, median, p99, max } = neighborDeath.reselect;
  const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(3);
  return [
    `Re-selection of ${prefixes} prefixes in ${sets} route sets, ${repeats} deaths of their neighbor, ms`,
    columns([
      ["median", "p99", "max", "budget"],
      [ms(median), ms(p99), ms(max), budgetCell(budgets, names.reselection)],
    ]),
  ].join("\n");
}

function methodText({ budgets, seed, repeat, clock, machine }: FailoverFigures): string {
  const met = budgets.filter(budget => budget.met).length;
  return [
    `Budgets: ${met} of ${budgets.length} met.`,
    machine
      ? `Medians of ${repeat} events. The wall time of this machine: ${machine.cpu}, Node ${machine.node};\nwhat BFD and packets saw is virtual time.`
      : clock.isExact
        ? "Device time, the same each time."
        : `Medians of ${repeat} events, in device time.`,
    `Seed ${seed}. What each figure is: docs/benchmarks.md.`,
  ].join("\n");
}
