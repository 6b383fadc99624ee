/** Probe time: microseconds since the start of the run. */
import { now } from "../schedule";
import { NEVER } from "../time";

/** Device time of probe time 0. */
export let origin: u64 = 0;
/** Device time of the end; never where the probe does not run. */
export let ending: u64 = NEVER;
/** Probe time at which the last run ended. */
let ended: u64 = 0;

export function isRunning(): bool {
  return ending != NEVER;
}

export function probeTime(): u64 {
  return isRunning() ? now() - origin : ended;
}

export function startClock(from: u64, to: u64): void {
  origin = from;
  ending = to;
}

export function stopClock(): void {
  ended = ending - origin;
  ending = NEVER;
}

export function resetClock(): void {
  ending = NEVER;
  ended = 0;
}
