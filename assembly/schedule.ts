/**
 * Device time. Everything that happens by itself (the probe's timeline and streams, hold timers, BFD, neighbors that wait, ages of buckets, heartbeats)
 * has a due time, and is carried out at that time in this order. What is due at the same instant goes: what changes the network,
 * with the keep-alives and BFD packets that arrive, then what the router concludes from it, then the packets that leave, so
 * that a packet at time t sees every change at t, and one that arrives at the end of a detection time is in time.
 *
 * The schedule, not the clock, gives the time of a record: a virtual clock and a board's timer yield the same records.
 * How late a board was is kept as `lateness`.
 */
import { heartbeat, heartbeatDue } from "./console/heartbeat";
import { follow, followDue } from "./liveness/bfd/change";
import { detect } from "./liveness/bfd/detection";
import { arrivalDue, detectionDue, transmissionDue } from "./liveness/bfd/timers";
import { transmit } from "./liveness/bfd/transmission";
import { expire, holdDue } from "./liveness/hold";
import { ageingDue } from "./nexthop/ages";
import { ageBuckets } from "./nexthop/group";
import { change, changesDue, sendStreams, streamsDue } from "./probe/index";
import { reversionDue, revert } from "./reversion/index";

/**
 * Most that one `poll` carries out. A board that cannot keep up with its streams falls behind, which `lateness` tells, but
 * between two polls it still hears its line.
 */
const STEPS: u32 = 64;

let time: u64 = 0;
let worstLateness: u64 = 0;

/** Device time in microseconds: while something due is carried out, the time at which it was due. */
export function now(): u64 {
  return time;
}

/** The longest that something was carried out behind its due time since `resetLateness`, in microseconds. */
export function lateness(): u64 {
  return worstLateness;
}

export function resetLateness(): void {
  worstLateness = 0;
}

function nextDue(): u64 {
  const deaths = min(min(holdDue(), detectionDue()), followDue());
  const conclusions = min(deaths, min(reversionDue(), ageingDue()));
  const departures = min(transmissionDue(), streamsDue());
  return min(min(min(changesDue(), arrivalDue()), conclusions), min(departures, heartbeatDue()));
}

/** Carries out the first thing that is due at `due`. */
function step(due: u64): void {
  time = due;
  if (heartbeatDue() == due) heartbeat(due);
  else if (changesDue() == due) change(due);
  else if (arrivalDue() == due) transmit(true, due);
  else if (holdDue() == due) expire(due);
  else if (detectionDue() == due) detect(due);
  else if (followDue() == due) follow(due);
  else if (reversionDue() == due) revert(due);
  else if (ageingDue() == due) ageBuckets();
  else if (transmissionDue() == due) transmit(false, due);
  else sendStreams(due);
}

/** A real clock reads `clock` microseconds: carries out what is due, up to a limit; gives when there is work again. */
export function poll(clock: u64): u64 {
  let due = nextDue();
  for (let steps: u32 = 0; due <= clock && steps < STEPS; steps++) {
    worstLateness = max(worstLateness, clock - due);
    step(due);
    due = nextDue();
  }
  if (due > clock) time = max(time, clock);
  return due;
}

/** A virtual clock runs up to `until`: as `poll`, but never late. */
export function advance(until: u64): u64 {
  for (let due = nextDue(); due <= until; due = nextDue()) step(due);
  time = max(time, until);
  return nextDue();
}
