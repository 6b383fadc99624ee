/** "Never", as a due time. Device times are microseconds in 64 bits. */
export const NEVER: u64 = u64.MAX_VALUE;

/** `time` after `origin`, or never where that lies beyond all times. */
export function after(origin: u64, time: u64): u64 {
  return time > NEVER - origin ? NEVER : origin + time;
}
