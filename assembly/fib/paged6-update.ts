/**
 * Updates of the IPv6 table: the prefix store and the bitmaps of what exists change first, then the slots that the
 * prefix has for itself are painted anew, in its page and in all pages below it.
 */
import { MCU, SET_LIMIT } from "../profile";
import { Status } from "../status";
import { clearControl, handDown, isEmpty, setDeeper } from "./control";
import { fillDraft, spliceDraft } from "./draft";
import { escapeOf, leafOf, NARROW_SETS } from "./leaf";
import { maskHigh, maskLow } from "./masks";
import { cellIn, HEADER_BYTES } from "./page";
import {
  bitsOf,
  controlOf,
  direct,
  escapes,
  FLAT_BYTES,
  find,
  findAround,
  flats,
  inner,
  key,
  LAST_LEAF,
  leafFor,
  nextLeaf,
  OUTER,
  outer,
  PAINTED,
  paintedLength,
  places,
  prefixes,
  SLOTS,
  shared,
  shortTree,
  slot40Of,
  slotOf,
} from "./paged6";
import { Pages } from "./pages";
import { cover, fell, plant } from "./tree";

/** Covered slots of a page of each level, and covered /16s. Static memory is laid out in both profiles, used or not. */
const slotMasks: usize = memory.data(MCU ? 8 : 128, 8);
/** A mask of a page with nothing covered. */
const BARE: usize = memory.data(MCU ? 8 : 32, 8);
const directMask: usize = memory.data(MCU ? 8 : 8192, 8);

export function insert(high: u64, low: u64, length: u32, set: u32): Status {
  if (length > 128) return Status.BAD_PREFIX_LENGTH;
  if ((high & ~maskHigh(length)) | (low & ~maskLow(length))) return Status.HOST_BITS;
  if (set >= SET_LIMIT) return Status.BAD_VALUE;
  const entry = find(high, low, length);
  if (entry == null && prefixes.isFull()) return Status.TABLE_FULL;

  if (set >= NARROW_SETS && outer.shift == 0) widenOuter();
  if (entry != null) {
    if (<u32>entry.set == set) return Status.OK;
    entry.set = <u16>set;
  } else {
    key.set = <u16>set;
    prefixes.add(key);
    if (length <= 16) plant(shortTree, length, bitsOf(high, 0, length));
    else if (length <= PAINTED)
      plant(needControl(high, levelOf(length)), depthOf(length), positionOf(high, length));
    else lengthen(high, length);
  }
  if (length <= PAINTED) paint(high, length, leafOf(set));
  return Status.OK;
}

export function remove(high: u64, low: u64, length: u32): Status {
  if (length > 128) return Status.BAD_PREFIX_LENGTH;
  if ((high & ~maskHigh(length)) | (low & ~maskLow(length))) return Status.HOST_BITS;
  const entry = find(high, low, length);
  if (entry == null) return Status.NOT_FOUND;
  prefixes.remove(entry);
  if (length > PAINTED) {
    shorten(high);
    return Status.OK;
  }
  if (length <= 16) fell(shortTree, length, bitsOf(high, 0, length));
  else fell(controlAt(high, levelOf(length)), depthOf(length), positionOf(high, length));
  paint(high, length, leafAround(high, length));
  if (length > 16) prune(high, levelOf(length));
  return Status.OK;
}

/** Level of the page in which a prefix of more than 16 bits ends: 0 for bits 16-23. */
function levelOf(length: u32): u32 {
  return (length - 17) >> 3;
}

/** Depth at which it ends there, 1 to 8. */
function depthOf(length: u32): u32 {
  return ((length - 17) & 7) + 1;
}

function positionOf(high: u64, length: u32): u32 {
  return bitsOf(high, 16 + 8 * levelOf(length), depthOf(length));
}

/** The leaf that the prefix's slots have without it. */
function leafAround(high: u64, length: u32): u32 {
  const around = paintedLength(high, length - 1);
  return around < 0 ? 0 : leafOf(findAround(high, 0, around)!.set);
}

