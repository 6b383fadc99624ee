/**
 * Updates of the IPv6 table: the prefix store and the bitmaps of what exists change first, then the slots that the
 * prefix has for itself are painted anew, in its page and in all pages below it.
 */
import { MCU, SET_LIMIT } from "../profile";
import { Status } from "../status";
import { clearControl, handDown, isEmpty, setDeeper } from "./control";
import { ESCAPE, leafOf } from "./leaves";
import { maskHigh, maskLow } from "./masks";
import { dropPage, fillDraft, leafAt, rewriteDraft, spliceDraft, writeDraft } from "./page";
import {
  bitsOf,
  CHILD,
  controlOf,
  direct,
  escapes,
  find,
  findAround,
  firstLeaf,
  key,
  leafFor,
  leaves,
  nextLeaf,
  PAINTED,
  pages,
  paintedLength,
  prefixes,
  SLOTS,
  shortTree,
} from "./paged6";
import { cover, fell, plant } from "./tree";

/** Covered slots of a page of each level, and covered /16s. Static memory is laid out in both profiles, used or not. */
const slotMasks: usize = memory.data(128, 8);
const directMask: usize = memory.data(MCU ? 8 : 8192, 8);

export function insert(high: u64, low: u64, length: u32, set: u32): Status {
  if (length > 128) return Status.BAD_PREFIX_LENGTH;
  if ((high & ~maskHigh(length)) | (low & ~maskLow(length))) return Status.HOST_BITS;
  if (set >= SET_LIMIT) return Status.BAD_VALUE;
  const entry = find(high, low, length);
  if (entry == null && prefixes.isFull()) return Status.TABLE_FULL;

  if (entry != null) {
    if (<u32>entry.set == set) return Status.OK;
    entry.set = <u16>set;
  } else {
    key.set = <u16>set;
    prefixes.add(key);
    if (length <= 16) plant(shortTree, length, bitsOf(high, 0, length));
    else if (length <= PAINTED)
      plant(controlOf(needPage(high, levelOf(length))), depthOf(length), positionOf(high, length));
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
  else fell(controlOf(pageAt(high, levelOf(length))), depthOf(length), positionOf(high, length));
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

function slotOf(high: u64, level: u32): u32 {
  return bitsOf(high, 16 + 8 * level, 8);
}

/** The leaf that the prefix's slots have without it. */
function leafAround(high: u64, length: u32): u32 {
  const around = paintedLength(high, length - 1);
  return around < 0 ? 0 : leafOf(findAround(high, 0, around)!.set);
}

/** Gives `leaf` to every slot of the prefix that no longer one covers. */
function paint(high: u64, length: u32, leaf: u32): void {
  if (length > 16) {
    const level = levelOf(length);
    paintPage(pageAt(high, level), level, high, depthOf(length), positionOf(high, length), leaf);
    return;
  }
  cover(shortTree, 16, length, bitsOf(high, 0, length), directMask);
  const first = <u32>(high >> 48);
  const end = first + (SLOTS >> length);
  for (let slot = first; slot < end; slot++) {
    const covered = load<u64>(directMask + ((slot >> 6) << 3)) >> slot;
    if (covered & 1) continue;
    const at = direct + (slot << 2);
    const old = load<u32>(at);
    if (old & CHILD) paintPage(old & ~CHILD, 0, (<u64>slot) << 48, 0, 0, leaf);
    else store<u32>(at, leaf);
  }
}

/** The same within one page, for the slots below `position` of `depth`, and in the pages below them. */
function paintPage(page: u32, level: u32, high: u64, depth: u32, position: u32, leaf: u32): void {
  const size: u32 = 256 >> depth;
  const first = position << (8 - depth);
  const mask = slotMasks + (level << 5);
  cover(controlOf(page), 8, depth, position, mask);
  for (let word = first >> 6; word <= (first + size - 1) >> 6; word++) {
    let down = handDown(controlOf(page), mask, word, first, size);
    for (; down != 0; down &= down - 1) {
      const slot = (word << 6) + <u32>ctz(down);
      const inner = (high & maskHigh(16 + 8 * level)) | ((<u64>slot) << (40 - 8 * level));
      if (level == 3) {
        escapes.find(inner >> 16)!.fallback = leaf;
      } else {
        const below = leafAt(pages.at(page), leaves, slot) & ~CHILD;
        paintPage(below, level + 1, inner, 0, 0, leaf);
      }
    }
  }
  spliceDraft(pages.at(page), leaves, first, size, mask, leaf);
  rewriteDraft(leaves, page);
}

/** The page of an address at a level; it must exist. */
function pageAt(high: u64, level: u32): u32 {
  let leaf = firstLeaf(high);
  for (let above: u32 = 0; above < level; above++) leaf = nextLeaf(leaf, above, high);
  return leaf & ~CHILD;
}

/** The page of an address at a level, which now exists with all above it. */
function needPage(high: u64, level: u32): u32 {
  let leaf = firstLeaf(high);
  if ((leaf & CHILD) == 0) {
    leaf = newPage(leaf);
    store<u32>(direct + ((<u32>(high >> 48)) << 2), leaf);
  }
  for (let above: u32 = 0; above < level; above++) {
    const page = leaf & ~CHILD;
    leaf = nextLeaf(leaf, above, high);
    if ((leaf & CHILD) == 0) {
      leaf = newPage(leaf);
      setLeaf(page, slotOf(high, above), leaf);
      setDeeper(controlOf(page), slotOf(high, above), true);
    }
  }
  return leaf & ~CHILD;
}

/** A leaf that names a new page, which has the old leaf throughout. */
function newPage(leaf: u32): u32 {
  const page = pages.take();
  fillDraft(leaves, leaf);
  writeDraft(leaves, page);
  clearControl(controlOf(page));
  return page | CHILD;
}

/** Folds empty pages back into the leaf above them, from a level upwards. */
function prune(high: u64, level: i32): void {
  for (; level >= 0; level--) {
    const page = pageAt(high, level);
    if (!isEmpty(controlOf(page))) return;
    const leaf = leafAt(pages.at(page), leaves, 0);
    dropPage(leaves, page);
    if (level == 0) {
      store<u32>(direct + ((<u32>(high >> 48)) << 2), leaf);
    } else {
      const above = pageAt(high, level - 1);
      setLeaf(above, slotOf(high, level - 1), leaf);
      setDeeper(controlOf(above), slotOf(high, level - 1), false);
    }
  }
}

function setLeaf(page: u32, slot: u32, leaf: u32): void {
  store<u64>(slotMasks + ((slot >> 6) << 3), 0);
  spliceDraft(pages.at(page), leaves, slot, 1, slotMasks, leaf);
  rewriteDraft(leaves, page);
}

/** A new prefix longer than the painted ones. */
function lengthen(high: u64, length: u32): void {
  let escape = escapes.find(high >> 16);
  if (escape == null) {
    const page = needPage(high, 3);
    escape = escapes.add(high >> 16, leafFor(high));
    setLeaf(page, slotOf(high, 3), ESCAPE);
    setDeeper(controlOf(page), slotOf(high, 3), true);
  }
  escape.add(length);
}

/** One that is gone. */
function shorten(high: u64): void {
  const escape = escapes.find(high >> 16)!;
  if (--escape.prefixes != 0) return;
  const page = pageAt(high, 3);
  setLeaf(page, slotOf(high, 3), escape.fallback);
  setDeeper(controlOf(page), slotOf(high, 3), false);
  escapes.remove(high >> 16);
  prune(high, 3);
}
