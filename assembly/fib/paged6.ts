/**
 * IPv6, `host` profile: as IPv4 in steps. `direct[address >> 112]` gives a leaf, which is a set, none, or the address of
 * what tells bits 16-23 apart; and so on for 8 bits each, to bit 47.
 *
 *   bits    0-15   direct        a leaf of four bytes each
 *          16-23   flat pages    256 leaves of four bytes: few, since few /16s are in use, and on every lookup's way
 *          24-39   inner pages   two levels, leaves of four bytes
 *          40-47   outer pages   narrow leaves; one may be the escape for a /48 that has longer prefixes in it
 *
 * Flat and inner pages are not shared: each is one place in the tree, and its control stands beside it under the same
 * number. Outer pages of equal content exist once, so that their places have the controls. A page exists while its
 * control is not empty, that is, while a prefix ends in it or below.
 *
 * Room for n prefixes suffices for any n: a prefix needs no more than one page of each level, and the first serves a
 * whole /16; it splits the runs of one page at two places at most, and so does each page in the page above it.
 */
import { NO_SET } from "../profile";
import { CONTROL_BYTES } from "./control";
import { Escape } from "./escapes";
import { escapeOf, setOf } from "./leaf";
import { maskHigh, maskLow } from "./masks";
import { HEADER_BYTES, leafAt, narrowLeafAt } from "./page";
import { Pages } from "./pages";
import { Pool } from "./pool";
import { Share, SharedPages } from "./shared-pages";
import { SlotMap, SlotRecord, slotMapBytes } from "./slot-map";
import { Entry6, Store, storeBytes } from "./store";
import { Part } from "../words";
import { longest, treeBytes } from "./tree";

export const SLOTS: u32 = 0x1_0000;
/** Longest prefix that is painted; longer ones are behind escapes. */
export const PAINTED: u32 = 48;
/** A leaf beyond this is the address of a page. Pages lie behind the direct table, so that no address is smaller. */
export const LAST_LEAF: u32 = 0xffff;
/** Level of the outer pages; flat pages are level 0. */
export const OUTER: u32 = 3;

export const FLAT_BYTES: u32 = 1024;
/** An inner page's record: its address, in 8 bytes, and its control. */
const INNER_BYTES: u32 = 8 + CONTROL_BYTES;

/** An outer place's record: that of its slot, a /40, and its control. */
const PLACE_BYTES: u32 = <u32>offsetof<SlotRecord>() + CONTROL_BYTES;
/** Widths of leaves, as shifts. */
const INNER_SHIFT: u32 = 2;
const OUTER_WIDEST: u32 = 1;

export const flats = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
export const inner = changetype<Pages>(memory.data(offsetof<Pages>(), 8));
export const outer = changetype<Pages>(memory.data(offsetof<Pages>(), 8));
export const shared = changetype<SharedPages>(memory.data(offsetof<SharedPages>(), 8));
/** Where outer pages are, by bits 0-39. */
export const places = changetype<SlotMap<SlotRecord>>(memory.data(offsetof<SlotMap<SlotRecord>>(), 8));
const innerRecords = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
const outerShares = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
const placeRecords = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
const escapeRecords = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
export const escapes = changetype<SlotMap<Escape>>(memory.data(offsetof<SlotMap<Escape>>(), 8));
export const prefixes = changetype<Store<Entry6>>(memory.data(offsetof<Store<Entry6>>(), 8));
export const key = changetype<Entry6>(memory.data(offsetof<Entry6>(), 8));

/** Leaf of each /16, u32. */
export let direct: usize = 0;
/** Prefixes of length 0 to 16. */
export let shortTree: usize = 0;
/** Control of each flat page. */
let flatControls: usize = 0;

function flatsFor(capacity: u32): u32 {
  return capacity < SLOTS ? capacity : SLOTS;
}

/** Two pages a prefix, each with a first run; and two runs more in each, which begin and end at the page below. */
export function innerBytesFor(capacity: u32): usize {
  return <usize>capacity * (2 * (HEADER_BYTES + (3 << INNER_SHIFT)));
}

/** One page a prefix, which ends up to 2 bytes behind its last leaf. */
export function outerBytesFor(capacity: u32): usize {
  return <usize>capacity * (HEADER_BYTES + 2 + ((1 + 2) << OUTER_WIDEST));
}

export function bytesFor(capacity: u32): usize {
  return (
    <usize>SLOTS * 4 +
    treeBytes(16) +
    <usize>flatsFor(capacity) * (FLAT_BYTES + CONTROL_BYTES) +
    <usize>capacity * (2 * INNER_BYTES + offsetof<Share>()) +
    Pages.bytesFor(innerBytesFor(capacity), INNER_SHIFT) +
    Pages.bytesFor(outerBytesFor(capacity), OUTER_WIDEST) +
    SharedPages.bytesFor(capacity) +
    slotMapBytes(capacity, PLACE_BYTES) +
    slotMapBytes(capacity, offsetof<Escape>()) +
    storeBytes<Entry6>(capacity)
  );
}

