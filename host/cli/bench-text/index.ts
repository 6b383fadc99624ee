import type { BenchFigures } from "../../../hil/bench/bench.js";
import { figureName } from "../../../hil/bench/budgets.js";
import type { Repetition } from "../../../hil/bench/rate.js";
import type { ScenarioFigures } from "../../../hil/bench/scenario.js";
import { againstText } from "./against.js";
import { type Budgets, budgetCell, spread } from "./cells.js";
import { failoverText } from "./failover.js";
import { forwardingText } from "./forwarding.js";
import { loadingText } from "./loading.js";
import { mcuText } from "./mcu.js";

/** The figures for a reader: medians with the spread of the repeats, each budget beside its figure. */
export function benchText(figures: BenchFigures): string {
  const { forwarding, mcu, loading, failover, scenario, against } = figures;
  const budgets = new Map(figures.budgets.map(judgement => [judgement.figure, judgement]));
  const parts = [
    ...forwardingText(forwarding, budgets),
    ...(mcu.length > 0 ? [mcuText(mcu, budgets)] : []),
    loadingText(loading, budgets),
    failoverText(failover),
    scenarioText(scenario, budgets),
    ...(against ? againstText(against) : []),
    methodText(figures),
  ];
  return `${parts.join("\n\n")}\n`;
}

function scenarioText(figures: ScenarioFigures, budgets: Budgets): string {
  const { scenario, duration, packets, wall } = figures;
  const virtual = (duration / 60e6).toFixed(0);
  return [
    `${scenario}: ${virtual} virtual minutes, ${packets} packets`,
    `${wall.median.toFixed(0)} ms ${spread(wall)} (${budgetCell(budgets, figureName.scenario(figures))})`,
  ].join("\n");
}

function methodText({ machine, seed, method, budgets }: BenchFigures): string {
  const met = budgets.filter(budget => budget.met).length;
  return [
    `Budgets: ${met} of ${budgets.length} met. They are for a full internet table.`,
    "Medians; the spread is the relative standard deviation",
    `of ${repetition(method.often)}, or, where one takes a second,`,
    `of ${repetition(method.seldom)}.`,
    `Seed ${seed}. Wall time of this machine: ${machine.cpu}, Node ${machine.node}.`,
    "What each figure is: docs/benchmarks.md.",
  ].join("\n");
}

function repetition({ warmUp, repeats }: Repetition): string {
  return `${repeats} repeats after ${warmUp} to warm up`;
}
