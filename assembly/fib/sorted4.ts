/**
 * IPv4, `mcu` profile: the prefixes sorted by address, then length, 8 bytes each. The prefixes around an address are
 * the last entry that does not lie behind it, if it is around it, and its parents (see links.ts). A search and a short
 * walk answer a lookup; an update moves the entries behind it.
 */
import { align } from "../memory";
import { NO_SET, SET_LIMIT } from "../profile";
import { Status } from "../status";
import { closeLink, LINK_BYTES, lengthAt, openLink, parentOf, putSet, setAt } from "./links";
import { mask4 } from "./masks";

const KEY_BYTES: u32 = 4;

let keys: usize = 0;
let links: usize = 0;
let capacity: i32 = 0;
let entries: i32 = 0;

export function bytesFor(prefixes: u32): usize {
  return align(<usize>prefixes * KEY_BYTES) + align(<usize>prefixes * LINK_BYTES);
}

export function carve(base: usize, prefixes: u32): usize {
  keys = base;
  links = base + align(<usize>prefixes * KEY_BYTES);
  capacity = prefixes;
  entries = 0;
  return base + bytesFor(prefixes);
}

export function insert(address: u32, length: u32, set: u32): Status {
  if (length > 32) return Status.BAD_PREFIX_LENGTH;
  if (address & ~mask4(length)) return Status.HOST_BITS;
  if (set >= SET_LIMIT) return Status.BAD_VALUE;
  const before = lastUpTo(address, length);
  if (isAt(before, address, length)) {
    putSet(links, before, set);
    return Status.OK;
  }
  if (entries >= capacity) return Status.TABLE_FULL;

  let parent = before;
  while (parent >= 0 && !isAround(parent, address)) parent = parentOf(links, parent);
  const index = before + 1;
  openLink(links, entries, index, lastUpTo(address | ~mask4(length), 32) + 1, parent, length);
  putSet(links, index, set);
  const at = keys + (index << 2);
  memory.copy(at + KEY_BYTES, at, (entries - index) << 2);
  store<u32>(at, address);
  entries++;
  return Status.OK;
}

export function remove(address: u32, length: u32): Status {
  if (length > 32) return Status.BAD_PREFIX_LENGTH;
  if (address & ~mask4(length)) return Status.HOST_BITS;
  const index = lastUpTo(address, length);
  if (!isAt(index, address, length)) return Status.NOT_FOUND;
  closeLink(links, entries, index);
  const at = keys + (index << 2);
  memory.copy(at, at + KEY_BYTES, (entries - index - 1) << 2);
  entries--;
  return Status.OK;
}

export function get(address: u32, length: u32): u32 {
  const index = lastUpTo(address, length);
  return isAt(index, address, length) ? setAt(links, index) : NO_SET;
}

export function lookup(address: u32): u32 {
  const index = longestAround(address);
  return index < 0 ? NO_SET : setAt(links, index);
}

export function match(address: u32): i32 {
  const index = longestAround(address);
  return index < 0 ? -1 : lengthAt(links, index);
}

export function count(): u32 {
  return entries;
}

export function tableBytes(): u32 {
  return <u32>entries * (KEY_BYTES + LINK_BYTES);
}

function longestAround(address: u32): i32 {
  let index = lastUpTo(address, 32);
  while (index >= 0 && !isAround(index, address)) index = parentOf(links, index);
  return index;
}

/** Index of the last entry that does not sort behind the prefix, -1 for none. */
function lastUpTo(address: u32, length: u32): i32 {
  let low = 0;
  let high = entries;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u32>(keys + (middle << 2)) <= address) low = middle + 1;
    else high = middle;
  }
  let index = low - 1;
  while (index >= 0 && load<u32>(keys + (index << 2)) == address && lengthAt(links, index) > length) index--;
  return index;
}

function isAt(index: i32, address: u32, length: u32): bool {
  return index >= 0 && load<u32>(keys + (index << 2)) == address && lengthAt(links, index) == length;
}

function isAround(index: i32, address: u32): bool {
  return ((load<u32>(keys + (index << 2)) ^ address) & mask4(lengthAt(links, index))) == 0;
}