export function carve(base: usize, capacity: u32): usize {
  direct = base;
  shortTree = direct + SLOTS * 4;
  memory.fill(direct, 0, <usize>SLOTS * 4 + treeBytes(16));
  flatControls = shortTree + treeBytes(16);
  let at = flatControls + <usize>flatsFor(capacity) * CONTROL_BYTES;

  flats.carve(at, FLAT_BYTES);
  at += <usize>flatsFor(capacity) * FLAT_BYTES;
  innerRecords.carve(at, INNER_BYTES);
  at += 2 * <usize>capacity * INNER_BYTES;
  outerShares.carve(at, offsetof<Share>());
  at += <usize>capacity * offsetof<Share>();
  inner.carve(at, innerBytesFor(capacity), INNER_SHIFT, INNER_SHIFT, innerRecords);
  at += Pages.bytesFor(innerBytesFor(capacity), INNER_SHIFT);
  outer.carve(at, outerBytesFor(capacity), 0, OUTER_WIDEST, outerShares);
  at += Pages.bytesFor(outerBytesFor(capacity), OUTER_WIDEST);
  shared.carve(at, capacity, outer);
  at += SharedPages.bytesFor(capacity);
  places.carve(at, capacity, PLACE_BYTES, placeRecords);
  at += slotMapBytes(capacity, PLACE_BYTES);
  escapes.carve(at, capacity, offsetof<Escape>(), escapeRecords);
  at += slotMapBytes(capacity, offsetof<Escape>());
  prefixes.carve(at, capacity);
  return at + storeBytes<Entry6>(capacity);
}

export function get(high: u64, low: u64, length: u32): u32 {
  if (length > 128) return NO_SET;
  const entry = find(high, low, length);
  return entry != null ? <u32>entry.set : NO_SET;
}

export function lookup(high: u64, low: u64): u32 {
  const leaf = leafFor(high);
  return leaf != escapeOf(outer.shift) ? setOf(leaf) : escaped(high, low);
}

export function match(high: u64, low: u64): i32 {
  if (leafFor(high) == escapeOf(outer.shift)) {
    const length = longLength(high, low);
    if (length != 0) return length;
  }
  return paintedLength(high, PAINTED);
}

/** Direct, flat page, then a header and a leaf a level; behind an escape as for IPv4. */
export function loads(high: u64, low: u64): u32 {
  let count: u32 = 1;
  let leaf = firstLeaf(high);
  for (let level = 0; leaf > LAST_LEAF; level++) {
    leaf = nextLeaf(leaf, level, slotOf(high, level));
    count += level == 0 ? 1 : 2;
  }
  if (leaf != escapeOf(outer.shift)) return count;
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

export function partBytes(part: Part): u32 {
  const headers = inner.headerBytes() + outer.headerBytes();
  if (part == Part.DIRECT) return SLOTS * 4;
  if (part == Part.FLAT_PAGES) return flats.used * FLAT_BYTES;
  if (part == Part.HEADERS) return headers;
  if (part == Part.LEAVES) return inner.used + outer.used - headers;
  if (part == Part.ESCAPES) return escapes.bytes();
  if (part == Part.PREFIXES) return prefixes.bytes();
  if (part == Part.CONTROLS)
    return (
      <u32>treeBytes(16) + flats.used * CONTROL_BYTES + inner.records.used * INNER_BYTES + places.bytes()
    );
  if (part == Part.FREE) return inner.freeBytes() + outer.freeBytes();
  if (part == Part.RECORDS)
    return (
      outer.records.used * offsetof<Share>() + shared.bytes() + inner.numberBytes() + outer.numberBytes()
    );
  return 0;
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

/** The control of the address's page of a level. */
export function controlOf(high: u64, page: usize, level: u32): usize {
  if (level == 0) return flatControls + <usize>flats.numberOf(page) * CONTROL_BYTES;
  if (level == OUTER) return changetype<usize>(places.find(slot40Of(high))!) + offsetof<SlotRecord>();
  return inner.recordOf(page) + 8;
}

/** Bits 0-39 of an address. */
export function slot40Of(high: u64): u64 {
  return high >> 24;
}

/** The `count` bits of an address that follow the first `skip`, as a number. */
export function bitsOf(high: u64, skip: u32, count: u32): u32 {
  return <u32>(((high << skip) >> 1) >> (63 - count));
}

/** The slot of an address in a page of a level. */
export function slotOf(high: u64, level: u32): u32 {
  return bitsOf(high, 16 + 8 * level, 8);
}

/** The leaf of the address's /16. */
export function firstLeaf(high: u64): u32 {
  return load<u32>(direct + ((<u32>(high >> 48)) << 2));
}

/** The leaf of a slot in a page of a level. */
export function nextLeaf(page: usize, level: u32, slot: u32): u32 {
  if (level == 0) return load<u32>(page + (slot << 2));
  return level == OUTER ? narrowLeafAt(page, slot, outer.shift) : leafAt<u32>(page, slot);
}

/** The leaf of the address's /48. */
export function leafFor(high: u64): u32 {
  let leaf = firstLeaf(high);
  if (leaf > LAST_LEAF) leaf = load<u32>(leaf + (slotOf(high, 0) << 2));
  if (leaf > LAST_LEAF) leaf = leafAt<u32>(leaf, slotOf(high, 1));
  if (leaf > LAST_LEAF) leaf = leafAt<u32>(leaf, slotOf(high, 2));
  return leaf > LAST_LEAF ? narrowLeafAt(leaf, slotOf(high, OUTER), outer.shift) : leaf;
}

/** Length of the longest prefix of up to `most` bits around an address, -1 for none. `most` is at most 48. */
export function paintedLength(high: u64, most: i32): i32 {
  let found = -1;
  let leaf = firstLeaf(high);
  for (let level = 0; leaf > LAST_LEAF && most > 16 + 8 * level; level++) {
    const height = min(most - 16 - 8 * level, 8);
    const depth = longest(controlOf(high, leaf, level), height, bitsOf(high, 16 + 8 * level, height));
    if (depth > 0) found = 16 + 8 * level + depth;
    leaf = nextLeaf(leaf, level, slotOf(high, level));
  }
  if (found >= 0) return found;
  const height = min(most, 16);
  return longest(shortTree, height, bitsOf(high, 0, height));
}

/** Length of the longest prefix beyond the painted ones at an address whose leaf is an escape, 0 for none. */
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