/** Gives `leaf` to every slot of the prefix that no longer one covers. */
function paint(high: u64, length: u32, leaf: u32): void {
  if (length > 16) {
    paintPage(high, levelOf(length), depthOf(length), positionOf(high, length), leaf);
    return;
  }
  cover(shortTree, 16, length, bitsOf(high, 0, length), directMask);
  const first = <u32>(high >> 48);
  const end = first + (SLOTS >> length);
  for (let slot = first; slot < end; slot++) {
    if (isCovered(directMask, slot)) continue;
    const cell = direct + (slot << 2);
    if (load<u32>(cell) > LAST_LEAF) paintPage((<u64>slot) << 48, 0, 0, 0, leaf);
    else store<u32>(cell, leaf);
  }
}

/**
 * The same within the address's page of a level, for the slots below `position` of `depth`, and in the pages below them.
 * Pages may slide in here: nothing holds on to an address of one.
 */
function paintPage(high: u64, level: u32, depth: u32, position: u32, leaf: u32): void {
  const size: u32 = 256 >> depth;
  const first = position << (8 - depth);
  const mask = slotMasks + (level << 5);
  const control = controlAt(high, level);
  cover(control, 8, depth, position, mask);
  for (let word = first >> 6; word <= (first + size - 1) >> 6; word++) {
    let down = handDown(control, mask, word, first, size);
    for (; down != 0; down &= down - 1) {
      const slot = (word << 6) + <u32>ctz(down);
      const below = (high & maskHigh(16 + 8 * level)) | ((<u64>slot) << (40 - 8 * level));
      if (level == OUTER) escapes.find(below >> 16)!.fallback = leaf;
      else paintPage(below, level + 1, 0, 0, leaf);
    }
  }
  if (level == 0) {
    const page = pageAt(high, 0);
    for (let slot = first; slot < first + size; slot++)
      if (!isCovered(mask, slot)) store<u32>(page + (slot << 2), leaf);
    return;
  }
  makeRoom();
  splicePage(high, level, first, size, mask, leaf);
}

/**
 * Gives `leaf` to slots of the address's page of a level above 0. Its new address is written into the page above, which
 * may be rewritten for that, so that there must be room for both.
 */
function splicePage(high: u64, level: u32, first: u32, size: u32, mask: usize, leaf: u32): void {
  const cell = cellOf(high, level);
  const page = <usize>load<u32>(cell);
  if (level == OUTER) {
    spliceDraft(page, outer.shift, first, size, mask, leaf);
    const other = shared.exchange(page);
    if (other != page) setLeaf(high, level, <u32>other);
  } else {
    spliceDraft(page, inner.shift, first, size, mask, leaf);
    const number = inner.numberOf(page);
    inner.rewrite(number);
    store<u32>(cell, <u32>inner.addressOf(number));
  }
}

function isCovered(mask: usize, slot: u32): bool {
  return ((load<u64>(mask + ((slot >> 6) << 3)) >> slot) & 1) != 0;
}

/** Address of the leaf that names the address's page of a level, which all pages above must lead to. */
function cellOf(high: u64, level: u32): usize {
  let cell = direct + ((<u32>(high >> 48)) << 2);
  if (level > 0) cell = load<u32>(cell) + (slotOf(high, 0) << 2);
  for (let above: u32 = 1; above < level; above++) cell = cellIn(load<u32>(cell), slotOf(high, above));
  return cell;
}

function pageAt(high: u64, level: u32): usize {
  return load<u32>(cellOf(high, level));
}

function controlAt(high: u64, level: u32): usize {
  return controlOf(high, pageAt(high, level), level);
}

/** The control of the address's page of a level, which now exists with all above it. */
function needControl(high: u64, level: u32): usize {
  for (let at: u32 = 0; at <= level; at++) {
    const leaf = load<u32>(cellOf(high, at));
    if (leaf > LAST_LEAF) continue;
    makeRoom();
    setLeaf(high, at, <u32>newPage(high, at, leaf));
    if (at > 0) setDeeper(controlAt(high, at - 1), slotOf(high, at - 1), true);
  }
  return controlAt(high, level);
}

