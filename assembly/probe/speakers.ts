/**
 * Scripted neighbors: each sends a keep-alive every `interval` until the timeline silences it. A neighbor that is silent
 * is not down; the router has to find that out.
 */
import { align } from "../memory";
import { heard } from "../liveness/hold";
import { isNeighbor } from "../nexthop/neighbor";
import { Status } from "../status";
import { NEVER } from "../time";

@unmanaged
class Speaker {
  /** Device time of the next keep-alive; never for a neighbor without script, or silent. */
  next: u64;
  /** 0 for a neighbor without script. */
  interval: u32;
  phase: u32;
}

const SIZE: usize = offsetof<Speaker>();

let pool: usize = 0;
let capacity: u32 = 0;
let due: u64 = NEVER;

export function bytesFor(neighbors: u32): usize {
  return align(<usize>neighbors * SIZE);
}

export function carve(base: usize, neighbors: u32): usize {
  pool = base;
  capacity = neighbors;
  due = NEVER;
  for (let n: u32 = 0; n < neighbors; n++) {
    const speaker = at(n);
    speaker.next = NEVER;
    speaker.interval = 0;
    speaker.phase = 0;
  }
  return base + bytesFor(neighbors);
}

function at(n: u32): Speaker {
  return changetype<Speaker>(pool + <usize>n * SIZE);
}

function updateDue(): void {
  due = NEVER;
  for (let n: u32 = 0; n < capacity; n++) due = min(due, at(n).next);
}

export function speakersDue(): u64 {
  return due;
}

export function setSpeaker(n: u32, interval: u32, phase: u32): Status {
  if (!isNeighbor(n)) return Status.UNKNOWN_NEIGHBOR;
  if (interval == 0) return Status.BAD_VALUE;
  at(n).interval = interval;
  at(n).phase = phase;
  return Status.OK;
}

export function startSpeakers(origin: u64): void {
  for (let n: u32 = 0; n < capacity; n++) {
    at(n).next = at(n).interval != 0 ? origin + <u64>at(n).phase : NEVER;
  }
  updateDue();
}

export function stopSpeakers(): void {
  for (let n: u32 = 0; n < capacity; n++) at(n).next = NEVER;
  due = NEVER;
}

/** The timeline silences neighbor `n`, or lets it speak from `time` on. */
export function setSilent(n: u32, silent: bool, time: u64): Status {
  if (!isNeighbor(n) || at(n).interval == 0) return Status.UNKNOWN_NEIGHBOR;
  at(n).next = silent ? NEVER : time;
  updateDue();
  return Status.OK;
}

/** Every keep-alive due at `time` arrives. */
export function speak(time: u64): void {
  for (let n: u32 = 0; n < capacity; n++) {
    if (at(n).next != time) continue;
    at(n).next = time + <u64>at(n).interval;
    heard(n, time);
  }
  updateDue();
}
