/**
 * The hold timer: a neighbor that has not been heard for its hold time is down (the detection time of RFC 5880 section
 * 6.8.4 and the hold timer of RFC 4271 section 6.5 are both of this form). It is up again when it is next heard.
 *
 * It starts when the neighbor is first heard, or with a run of the probe, and stands still after the run: the time that it takes
 * to set a router up over a serial line says nothing of a neighbor.
 *
 * Invariant: `due` is the earliest `lastHeard + holdTime` of the neighbors that are watched: up, with a hold time that has started.
 */
import { neighborState } from "../failover";
import { isNeighbor, neighbor, neighborCount } from "../nexthop/neighbor";
import { traceNeighbor } from "../probe/trace";
import { NEVER } from "../time";

/** `lastHeard` where the hold time has not started. */
const UNHEARD: u64 = NEVER;

let due: u64 = NEVER;

export function holdDue(): u64 {
  return due;
}

function isWatched(n: u32): bool {
  return (
    isNeighbor(n) && neighbor(n).up != 0 && neighbor(n).holdTime != 0 && neighbor(n).lastHeard != UNHEARD
  );
}

function expiry(n: u32): u64 {
  return neighbor(n).lastHeard + <u64>neighbor(n).holdTime;
}

/** Recomputes `due`, after anything that concerns a hold timer has changed. */
export function updateHold(): void {
  due = NEVER;
  for (let n: u32 = 0, count = neighborCount(); n < count; n++) {
    if (isWatched(n)) due = min(due, expiry(n));
  }
}

/** The hold timer of neighbor `n` waits to be started. */
export function resetHold(n: u32): void {
  neighbor(n).lastHeard = UNHEARD;
  updateHold();
}

/** Every hold timer starts anew at `time`. */
export function startHolds(time: u64): void {
  for (let n: u32 = 0, count = neighborCount(); n < count; n++) {
    if (isNeighbor(n)) neighbor(n).lastHeard = time;
  }
  updateHold();
}

/** No hold timer runs until its neighbor is heard again. */
export function stopHolds(): void {
  startHolds(UNHEARD);
}

/** Something else than a keep-alive says at `time` that neighbor `n` is there: its hold timer starts anew, if it has started. */
export function restartHold(n: u32, time: u64): void {
  if (neighbor(n).lastHeard != UNHEARD) neighbor(n).lastHeard = time;
}

/** Neighbor `n` was heard at `time`. */
export function heard(n: u32, time: u64): void {
  neighbor(n).lastHeard = time;
  if (neighbor(n).up == 0) declare(n, true, time);
  updateHold();
}

/** Takes the first neighbor down whose hold timer ends at `time`. Only called when `holdDue()` is `time`. */
export function expire(time: u64): void {
  let n: u32 = 0;
  while (!isWatched(n) || expiry(n) != time) n++;
  declare(n, false, time);
  updateHold();
}

function declare(n: u32, up: bool, time: u64): void {
  neighborState(n, up);
  traceNeighbor(time, n, up);
}
