/** The figures by which a later measurement is told to be better or worse than a baseline. */
import type { RatedFigure } from "../../measure/rated.js";
import type { Summary } from "../summary.js";
import type { Measured } from "./bench.js";
import { failoverFigureName } from "./budgets.js";
import type { Toll } from "./matrix.js";

export function ratedFigures({
  reactions,
  silence,
  reselection,
  clock,
  convergence,
  matrix,
}: Measured): RatedFigure[] {
  const of = clock.isExact ? exactly : roughly;
  return [
    ...reactions.flatMap(one => {
      const name = failoverFigureName.reaction(one);
      return [
        ...(one.repaired ? [of(`${name}: repaired`, "us", one.repaired)] : []),
        of(`${name}: handled`, "us", one.handled),
        of(`${name}: restored`, "us", one.restored),
      ];
    }),
    { name: `${failoverFigureName.silence}: longest`, unit: "us", better: "lower", ...silence.restored.max },
    ...(reselection
      ? [roughly(failoverFigureName.reselection, "ns", reselection.neighborDeath.reselect)]
      : []),
    ...convergence.flatMap(({ event, direction, benchmarks }) =>
      Object.entries(benchmarks).map(
        ([name, { median }]): RatedFigure => ({
          ...{ name: `${event}, ${direction}: ${name}, median`, unit: "us", better: "lower" },
          ...median,
        }),
      ),
    ),
    ...matrix.flatMap(({ event, mode, there, back }) => [
      ...tollFigures(`${event}, ${mode}`, there),
      ...tollFigures(`after ${event}, ${mode}`, back),
    ]),
  ];
}

/** Shares are counted. */
function tollFigures(of: string, { sent, lost, open, moved, died }: Toll): RatedFigure[] {
  const share = (name: string, part: number, whole: number): RatedFigure => {
    const value = whole === 0 ? 0 : part / whole;
    return { name: `${of}: ${name}`, unit: "share", better: "lower", value, low: value, high: value };
  };
  return [share("queries lost", lost, sent), share("conversations broken", moved + died, open)];
}

type Unit = RatedFigure["unit"];

/** Of a clock that is this machine's: anywhere where most repeats were. */
function roughly(name: string, unit: Unit, { min, median, p99 }: Summary): RatedFigure {
  return { name, unit, better: "lower", value: median, low: min, high: p99 };
}

function exactly(name: string, unit: Unit, { min }: Summary): RatedFigure {
  return { name, unit, better: "lower", value: min, low: min, high: min };
}
