/**
 * The figure of merit of RFC 2439: a penalty to which every flap adds, and which halves with every half-life. What exceeds a first
 * threshold is suppressed until it has decayed to a second.
 *
 * A penalty has 16 bits behind the point, and every target computes the same.
 */

/** 2^-(1/2), 2^-(1/4), 2^-(1/8), ... with 16 bits behind the point. */
const roots = memory.data<u16>([
  46341, 55109, 60097, 62757, 64132, 64830, 65182, 65359, 65447, 65492, 65514, 65525,
]);
const ROOTS: u32 = 12;
const POINT: u32 = 16;

/** How flaps are judged. */
@unmanaged
export class Damping {
  /** In microseconds; 0 where nothing is damped. */
  halfLife: u32;
  /** The most that a penalty comes to. */
  ceiling: u32;
  /** What a flap adds, and the thresholds: without the bits behind the point. */
  penalty: u16;
  suppress: u16;
  reuse: u16;
}

/** The record of one that may flap. */
@unmanaged
export class Merit {
  /** Device time at which the penalty was what it is. */
  since: u64;
  /** Device time until which it is held back; never where nothing waits for that. */
  until: u64;
  penalty: u32;
  isSuppressed: u8;
}

/** What is left of a penalty after `elapsed` microseconds. */
export function decayed(penalty: u32, elapsed: u64, halfLife: u32): u32 {
  let rest = elapsed;
  for (; rest >= halfLife; rest -= halfLife) {
    penalty >>= 1;
    if (penalty == 0) return 0;
  }
  // The bits of rest / halfLife, the highest first, and the power of each.
  for (let i: u32 = 0; i < ROOTS; i++) {
    rest <<= 1;
    if (rest < halfLife) continue;
    rest -= halfLife;
    penalty = power(penalty, i);
  }
  return penalty;
}

/** After how many microseconds, to within 1/4096 of a half-life, a penalty has decayed to `to`; at once where it is no more. */
export function decayTime(penalty: u32, to: u32, halfLife: u32): u64 {
  let time: u64 = 0;
  for (; penalty >> 1 >= to; penalty >>= 1) time += halfLife;
  for (let i: u32 = 0; i < ROOTS; i++) {
    halfLife >>= 1;
    if (power(penalty, i) < to) continue;
    penalty = power(penalty, i);
    time += halfLife;
  }
  return time;
}

/** The penalty that decays to `reuse` within `time` microseconds, as far as a penalty can. */
export function ceilingOf(reuse: u32, time: u32, halfLife: u32): u32 {
  let ceiling = reuse << POINT;
  let reached: u64 = 0;
  for (; reached < time && <i32>ceiling > 0; ceiling <<= 1) reached += halfLife;
  return reached > time ? decayed(ceiling, reached - time, halfLife) : ceiling;
}

/** Whether flaps can bring a penalty above `suppress`. */
export function isEffective(ceiling: u32, suppress: u32): bool {
  return ceiling > suppress << POINT;
}

/** A flap at `time` adds `penalty`, which has no bits behind the point. */
export function charge(it: Merit, by: Damping, penalty: u32, time: u64): void {
  if (by.halfLife == 0) return;
  if (suppression(it, by, time) == 0) it.isSuppressed = 0;
  const left = decayed(it.penalty, time - it.since, by.halfLife);
  it.penalty = <u32>min<u64>(<u64>left + ((<u64>penalty) << POINT), by.ceiling);
  it.since = time;
  if (it.penalty > (<u32>by.suppress) << POINT) it.isSuppressed = 1;
}

/** For how many microseconds from `time` on it is suppressed; 0 where it is not. */
export function suppression(it: Merit, by: Damping, time: u64): u64 {
  if (it.isSuppressed == 0) return 0;
  const left = decayed(it.penalty, time - it.since, by.halfLife);
  return decayTime(left, (<u32>by.reuse) << POINT, by.halfLife);
}

/** Whether what it has done counts no more: the penalty is below half of what reuses (RFC 2439 section 4.8.6). */
export function hasFaded(it: Merit, by: Damping, time: u64): bool {
  return (
    by.halfLife == 0 || decayed(it.penalty, time - it.since, by.halfLife) < (<u32>by.reuse) << (POINT - 1)
  );
}

function power(penalty: u32, root: u32): u32 {
  return <u32>((<u64>penalty * <u64>load<u16>(roots + ((<usize>root) << 1))) >> POINT);
}
