/** IPv6, `mcu` profile: the same as sorted4.ts with keys of two halves, 20 bytes a prefix. */
import { align } from "../memory";
import { NO_SET, SET_LIMIT } from "../profile";
import { Status } from "../status";
import { closeLink, LINK_BYTES, lengthAt, openLink, parentOf, putSet, setAt } from "./links";
import { maskHigh, maskLow } from "./masks";

const KEY_BYTES: u32 = 16;
const LOW: usize = 8;

let keys: usize = 0;
let links: usize = 0;
let capacity: i32 = 0;
let entries: i32 = 0;

export function bytesFor(prefixes: u32): usize {
  return <usize>prefixes * KEY_BYTES + align(<usize>prefixes * LINK_BYTES);
}

export function carve(base: usize, prefixes: u32): usize {
  keys = base;
  links = base + <usize>prefixes * KEY_BYTES;
  capacity = prefixes;
  entries = 0;
  return base + bytesFor(prefixes);
}

export function insert(high: u64, low: u64, length: u32, set: u32): Status {
  if (length > 128) return Status.BAD_PREFIX_LENGTH;
  if ((high & ~maskHigh(length)) | (low & ~maskLow(length))) return Status.HOST_BITS;
  if (set >= SET_LIMIT) return Status.BAD_VALUE;
  const before = lastUpTo(high, low, length);
  if (isAt(before, high, low, length)) {
    putSet(links, before, set);
    return Status.OK;
  }
  if (entries >= capacity) return Status.TABLE_FULL;

  let parent = before;
  while (parent >= 0 && !isAround(parent, high, low)) parent = parentOf(links, parent);
  const index = before + 1;
  const covered = lastUpTo(high | ~maskHigh(length), low | ~maskLow(length), 128) + 1;
  openLink(links, entries, index, covered, parent, length);
  putSet(links, index, set);
  const at = keys + (index << 4);
  memory.copy(at + KEY_BYTES, at, (entries - index) << 4);
  store<u64>(at, high);
  store<u64>(at, low, LOW);
  entries++;
  return Status.OK;
}

export function remove(high: u64, low: u64, length: u32): Status {
  if (length > 128) return Status.BAD_PREFIX_LENGTH;
  if ((high & ~maskHigh(length)) | (low & ~maskLow(length))) return Status.HOST_BITS;
  const index = lastUpTo(high, low, length);
  if (!isAt(index, high, low, length)) return Status.NOT_FOUND;
  closeLink(links, entries, index);
  const at = keys + (index << 4);
  memory.copy(at, at + KEY_BYTES, (entries - index - 1) << 4);
  entries--;
  return Status.OK;
}

export function get(high: u64, low: u64, length: u32): u32 {
  const index = lastUpTo(high, low, length);
  return isAt(index, high, low, length) ? setAt(links, index) : NO_SET;
}

export function lookup(high: u64, low: u64): u32 {
  const index = longestAround(high, low);
  return index < 0 ? NO_SET : setAt(links, index);
}

export function match(high: u64, low: u64): i32 {
  const index = longestAround(high, low);
  return index < 0 ? -1 : lengthAt(links, index);
}

export function count(): u32 {
  return entries;
}

export function tableBytes(): u32 {
  return <u32>entries * (KEY_BYTES + LINK_BYTES);
}

function longestAround(high: u64, low: u64): i32 {
  let index = lastUpTo(high, low, 128);
  while (index >= 0 && !isAround(index, high, low)) index = parentOf(links, index);
  return index;
}

/** Index of the last entry that does not sort behind the prefix, -1 for none. */
function lastUpTo(high: u64, low: u64, length: u32): i32 {
  let from = 0;
  let to = entries;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isBehind(middle, high, low)) to = middle;
    else from = middle + 1;
  }
  let index = from - 1;
  while (index >= 0 && isKey(index, high, low) && lengthAt(links, index) > length) index--;
  return index;
}

function isBehind(index: i32, high: u64, low: u64): bool {
  const at = keys + (index << 4);
  const upper = load<u64>(at);
  return upper != high ? upper > high : load<u64>(at, LOW) > low;
}

function isKey(index: i32, high: u64, low: u64): bool {
  const at = keys + (index << 4);
  return load<u64>(at) == high && load<u64>(at, LOW) == low;
}

function isAt(index: i32, high: u64, low: u64, length: u32): bool {
  return index >= 0 && isKey(index, high, low) && lengthAt(links, index) == length;
}

function isAround(index: i32, high: u64, low: u64): bool {
  const at = keys + (index << 4);
  const length = lengthAt(links, index);
  return (((load<u64>(at) ^ high) & maskHigh(length)) | ((load<u64>(at, LOW) ^ low) & maskLow(length))) == 0;
}
