/** Clocks of device time: a board's own counter, or in WASM the clock of the machine that runs it. */
import type { Target } from "../../../host/target/target.js";
import { type BoardClock, clockOf } from "../board/clock.js";
import type { Summary } from "../summary.js";

/** A counter of nanoseconds for a router in this process, modulo 2^32. */
export const nanoseconds = { ticks: () => Math.round(performance.now() * 1e6) % 2 ** 32, tickRate: 1e9 };

export interface Clock extends BoardClock {
  /** Ticks a second of the counter. */
  tickRate: number;
}

/** Throws a TargetError where the target's counter stands still, or nobody knows its board. */
export async function deviceClock(target: Target): Promise<Clock> {
  const { board, tickRate } = await target.client.hello();
  return target.clock === "virtual" && tickRate === nanoseconds.tickRate
    ? { rate: tickRate, unit: "nanoseconds", perTick: 1, isExact: false, tickRate }
    : { ...clockOf(target, board), tickRate };
}

/** What counts of several times of one thing: an interrupt can only add to it, and anything can happen on a machine like this one. */
export function typical({ min, median }: Summary, { isExact }: Pick<Clock, "isExact">): number {
  return isExact ? min : median;
}

export function microseconds(ticks: number, { tickRate }: Pick<Clock, "tickRate">): number {
  return (ticks * 1e6) / tickRate;
}
