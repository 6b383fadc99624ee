/**
 * IPv4, `host` profile: `direct[address >> 16]` is the address of a page, the page maps bits 16-23 to a leaf, and a leaf
 * is a set, none, or the escape for a /24 that has longer prefixes in it.
 *
 * The prefix store is the truth; pages are painted from it. An update finds, in bitmaps of what exists, the slots of
 * its prefix that no longer prefix covers, and paints those. A removal paints them with the set of the next shorter
 * prefix around.
 *
 * Room for n prefixes suffices for any n. A /16 with longer prefixes in it has a page of its own at most; the other pages
 * are uniform, and come from a prefix of up to 16 bits, or are the empty one; one more can be left over while such a
 * prefix is painted. A prefix splits the runs of one page at two places at most.
 */
import { NO_SET } from "../profile";
import { CONTROL_BYTES } from "./control";
import { fillDraft } from "./draft";
import { Escape } from "./escapes";
import { escapeOf, setOf } from "./leaf";
import { mask4 } from "./masks";
import { HEADER_BYTES, narrowLeafAt } from "./page";
import { Pages } from "./pages";
import { Pool } from "./pool";
import { Share, SharedPages } from "./shared-pages";
import { SlotMap, slotMapBytes } from "./slot-map";
import { Entry4, Store, storeBytes } from "./store";
import { Part } from "../words";
import { longest, treeBytes } from "./tree";

export const SLOTS: u32 = 0x1_0000;
/** Longest prefix that is painted; longer ones are behind escapes. */
export const PAINTED: u32 = 24;
/** The widest leaves have two bytes. */
const WIDEST: u32 = 1;

export const pages = changetype<Pages>(memory.data(offsetof<Pages>(), 8));
export const shared = changetype<SharedPages>(memory.data(offsetof<SharedPages>(), 8));
const shares = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
export const controls = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
const escapeRecords = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
export const escapes = changetype<SlotMap<Escape>>(memory.data(offsetof<SlotMap<Escape>>(), 8));
export const prefixes = changetype<Store<Entry4>>(memory.data(offsetof<Store<Entry4>>(), 8));
export const key = changetype<Entry4>(memory.data(offsetof<Entry4>(), 8));
/** Page of each /16, its address as u32. */
export let direct: usize = 0;
/** Control of each /16 plus one, u32; 0 where no prefix is longer than 16. */
export let controlOf: usize = 0;
/** Prefixes of length 0 to 16. */
export let shortTree: usize = 0;

function pagesFor(capacity: u32): u32 {
  return capacity < SLOTS - 2 ? capacity + 2 : SLOTS;
}

function controlsFor(capacity: u32): u32 {
  return capacity < SLOTS ? capacity : SLOTS;
}

/** Bytes of the most and fullest pages; a page ends up to 2 bytes behind its last leaf. */
export function pageBytesFor(capacity: u32): usize {
  const most: u32 = pagesFor(capacity) << 8;
  const split: u32 = 2 * capacity + pagesFor(capacity);
  return <usize>pagesFor(capacity) * (HEADER_BYTES + 2) + ((<usize>min(split, most)) << WIDEST);
}

export function bytesFor(capacity: u32): usize {
  return (
    <usize>SLOTS * 8 +
    treeBytes(16) +
    <usize>controlsFor(capacity) * CONTROL_BYTES +
    Pages.bytesFor(pageBytesFor(capacity), WIDEST) +
    <usize>pagesFor(capacity) * offsetof<Share>() +
    SharedPages.bytesFor(pagesFor(capacity)) +
    slotMapBytes(capacity, offsetof<Escape>()) +
    storeBytes<Entry4>(capacity)
  );
}

