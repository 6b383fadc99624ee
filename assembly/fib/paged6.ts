/**
 * IPv6, `host` profile: as IPv4 in steps. `direct[address >> 112]` gives a leaf, which is a set, none, or a page for
 * bits 16-23; the leaves of that page are the same for bits 24-31, then 32-39, then 40-47, and a leaf of the last
 * page may be the escape for a /48 that has longer prefixes in it.
 *
 * Pages are not shared: each is one place in the tree, and its control stands beside it under the same number. A page
 * exists while its control is not empty, that is, while a prefix ends in it or below.
 *
 * Room for n prefixes suffices for any n: a prefix needs no more than four pages, the first of which serves a whole
 * /16; it splits the runs of one page at two places at most, and so does each page in the page above it.
 */
import { NO_SET } from "../profile";
import { CONTROL_BYTES } from "./control";
import { Escapes } from "./escapes";
import { ESCAPE, Leaves, setOf } from "./leaves";
import { maskHigh, maskLow } from "./masks";
import { fillDraft, leafAt, PAGE_BYTES, writeDraft } from "./page";
import { Pool } from "./pool";
import { Entry6, Store, storeBytes } from "./store";
import { longest, treeBytes } from "./tree";

export const SLOTS: u32 = 0x1_0000;
/** Longest prefix that is painted; longer ones are behind escapes. */
export const PAINTED: u32 = 48;
/** A leaf with this bit names a page. */
export const CHILD: u32 = 1 << 31;

export const pages = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
export const leaves = changetype<Leaves>(memory.data(offsetof<Leaves>(), 8));
const escapeRecords = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
export const escapes = changetype<Escapes>(memory.data(offsetof<Escapes>(), 8));
export const prefixes = changetype<Store<Entry6>>(memory.data(offsetof<Store<Entry6>>(), 8));
export const key = changetype<Entry6>(memory.data(offsetof<Entry6>(), 8));

/** Leaf of each /16, u32. */
export let direct: usize = 0;
/** Prefixes of length 0 to 16. */
export let shortTree: usize = 0;
let controls: usize = 0;

function pagesFor(capacity: u32): u32 {
  return 1 + (capacity < SLOTS ? capacity : SLOTS) + 3 * capacity;
}

function leavesFor(capacity: u32): u32 {
  return 2 * capacity + 4 * pagesFor(capacity);
}

export function bytesFor(capacity: u32): usize {
  return (
    <usize>SLOTS * 4 +
    treeBytes(16) +
    <usize>pagesFor(capacity) * (CONTROL_BYTES + PAGE_BYTES) +
    Leaves.bytesFor(leavesFor(capacity), 2) +
    Escapes.bytesFor(capacity) +
    storeBytes<Entry6>(capacity)
  );
}

export function carve(base: usize, capacity: u32): usize {
  direct = base;
  shortTree = direct + SLOTS * 4;
  memory.fill(direct, 0, <usize>SLOTS * 4 + treeBytes(16));
  controls = shortTree + treeBytes(16);
  let at = controls + <usize>pagesFor(capacity) * CONTROL_BYTES;

  pages.carve(at, PAGE_BYTES);
  at += <usize>pagesFor(capacity) * PAGE_BYTES;
  leaves.carve(at, leavesFor(capacity), 2, 2, pages);
  at += Leaves.bytesFor(leavesFor(capacity), 2);
  escapes.carve(at, capacity, escapeRecords);
  at += Escapes.bytesFor(capacity);
  prefixes.carve(at, capacity);
  at += storeBytes<Entry6>(capacity);

  // Page 0, where a batch sends the lookups that are done while it carries on with the others.
  fillDraft(leaves, 0);
  writeDraft(leaves, pages.take());
  return at;
}

export function get(high: u64, low: u64, length: u32): u32 {
  if (length > 128) return NO_SET;
  const entry = find(high, low, length);
  return entry != null ? <u32>entry.set : NO_SET;
}

