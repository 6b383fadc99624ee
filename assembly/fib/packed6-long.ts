/**
 * The IPv6 prefixes of length 49 to 128, 24 bytes each, sorted by address, then length. They end where the pool ends, and
 * grow towards its beginning. A lookup among them is that of packed-words.ts.
 */
import { NO_SET } from "../profile";
import { maskHigh, maskLow } from "./masks";
import { countLoad, NOTHING } from "./packed-words";

@unmanaged
class Entry {
  high: u64;
  low: u64;
  length: u32;
  set: u32;
}

const BYTES: u32 = 24;
const LENGTH_LIMIT: u32 = 128;

let first: usize = 0;
let count: u32 = 0;

export function carveLong(limit: usize): void {
  first = limit;
  count = 0;
}

export function bytesLong(): u32 {
  return count * BYTES;
}

export function countLong(): u32 {
  return count;
}

/** Whether any is in the /48 of the address. */
export function isAnyLong(high: u64): bool {
  const index = firstIn<void>(high);
  return index < count && (entryAt(index).high ^ high) >> 16 == 0;
}

export function findLong<Loads>(high: u64, low: u64): i32 {
  const from = firstIn<Loads>(high);
  let to = firstBehind<Loads>(from, count, high, low, LENGTH_LIMIT);
  while (to > from) {
    to--;
    countLoad<Loads>();
    const entry = entryAt(to);
    const common = commonBits(entry, high, low);
    if (common >= entry.length) return (entry.length << 8) | entry.set;
    to = firstBehind<Loads>(from, to, high & maskHigh(common), low & maskLow(common), common);
  }
  return NOTHING;
}

export function getLong(high: u64, low: u64, length: u32): u32 {
  const entry = find(high, low, length);
  return entry != null ? entry.set : NO_SET;
}

/** Inserts the prefix, for which there must be room, or replaces its set. */
export function putLong(high: u64, low: u64, length: u32, set: u32): void {
  const known = find(high, low, length);
  if (known != null) {
    known.set = set;
    return;
  }
  const index = firstBehind<void>(0, count, high, low, length);
  memory.copy(first - BYTES, first, index * BYTES);
  first -= BYTES;
  count++;
  const entry = entryAt(index);
  entry.high = high;
  entry.low = low;
  entry.length = length;
  entry.set = set;
}

/** The prefix must be there. */
export function removeLong(high: u64, low: u64, length: u32): void {
  const entry = find(high, low, length);
  memory.copy(first + BYTES, first, changetype<usize>(entry) - first);
  first += BYTES;
  count--;
}

/** Index of the first in the /48 of the address, or of what would stand behind it. */
function firstIn<Loads>(high: u64): u32 {
  return firstBehind<Loads>(0, count, high & ~0xffff, 0, 0);
}

/** Index of the first entry behind the prefix, `to` for none. */
function firstBehind<Loads>(from: u32, to: u32, high: u64, low: u64, length: u32): u32 {
  while (from < to) {
    const middle = (from + to) >> 1;
    countLoad<Loads>();
    if (isBehind(entryAt(middle), high, low, length)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function isBehind(entry: Entry, high: u64, low: u64, length: u32): bool {
  if (entry.high != high) return entry.high > high;
  if (entry.low != low) return entry.low > low;
  return entry.length > length;
}

/** The entry of exactly this prefix. */
function find(high: u64, low: u64, length: u32): Entry | null {
  const index = firstBehind<void>(0, count, high, low, length);
  if (index == 0) return null;
  const entry = entryAt(index - 1);
  return entry.high == high && entry.low == low && entry.length == length ? entry : null;
}

function commonBits(entry: Entry, high: u64, low: u64): u32 {
  return entry.high != high ? <u32>clz(entry.high ^ high) : 64 + <u32>clz(entry.low ^ low);
}

function entryAt(index: u32): Entry {
  return changetype<Entry>(first + index * BYTES);
}
