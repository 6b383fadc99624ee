/**
 * A page maps 256 slots to leaves in 40 bytes: neighboring slots with the same leaf make a run, and only the first
 * slot of a run is marked.
 *
 *    0  4 x u64   bitmap of the slots at which a run starts; slot 0 always does
 *   32  u32       index of the page's first leaf, less one
 *   36  4 x u8    run starts in the words of the bitmap before this one
 *
 * The leaf of a slot is leaf number `rank(slot)`: two loads and a population count. A page is rewritten through the
 * draft: `spliceDraft` or `fillDraft` compose what it shall hold, `writeDraft` puts it there.
 */
import { chunkOf, Leaves, readLeaf, writeLeaf } from "./leaves";
import { MCU } from "../profile";
import { within } from "./tree";

export const PAGE_BYTES: u32 = 40;
export const BASE: usize = 32;
export const COUNTS: usize = 36;

/** No leaf has this value. */
const NOTHING: u32 = 0xffff_ffff;

export const DRAFT: usize = memory.data(32, 8);
export const DRAFT_LEAVES: usize = memory.data(MCU ? 8 : 1024, 8);
export let draftRuns: u32 = 0;

/** How many runs start at or before the slot. */
export function rank(page: usize, slot: u32): u32 {
  const word = slot >> 6;
  // A shift counts modulo 64, so that ~slot is 63 less the slot's place in its word: the starts behind it fall out.
  const starts = load<u64>(page + (word << 3)) << ~(<u64>slot);
  return load<u8>(page + word, COUNTS) + <u32>popcnt(starts);
}

export function leafAt(page: usize, leaves: Leaves, slot: u32): u32 {
  return leaves.read(load<u32>(page, BASE) + rank(page, slot));
}

export function runs(page: usize): u32 {
  return load<u8>(page, COUNTS + 3) + <u32>popcnt(load<u64>(page, 24));
}

/** The page's leaves now start at index `start`. */
export function moveBase(page: usize, start: u32): void {
  store<u32>(page, start - 1, BASE);
}

/** Drafts one leaf for all slots. */
export function fillDraft(leaves: Leaves, leaf: u32): void {
  store<u64>(DRAFT, 1);
  store<u64>(DRAFT, 0, 8);
  store<u64>(DRAFT, 0, 16);
  store<u64>(DRAFT, 0, 24);
  writeLeaf(DRAFT_LEAVES, 0, leaves.shift, leaf);
  draftRuns = 1;
}

/**
 * Drafts the page with `leaf` in those of `size` slots from `first` that `mask` leaves bare; `size` is a power of two
 * and `first` its multiple. Runs outside are copied as they are, but the run after the slots may grow or split.
 */
export function spliceDraft(
  page: usize,
  leaves: Leaves,
  first: u32,
  size: u32,
  mask: usize,
  leaf: u32,
): void {
  const shift = leaves.shift;
  const from = leaves.base + ((load<u32>(page, BASE) + 1) << shift);
  const end = first + size;
  memory.copy(DRAFT, page, 32);

  let run = first == 0 ? 0 : rank(page, first - 1);
  memory.copy(DRAFT_LEAVES, from, (<usize>run) << shift);
  let count = run;
  let last = run == 0 ? NOTHING : readLeaf(from, run - 1, shift);
  let before = last;

  for (let word = first >> 6; word <= (end - 1) >> 6; word++) {
    const inside = within(word, first, size);
    const covered = load<u64>(mask + (word << 3));
    const starts = load<u64>(page + (word << 3));
    let drafted = starts & ~inside;
    for (let left = inside; left != 0; left &= left - 1) {
      const bit = left & -left;
      if (starts & bit) before = readLeaf(from, run++, shift);
      const now = covered & bit ? before : leaf;
      if (now == last) continue;
      drafted |= bit;
      writeLeaf(DRAFT_LEAVES, count++, shift, now);
      last = now;
    }
    store<u64>(DRAFT + (word << 3), drafted);
  }

  if (end < 256) {
    const at = DRAFT + ((end >> 6) << 3);
    const bit = (<u64>1) << end;
    if (load<u64>(at) & bit) before = readLeaf(from, run++, shift);
    if (before != last) {
      store<u64>(at, load<u64>(at) | bit);
      writeLeaf(DRAFT_LEAVES, count++, shift, before);
    } else {
      store<u64>(at, load<u64>(at) & ~bit);
    }
  }
  const tail = runs(page) - run;
  memory.copy(DRAFT_LEAVES + (count << shift), from + (run << shift), (<usize>tail) << shift);
  draftRuns = count + tail;
}

/** Writes the draft into a page that has no leaves yet. */
export function writeDraft(leaves: Leaves, number: u32): void {
  moveBase(leaves.pages.at(number), leaves.take(chunkOf(draftRuns), number));
  copyDraft(leaves, number);
}

/** Writes the draft over a page. */
export function rewriteDraft(leaves: Leaves, number: u32): void {
  const page = leaves.pages.at(number);
  const size = chunkOf(runs(page));
  if (size == chunkOf(draftRuns)) {
    copyDraft(leaves, number);
  } else {
    leaves.give(load<u32>(page, BASE) + 1, size);
    writeDraft(leaves, number);
  }
}

/** Gives back a page and its leaves. */
export function dropPage(leaves: Leaves, number: u32): void {
  const page = leaves.pages.at(number);
  leaves.give(load<u32>(page, BASE) + 1, chunkOf(runs(page)));
  leaves.pages.give(number);
}

function copyDraft(leaves: Leaves, number: u32): void {
  const page = leaves.pages.at(number);
  memory.copy(page, DRAFT, 32);
  let count: u32 = 0;
  for (let word = 0; word < 4; word++) {
    store<u8>(page + word, count, COUNTS);
    count += <u32>popcnt(load<u64>(page + (word << 3)));
  }
  const to = leaves.base + ((load<u32>(page, BASE) + 1) << leaves.shift);
  memory.copy(to, DRAFT_LEAVES, (<usize>draftRuns) << leaves.shift);
}