export function lookup(high: u64, low: u64): u32 {
  const leaf = leafFor(high);
  return leaf != ESCAPE ? setOf(leaf) : escaped(high, low);
}

export function match(high: u64, low: u64): i32 {
  if (leafFor(high) == ESCAPE) {
    const length = longLength(high, low);
    if (length != 0) return length;
  }
  return paintedLength(high, PAINTED);
}

/** Direct, a page and a leaf a level; behind an escape, its bucket, itself, and one entry for each length that is asked for. */
export function loads(high: u64, low: u64): u32 {
  let count: u32 = 1;
  let leaf = firstLeaf(high);
  for (let level = 0; leaf & CHILD; level++, count += 2) leaf = nextLeaf(leaf, level, high);
  if (leaf != ESCAPE) return count;
  const escape = escapes.find(high >> 16)!;
  count += 2;
  for (let length = escape.longest(128); length != 0; length = escape.longest(length - 1)) {
    count++;
    if (findAround(high, low, length) != null) break;
  }
  return count;
}

export function count(): u32 {
  return prefixes.count;
}

export function tableBytes(): u32 {
  return SLOTS * 4 + pages.used * PAGE_BYTES + (leaves.used << leaves.shift) + escapes.bytes();
}

/** The prefix's entry; leaves the prefix in `key`. */
export function find(high: u64, low: u64, length: u32): Entry6 | null {
  key.high = high;
  key.low = low;
  key.length = <u8>length;
  return prefixes.find(key);
}

/** The entry of the prefix of that length around an address. */
export function findAround(high: u64, low: u64, length: u32): Entry6 | null {
  return find(high & maskHigh(length), low & maskLow(length), length);
}

export function controlOf(page: u32): usize {
  return controls + <usize>page * CONTROL_BYTES;
}

/** The `count` bits of an address that follow the first `skip`, as a number. */
export function bitsOf(high: u64, skip: u32, count: u32): u32 {
  return <u32>(((high << skip) >> 1) >> (63 - count));
}

/** What the /16 of an address has, for the bits after it. */
export function firstLeaf(high: u64): u32 {
  return load<u32>(direct + ((<u32>(high >> 48)) << 2));
}

/** What page `leaf` of level `level` (0 for bits 16-23) has for an address. */
export function nextLeaf(leaf: u32, level: u32, high: u64): u32 {
  return leafAt(pages.at(leaf & ~CHILD), leaves, bitsOf(high, 16 + 8 * level, 8));
}

/** The leaf of the address's /48. */
export function leafFor(high: u64): u32 {
  let leaf = firstLeaf(high);
  for (let level = 0; leaf & CHILD; level++) leaf = nextLeaf(leaf, level, high);
  return leaf;
}

/** Length of the longest prefix of up to `most` bits around an address, -1 for none. `most` is at most 48. */
export function paintedLength(high: u64, most: i32): i32 {
  let found = -1;
  let leaf = firstLeaf(high);
  for (let level = 0; leaf & CHILD && most > 16 + 8 * level; level++) {
    const height = min(most - 16 - 8 * level, 8);
    const depth = longest(controlOf(leaf & ~CHILD), height, bitsOf(high, 16 + 8 * level, height));
    if (depth > 0) found = 16 + 8 * level + depth;
    leaf = nextLeaf(leaf, level, high);
  }
  if (found >= 0) return found;
  const height = min(most, 16);
  return longest(shortTree, height, bitsOf(high, 0, height));
}

/** Length of the longest prefix beyond the painted ones at an address whose leaf is `ESCAPE`, 0 for none. */
function longLength(high: u64, low: u64): u32 {
  const escape = escapes.find(high >> 16)!;
  let length = escape.longest(128);
  while (length != 0 && findAround(high, low, length) == null) length = escape.longest(length - 1);
  return length;
}

export function escaped(high: u64, low: u64): u32 {
  const length = longLength(high, low);
  if (length != 0) return findAround(high, low, length)!.set;
  return setOf(escapes.find(high >> 16)!.fallback);
}
