/**
 * The router's own work after an event, read off its tick counter: `time = ticks / tick rate`. Two readings of a counter differ from
 * the truth by less than one tick, so the accuracy is one tick either way.
 *
 * A virtual clock that stands still while the core computes counts no ticks at all. Then the times say nothing about the router,
 * and `timed` is false: only the numbers of groups and sets do.
 */
import type { Observation } from "../world/observation.js";
import { figureOf } from "./figure.js";
import type { Figure, RepairResult, TargetInfo } from "./result.js";

export function repairsOf(observation: Observation, targets: TargetInfo[]): RepairResult[] {
  return observation.repairs.map(repair => {
    const target = targets.find(({ router }) => router === repair.router);
    const rate = target?.tickRate ?? 1_000_000;
    const stillClock =
      target?.clock === "virtual" &&
      observation.repairs
        .filter(({ router }) => router === repair.router)
        .every(({ repairTicks, reselectTicks }) => repairTicks === 0 && reselectTicks === 0);
    return {
      router: repair.router,
      event: repair.event,
      time: repair.time,
      groups: repair.groups,
      repair: ticksToTime(repair.repairTicks, rate),
      sets: repair.sets,
      reselect: ticksToTime(repair.reselectTicks, rate),
      prefixes: repair.prefixes,
      timed: !stillClock,
    };
  });
}

function ticksToTime(ticks: number, rate: number): Figure {
  const time = (count: number) => (count * 1_000_000) / rate;
  return figureOf(time(ticks), time(ticks - 1), time(ticks + 1));
}
