/**
 * Resilient buckets (as Linux's resilient next-hop groups): a group's flows hash into a fixed number of buckets, and
 * each bucket belongs to a member. A member's quota is its exact share by weight; where shares are fractions, they
 * are rounded by Sainte-Laguë's method (the next bucket goes to the largest weight / (2 * buckets so far + 1)).
 * With that method a member never loses a bucket because another has left or weighs less, which rounding to the nearest
 * does not promise; in return it may be off by half a bucket for each other member. So when the buckets of one layout
 * are shared out anew, only those move that must: a leaver's buckets to the others, and a joiner's quota to it. A member of
 * weight 0 among others has no quota. Where ages are kept, a bucket that is in use stays with its member beyond the
 * member's quota, and waits.
 */
import { align } from "../memory";
import { IDLE } from "./ages";
import { NONE } from "../words";

/** A member, {neighbor u8, weight u8}. */
export const MEMBER_BYTES: usize = 2;

/** u16 buckets that each member still has to get. */
let wanted: usize = 0;

export function bytesFor(members: u32): usize {
  return align((<usize>members) << 1);
}

export function carve(base: usize, members: u32): usize {
  wanted = base;
  return base + bytesFor(members);
}

/**
 * Shares `buckets` buckets at `to` out among `count` members at `members`, keeping what it can of the layout at
 * `from`, which may be `to` itself, or 0 for none. `ages` are theirs, or 0 where all may move. Whether any wait.
 */
export function spread(to: usize, from: usize, ages: usize, buckets: u32, members: usize, count: u32): bool {
  if (count < 2) {
    memory.fill(to, count == 0 ? <u8>NONE : load<u8>(members), buckets);
    return false;
  }
  computeQuotas(buckets, members, count);
  const waiting = ages != 0 && from != 0 && keepBusy(to, from, ages, buckets, members, count);
  for (let bucket: u32 = 0; bucket < buckets; bucket++) {
    const owner = from == 0 ? NONE : <u32>load<u8>(from + bucket);
    const index = indexOf(owner, members, count);
    if (ages != 0 && isBusy(ages, bucket, index)) continue;
    store<u8>(to + bucket, claim(index) ? <u8>owner : <u8>NONE);
  }
  let next: u32 = 0;
  for (let bucket: u32 = 0; bucket < buckets; bucket++) {
    if (load<u8>(to + bucket) != <u8>NONE) continue;
    while (!claim(next)) next = next + 1 == count ? 0 : next + 1;
    store<u8>(to + bucket, load<u8>(members + <usize>next * MEMBER_BYTES));
    next = next + 1 == count ? 0 : next + 1;
  }
  return waiting;
}

/** The buckets in use stay, before the others are asked. Whether a member then has more than its quota. */
function keepBusy(to: usize, from: usize, ages: usize, buckets: u32, members: usize, count: u32): bool {
  let waiting = false;
  for (let bucket: u32 = 0; bucket < buckets; bucket++) {
    const owner = load<u8>(from + bucket);
    const index = indexOf(owner, members, count);
    if (!isBusy(ages, bucket, index)) continue;
    if (!claim(index)) waiting = true;
    store<u8>(to + bucket, owner);
  }
  return waiting;
}

/** Whether a bucket is in use and its owner, the member `index`, is still there. */
function isBusy(ages: usize, bucket: u32, index: u32): bool {
  return index != NONE && <u32>load<u8>(ages + bucket) < IDLE;
}

function computeQuotas(buckets: u32, members: usize, count: u32): void {
  memory.fill(wanted, 0, (<usize>count) << 1);
  for (let given: u32 = 0; given < buckets; given++) {
    let next: u32 = 0;
    for (let i: u32 = 1; i < count; i++) {
      // weight(i) / (2 * quota(i) + 1) > weight(next) / (2 * quota(next) + 1), without division
      if (weight(members, i) * (2 * quota(next) + 1) > weight(members, next) * (2 * quota(i) + 1)) {
        next = i;
      }
    }
    setQuota(next, quota(next) + 1);
  }
}

/** Takes one bucket of the quota of member `index`, if there is such a member and it still wants one. */
function claim(index: u32): bool {
  if (index == NONE || quota(index) == 0) return false;
  setQuota(index, quota(index) - 1);
  return true;
}

function indexOf(neighbor: u32, members: usize, count: u32): u32 {
  for (let i: u32 = 0; i < count; i++) {
    if (load<u8>(members + <usize>i * MEMBER_BYTES) == <u8>neighbor) return i;
  }
  return NONE;
}

function weight(members: usize, index: u32): u32 {
  return load<u8>(members + <usize>index * MEMBER_BYTES, 1);
}

function quota(index: u32): u32 {
  return load<u16>(wanted + ((<usize>index) << 1));
}

function setQuota(index: u32, buckets: u32): void {
  store<u16>(wanted + ((<usize>index) << 1), buckets);
}
