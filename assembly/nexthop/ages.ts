/**
 * How long buckets have been idle, so that a bucket moves to a member that joins only when no conversation uses it: a byte for each
 * bucket of each group, 0 with every packet and one more with every tick of an eighth of the idle time. At `IDLE` ticks a bucket
 * has been idle for the idle time at least, and for an eighth more at most.
 *
 * A group some of whose buckets still wait is in transition. It may have a deadline, at which they move all the same.
 */
import { align } from "../memory";
import { NEVER } from "../time";

/** Ticks after which a bucket is idle; no older age is kept. */
export const IDLE: u32 = 9;

/** An idle time is this many ticks, by its logarithm. */
const TICKS: u32 = 3;
/** Shortest idle time, in microseconds: a millisecond a tick. */
const LEAST: u32 = 8000;

/** What a group has left until its deadline: it is not in transition, the deadline has come, or there is none. */
const AT_REST: u32 = 0;
const DUE: u32 = 1;
const ENDLESS: u32 = u32.MAX_VALUE;

/** Whether ages are kept: there is memory for them, and an idle time. */
export let isOn: bool = false;

let table: usize = 0;
let shift: u32 = 0;
let groups: u32 = 0;
/** u32 ticks, and one, that each group has left until its deadline. */
let remaining: usize = 0;

/** The idle time and the time to a deadline, as they were set. */
let idleTime: u32 = 0;
let grace: u32 = 0;

/** A tick in microseconds. */
let interval: u32 = 0;
let graceTicks: u32 = 0;
let due: u64 = NEVER;

export function bytesFor(groupCount: u32, buckets: u32): usize {
  return align(<usize>groupCount * buckets) + align((<usize>groupCount) << 2);
}

/** Takes memory for the ages of `1 << bucketShift` buckets of each group, or none where `groupCount` is 0. */
export function carve(base: usize, groupCount: u32, bucketShift: u32): usize {
  groups = groupCount;
  shift = bucketShift;
  table = base;
  remaining = base + align((<usize>groupCount) << bucketShift);
  setTimes(0, 0, 0);
  return base + bytesFor(groupCount, 1 << bucketShift);
}

/** Whether these times can be set; an idle time of 0 keeps no ages. */
export function areTimes(idle: u32, deadline: u32): bool {
  if (idle == 0) return deadline == 0;
  return groups != 0 && idle >= LEAST;
}

/**
 * Sets the idle time and the time to a deadline (0: none), in microseconds. Nothing is known to be idle then, and no group is in
 * transition.
 */
export function setTimes(idle: u32, deadline: u32, now: u64): void {
  idleTime = idle;
  grace = deadline;
  isOn = idle != 0;
  interval = idle >> TICKS;
  graceTicks = isOn ? deadline / interval : 0;
  due = isOn ? now + interval : NEVER;
  if (isOn) memory.fill(table, 0, bytesFor(groups, 1 << shift));
}

/** All buckets are idle, and the first tick begins at `now`. */
export function start(now: u64): void {
  if (!isOn) return;
  due = now + interval;
  memory.fill(table, <u8>IDLE, (<usize>groups) << shift);
}

export function haveTimes(idle: u32, deadline: u32): bool {
  return idle == idleTime && deadline == grace;
}

export function ageingDue(): u64 {
  return due;
}

/** A tick is over. */
export function pass(): void {
  due += interval;
}

/** The ages of a group's buckets, as far as they count now; 0 where every bucket may move. */
export function inForce(group: u32): usize {
  return isOn && left(group) != DUE ? agesOf(group) : 0;
}

/** A packet uses a bucket. */
export function touch(group: u32, bucket: u32): void {
  if (isOn) store<u8>(agesOf(group) + bucket, 0);
}

/** A group is a tick older. */
export function grow(group: u32): void {
  const ticks = left(group);
  if (ticks > DUE && ticks != ENDLESS) setLeft(group, ticks - 1);
  for (let at = agesOf(group), end = agesOf(group + 1); at < end; at++) {
    const age: u32 = load<u8>(at);
    if (age < IDLE) store<u8>(at, <u8>(age + 1));
  }
}

export function isInTransition(group: u32): bool {
  return isOn && left(group) != AT_REST;
}

/** Some buckets of a group still wait, or none does. A deadline that runs stays. */
export function setWaiting(group: u32, waiting: bool): void {
  if (!isOn) return;
  if (!waiting) setLeft(group, AT_REST);
  else if (left(group) == AT_REST) setLeft(group, grace == 0 ? ENDLESS : DUE + graceTicks);
}

/** A group's deadline has come. */
export function end(group: u32): void {
  setLeft(group, DUE);
}

/** A group takes ages and deadline from another. */
export function copy(to: u32, from: u32): void {
  if (!isOn) return;
  memory.copy(agesOf(to), agesOf(from), (<usize>1) << shift);
  setLeft(to, left(from));
}

/** The buckets of a group that nobody has used yet. */
export function clear(group: u32): void {
  if (!isOn) return;
  memory.fill(agesOf(group), <u8>IDLE, (<usize>1) << shift);
  setLeft(group, AT_REST);
}

/** Whether two groups of the same buckets will go the same way. */
export function areAlike(a: u32, b: u32): bool {
  return !isOn || left(a) == left(b);
}

/** A group is used by those who used another like it, too: a bucket is as old as its last packet in either. */
export function join(to: u32, from: u32): void {
  if (!isOn) return;
  for (let bucket: usize = 0, end = (<usize>1) << shift; bucket < end; bucket++) {
    store<u8>(agesOf(to) + bucket, min(load<u8>(agesOf(to) + bucket), load<u8>(agesOf(from) + bucket)));
  }
}

function agesOf(group: u32): usize {
  return table + ((<usize>group) << shift);
}

function left(group: u32): u32 {
  return load<u32>(remaining + ((<usize>group) << 2));
}

function setLeft(group: u32, ticks: u32): void {
  store<u32>(remaining + ((<usize>group) << 2), ticks);
}
