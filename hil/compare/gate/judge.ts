/** A figure is worse, or better, where its interval does not meet the baseline's: otherwise the difference may be none. */
import type { RatedFigure } from "../../measure/rated.js";
import type { Change, Gate } from "./shape.js";

export function judge(
  baseline: RatedFigure[],
  latest: RatedFigure[],
): Pick<Gate, "holds" | "compared" | "worse" | "better" | "gone"> {
  const after = new Map(latest.map(one => [one.name, one]));
  const worse: Change[] = [];
  const better: Change[] = [];
  const gone: string[] = [];
  for (const before of baseline) {
    const now = after.get(before.name);
    if (now === undefined) gone.push(before.name);
    else if (isAbove(now, before)) (before.better === "lower" ? worse : better).push(changeOf(before, now));
    else if (isAbove(before, now)) (before.better === "lower" ? better : worse).push(changeOf(before, now));
  }
  return {
    holds: worse.length === 0 && gone.length === 0,
    compared: baseline.length - gone.length,
    worse,
    better,
    gone,
  };
}

function isAbove(one: RatedFigure, other: RatedFigure): boolean {
  return one.low > other.high;
}

function changeOf(before: RatedFigure, now: RatedFigure): Change {
  const { name, unit, better } = before;
  return { name, unit, better, baseline: figureOf(before), latest: figureOf(now) };
}

function figureOf({ value, low, high }: RatedFigure) {
  return { value, low, high };
}