/** A new page of a level, which has the leaf throughout. */
function newPage(high: u64, level: u32, leaf: u32): usize {
  let page: usize;
  if (level == 0) {
    page = flats.at(flats.take());
    for (let at: usize = 0; at < FLAT_BYTES; at += 4) store<u32>(page + at, leaf);
  } else if (level == OUTER) {
    fillDraft(outer.shift, leaf);
    page = shared.join(1);
    places.add(slot40Of(high));
  } else {
    fillDraft(inner.shift, leaf);
    page = inner.addressOf(inner.add());
  }
  clearControl(controlOf(high, page, level));
  return page;
}

function dropPage(high: u64, page: usize, level: u32): void {
  if (level == 0) {
    flats.give(flats.numberOf(page));
  } else if (level == OUTER) {
    shared.leave(page);
    places.remove(slot40Of(high));
  } else {
    inner.remove(inner.numberOf(page));
  }
}

/** Folds empty pages back into the leaf above them, from a level upwards. */
function prune(high: u64, lowest: u32): void {
  for (let level: i32 = lowest; level >= 0; level--) {
    const page = pageAt(high, level);
    if (!isEmpty(controlOf(high, page, level))) return;
    const leaf = nextLeaf(page, level, 0);
    makeRoom();
    dropPage(high, pageAt(high, level), level);
    setLeaf(high, level, leaf);
    if (level > 0) setDeeper(controlAt(high, level - 1), slotOf(high, level - 1), false);
  }
}

/**
 * Puts a leaf where the address's page of a level is, or is to be; level 4 is below all pages. What is above may be
 * rewritten, so that there must be room for it.
 */
function setLeaf(high: u64, level: u32, leaf: u32): void {
  if (level <= 1) {
    store<u32>(cellOf(high, level), leaf);
    return;
  }
  splicePage(high, level - 1, slotOf(high, level - 1), 1, BARE, leaf);
}

/** A new prefix longer than the painted ones. */
function lengthen(high: u64, length: u32): void {
  let escape = escapes.find(high >> 16);
  if (escape == null) {
    const control = needControl(high, OUTER);
    escape = escapes.add(high >> 16);
    escape.begin(leafFor(high));
    makeRoom();
    setLeaf(high, OUTER + 1, escapeOf(outer.shift));
    setDeeper(control, slotOf(high, OUTER), true);
  }
  escape.add(length);
}

/** One that is gone. */
function shorten(high: u64): void {
  const escape = escapes.find(high >> 16)!;
  if (--escape.prefixes != 0) return;
  makeRoom();
  setLeaf(high, OUTER + 1, escape.fallback);
  setDeeper(controlAt(high, OUTER), slotOf(high, OUTER), false);
  escapes.remove(high >> 16);
  prune(high, OUTER);
}

/** To be called before up to two pages are drafted, the first of which may leave no room for more. */
function makeRoom(): void {
  if (inner.isCrowded()) slide(inner);
  if (outer.isCrowded()) slide(outer);
}

function slide(pages: Pages): void {
  renumber(pages, false);
  pages.slide();
  renumber(pages, true);
}

function widenOuter(): void {
  renumber(outer, false);
  outer.widen();
  renumber(outer, true);
  shared.rehash();
}

/** Turns each leaf that is the address of one of `pages` into its number, counted from their base; or back. */
function renumber(pages: Pages, back: bool): void {
  for (let slot: u32 = 0; slot < SLOTS; slot++) {
    const flat = load<u32>(direct + (slot << 2));
    if (flat > LAST_LEAF) renumberLeaves(flat, FLAT_BYTES, pages, back);
  }
  let page = inner.pageFrom(inner.base);
  while (page < inner.top) {
    const bytes = inner.lengthOf(page);
    renumberLeaves(page + HEADER_BYTES, bytes - HEADER_BYTES, pages, back);
    page = inner.pageFrom(page + bytes);
  }
}

function renumberLeaves(at: usize, bytes: u32, pages: Pages, back: bool): void {
  for (const end = at + bytes; at < end; at += 4) {
    const leaf = load<u32>(at);
    if (!pages.owns(leaf)) continue;
    const base = <u32>pages.base;
    store<u32>(at, back ? <u32>pages.addressOf(leaf - base) : base + pages.numberOf(leaf));
  }
}
