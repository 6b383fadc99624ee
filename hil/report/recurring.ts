/** Events that came more than once, in a flap or over the repeats: the figures that spread over all those times, and the sums. */
import type { Report, Statistic, Tally } from "../measure/result.js";
import { count, deviation, measured, percent, plural } from "./units.js";

const FIGURES: Record<Statistic["figure"], string> = {
  firstRoute: "first route",
  full: "full convergence",
  lossDerived: "average convergence",
  lossDerivedLossOfConnectivity: "average gap",
  failover: "failover time",
  detection: "detected after",
  repair: "repaired in",
  reselect: "re-selected in",
  routeSpecific: "settled after",
  lossOfConnectivity: "gap",
  failoverLoss: "lost in failover",
  lost: "packets lost",
  reordered: "packets reordered",
  sessionsBroken: "conversations broken",
};

const COUNTED: ReadonlySet<Statistic["figure"]> = new Set([
  "failoverLoss",
  "lost",
  "reordered",
  "sessionsBroken",
]);

export interface Recurring {
  /** Its place among all events; the first where several are like it. */
  index: number;
  text: string;
  times: number;
  /** "20 times in each of 100 repeats". */
  timesName: string;
  statistics: Statistic[];
  tallies: Tally[];
}

export function recurringIn(report: Report): Recurring[] {
  return report.events.flatMap(({ id, like, text }, index) => {
    const occurrences = report.events.filter(event => event.like === id).length;
    const times = occurrences * report.repeats;
    if (like !== id || times < 2) return [];
    return {
      index,
      text,
      times,
      timesName: timesName(occurrences, report.repeats),
      statistics: report.statistics.filter(({ event }) => event === id),
      tallies: report.tallies.filter(({ event }) => event === id),
    };
  });
}

function timesName(occurrences: number, repeats: number): string {
  if (occurrences === 1) return `in ${plural(repeats, "repeat")}`;
  return `${count(occurrences)} times${repeats === 1 ? "" : ` in each of ${plural(repeats, "repeat")}`}`;
}

/** RFC 6414 has two names for one measurement: that of a failure, and that of a return. */
export function figureName({ figure, direction }: Pick<Statistic, "figure" | "direction">): string {
  const name = FIGURES[figure];
  return direction === "reversion" ? name.replace("failover", "reversion") : name;
}

/** Conversations that broke, of those that were open. */
export function broken({ moved, homeDied }: Tally["sessions"]): number {
  return moved + homeDied;
}

/** The least, the middle, the 99th of a hundred, the greatest and the relative standard deviation. */
export function spreadCells({ figure, spread, resolution }: Statistic): string[] {
  const { min, median, p99, max, rsd } = spread;
  const counted = COUNTED.has(figure);
  return [
    ...[min, median, p99, max].map(one => (counted ? count(one.value) : measured(one, resolution))),
    counted ? percent(rsd) : deviation(spread, resolution),
  ];
}
