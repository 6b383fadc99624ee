/**
 * Updates of the IPv4 table: the prefix store and the bitmaps of what exists change first, then the slots that the
 * prefix has for itself are painted anew.
 */
import { MCU, SET_LIMIT } from "../profile";
import { Status } from "../status";
import { clearControl, handDown, isEmpty, setDeeper } from "./control";
import { fillDraft, spliceDraft } from "./draft";
import { escapeOf, leafOf, NARROW_SETS } from "./leaf";
import { mask4 } from "./masks";
import {
  control,
  controlOf,
  controls,
  direct,
  escapes,
  find,
  key,
  leafFor,
  PAINTED,
  pages,
  paintedLength,
  positionOf,
  prefixes,
  SLOTS,
  shared,
  shortTree,
} from "./paged4";
import { cover, fell, plant } from "./tree";

/** Covered slots of a page, and covered /16s. Static memory is laid out in both profiles, used or not. */
const slotMask: usize = memory.data(MCU ? 8 : 32, 8);
const directMask: usize = memory.data(MCU ? 8 : 8192, 8);

export function insert(address: u32, length: u32, set: u32): Status {
  if (length > 32) return Status.BAD_PREFIX_LENGTH;
  if (address & ~mask4(length)) return Status.HOST_BITS;
  if (set >= SET_LIMIT) return Status.BAD_VALUE;
  const entry = find(address, length);
  if (entry == null && prefixes.isFull()) return Status.TABLE_FULL;

  if (set >= NARROW_SETS && pages.shift == 0) widenPages();
  if (entry != null) {
    if (<u32>entry.set == set) return Status.OK;
    entry.set = <u16>set;
  } else {
    key.set = <u16>set;
    prefixes.add(key);
    if (length <= 16) plant(shortTree, length, positionOf(address, length));
    else if (length <= PAINTED)
      plant(needControl(address), length - 16, positionOf(address << 16, length - 16));
    else lengthen(address, length);
  }
  if (length <= PAINTED) paint(address, length, leafOf(set));
  return Status.OK;
}

export function remove(address: u32, length: u32): Status {
  if (length > 32) return Status.BAD_PREFIX_LENGTH;
  if (address & ~mask4(length)) return Status.HOST_BITS;
  const entry = find(address, length);
  if (entry == null) return Status.NOT_FOUND;
  prefixes.remove(entry);
  if (length > PAINTED) {
    shorten(address);
    return Status.OK;
  }
  if (length <= 16) fell(shortTree, length, positionOf(address, length));
  else fell(control(address >> 16), length - 16, positionOf(address << 16, length - 16));
  paint(address, length, leafAround(address, length));
  if (length > 16) dropEmptyControl(address);
  return Status.OK;
}

/** The leaf that the prefix's slots have without it. */
function leafAround(address: u32, length: u32): u32 {
  const around = paintedLength(address, length - 1);
  return around < 0 ? 0 : leafOf(find(address & mask4(around), around)!.set);
}

/** Gives `leaf` to every slot of the prefix that no longer one covers. */
function paint(address: u32, length: u32, leaf: u32): void {
  const first = address >> 16;
  if (length >= 16) {
    paintPage(first, length - 16, positionOf(address << 16, length - 16), leaf);
    return;
  }
  cover(shortTree, 16, length, positionOf(address, length), directMask);
  const end = first + (SLOTS >> length);
  for (let slot = first; slot < end; slot++) {
    const covered = load<u64>(directMask + ((slot >> 6) << 3)) >> slot;
    if ((covered & 1) == 0) paintPage(slot, 0, 0, leaf);
  }
}

/** The same within the page of one /16, for the slots below `position` of `depth`. */
function paintPage(index: u32, depth: u32, position: u32, leaf: u32): void {
  makeRoom();
  if (load<u32>(controlOf + (index << 2)) == 0) {
    fillDraft(pages.shift, leaf);
    turnPage(index);
    return;
  }
  const size: u32 = 256 >> depth;
  const first = position << (8 - depth);
  const existing = control(index);
  cover(existing, 8, depth, position, slotMask);
  for (let word = first >> 6; word <= (first + size - 1) >> 6; word++) {
    let down = handDown(existing, slotMask, word, first, size);
    for (; down != 0; down &= down - 1) {
      const slot = (index << 8) + (word << 6) + <u32>ctz(down);
      escapes.find(slot)!.fallback = leaf;
    }
  }
  spliceDraft(pageOf(index), pages.shift, first, size, slotMask, leaf);
  turnPage(index);
}

function pageOf(index: u32): usize {
  return load<u32>(direct + (index << 2));
}

/** Gives a /16 the drafted page in place of its own. */
function turnPage(index: u32): void {
  store<u32>(direct + (index << 2), <u32>shared.exchange(pageOf(index)));
}

/** To be called before a page is drafted and added, which may leave no room for the next. */
function makeRoom(): void {
  if (!pages.isCrowded()) return;
  takeNumbers();
  pages.slide();
  takeAddresses();
}

function widenPages(): void {
  takeNumbers();
  pages.widen();
  takeAddresses();
  shared.rehash();
}

/** Each /16 goes by its page's number, while pages move. */
function takeNumbers(): void {
  for (let at = direct; at < controlOf; at += 4) store<u32>(at, pages.numberOf(load<u32>(at)));
}

function takeAddresses(): void {
  for (let at = direct; at < controlOf; at += 4) store<u32>(at, <u32>pages.addressOf(load<u32>(at)));
}

/** The control of the address's /16, which now exists. */
function needControl(address: u32): usize {
  const at = controlOf + ((address >> 16) << 2);
  if (load<u32>(at) == 0) {
    store<u32>(at, controls.take() + 1);
    clearControl(control(address >> 16));
  }
  return control(address >> 16);
}

function dropEmptyControl(address: u32): void {
  const at = controlOf + ((address >> 16) << 2);
  if (!isEmpty(control(address >> 16))) return;
  controls.give(load<u32>(at) - 1);
  store<u32>(at, 0);
}

/** A new prefix longer than the painted ones. */
function lengthen(address: u32, length: u32): void {
  let escape = escapes.find(address >> 8);
  if (escape == null) {
    const around = needControl(address);
    escape = escapes.add(address >> 8);
    escape.begin(leafFor(address));
    setLeaf(address, escapeOf(pages.shift));
    setDeeper(around, (address >> 8) & 0xff, true);
  }
  escape.add(length);
}

/** One that is gone. */
function shorten(address: u32): void {
  const escape = escapes.find(address >> 8)!;
  if (--escape.prefixes != 0) return;
  setLeaf(address, escape.fallback);
  escapes.remove(address >> 8);
  setDeeper(control(address >> 16), (address >> 8) & 0xff, false);
  dropEmptyControl(address);
}

function setLeaf(address: u32, leaf: u32): void {
  makeRoom();
  const slot = (address >> 8) & 0xff;
  store<u64>(slotMask + ((slot >> 6) << 3), 0);
  spliceDraft(pageOf(address >> 16), pages.shift, slot, 1, slotMask, leaf);
  turnPage(address >> 16);
}