export function carve(base: usize, capacity: u32): usize {
  direct = base;
  controlOf = direct + SLOTS * 4;
  shortTree = controlOf + SLOTS * 4;
  memory.fill(controlOf, 0, <usize>SLOTS * 4 + treeBytes(16));
  let at = shortTree + treeBytes(16);

  controls.carve(at, CONTROL_BYTES);
  at += <usize>controlsFor(capacity) * CONTROL_BYTES;
  shares.carve(at, offsetof<Share>());
  at += <usize>pagesFor(capacity) * offsetof<Share>();
  pages.carve(at, pageBytesFor(capacity), 0, WIDEST, shares);
  at += Pages.bytesFor(pageBytesFor(capacity), WIDEST);
  shared.carve(at, pagesFor(capacity), pages);
  at += SharedPages.bytesFor(pagesFor(capacity));
  escapes.carve(at, capacity, offsetof<Escape>(), escapeRecords);
  at += slotMapBytes(capacity, offsetof<Escape>());
  prefixes.carve(at, capacity);
  at += storeBytes<Entry4>(capacity);

  fillDraft(pages.shift, 0);
  const empty = <u32>shared.join(SLOTS);
  for (let slot: u32 = 0; slot < SLOTS; slot++) store<u32>(direct + (slot << 2), empty);
  return at;
}

export function get(address: u32, length: u32): u32 {
  if (length > 32) return NO_SET;
  const entry = find(address, length);
  return entry != null ? <u32>entry.set : NO_SET;
}

export function lookup(address: u32): u32 {
  const leaf = leafFor(address);
  return leaf != escapeOf(pages.shift) ? setOf(leaf) : escaped(address);
}

export function match(address: u32): i32 {
  if (leafFor(address) == escapeOf(pages.shift)) {
    const length = longLength(address);
    if (length != 0) return length;
  }
  return paintedLength(address, PAINTED);
}

/** Direct, header and leaf; behind an escape, its bucket, itself, and one entry for each length that is asked for. */
export function loads(address: u32): u32 {
  if (leafFor(address) != escapeOf(pages.shift)) return 3;
  const escape = escapes.find(address >> 8)!;
  let count: u32 = 5;
  for (let length = escape.longest(32); length != 0; length = escape.longest(length - 1)) {
    count++;
    if (find(address & mask4(length), length) != null) break;
  }
  return count;
}

export function count(): u32 {
  return prefixes.count;
}

export function partBytes(part: Part): u32 {
  if (part == Part.DIRECT) return SLOTS * 4;
  if (part == Part.HEADERS) return pages.headerBytes();
  if (part == Part.LEAVES) return pages.used - pages.headerBytes();
  if (part == Part.ESCAPES) return escapes.bytes();
  if (part == Part.PREFIXES) return prefixes.bytes();
  if (part == Part.CONTROLS) return SLOTS * 4 + <u32>treeBytes(16) + controls.used * CONTROL_BYTES;
  if (part == Part.FREE) return pages.freeBytes();
  if (part == Part.RECORDS) return shares.used * offsetof<Share>() + shared.bytes() + pages.numberBytes();
  return 0;
}

/** The upper `length` bits of an address, as a number. */
export function positionOf(address: u32, length: u32): u32 {
  return <u32>(<u64>address >> (32 - length));
}

/** The prefix's entry; leaves the prefix in `key`. */
export function find(address: u32, length: u32): Entry4 | null {
  key.address = address;
  key.length = <u8>length;
  return prefixes.find(key);
}

export function leafFor(address: u32): u32 {
  return narrowLeafAt(load<u32>(direct + ((address >> 16) << 2)), (address >> 8) & 0xff, pages.shift);
}

/** Length of the longest prefix of up to `most` bits around an address, -1 for none. `most` is at most 24. */
export function paintedLength(address: u32, most: i32): i32 {
  const number = load<u32>(controlOf + ((address >> 16) << 2));
  if (most > 16 && number != 0) {
    const depth = longest(controls.at(number - 1), most - 16, positionOf(address << 16, most - 16));
    if (depth > 0) return 16 + depth;
  }
  const depth = most < 16 ? most : 16;
  return longest(shortTree, depth, positionOf(address, depth));
}

export function control(index: u32): usize {
  return controls.at(load<u32>(controlOf + (index << 2)) - 1);
}

/** Length of the longest prefix beyond the painted ones at an address whose leaf is an escape, 0 for none. */
function longLength(address: u32): u32 {
  const escape = escapes.find(address >> 8)!;
  let length = escape.longest(32);
  while (length != 0 && find(address & mask4(length), length) == null) length = escape.longest(length - 1);
  return length;
}

/** The set of an address whose leaf is an escape. */
export function escaped(address: u32): u32 {
  const length = longLength(address);
  if (length != 0) return find(address & mask4(length), length)!.set;
  return setOf(escapes.find(address >> 8)!.fallback);
}
