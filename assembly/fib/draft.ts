/**
 * What a page shall hold is drafted first: `fillDraft` or `spliceDraft` compose it, in the form of a page, and whoever
 * puts it in its place takes it from there whole.
 */
import { MCU } from "../profile";
import { escapeOf, readLeaf, writeLeaf } from "./leaf";
import { bytesOf, COUNTS, HEADER_BYTES, rank, runs } from "./page";
import { within } from "./tree";

/** No leaf has this value. */
const NOTHING: u32 = 0xffff_ffff;

/** The drafted page. Static memory is laid out in both profiles, used or not. */
export const DRAFT: usize = memory.data(MCU ? 8 : 1064, 8);
const LEAVES: usize = DRAFT + HEADER_BYTES;
/** Its bytes, a multiple of 4. */
export let draftBytes: u32 = 0;

/** Drafts one leaf for all slots. */
export function fillDraft(shift: u32, leaf: u32): void {
  memory.fill(DRAFT, 0, HEADER_BYTES);
  store<u64>(DRAFT, 1);
  writeLeaf(LEAVES, 0, shift, leaf);
  finish(1, shift);
}

/**
 * Drafts the page with `leaf` in those of `size` slots from `first` that `mask` leaves bare; `size` is a power of two
 * and `first` its multiple. Runs outside are copied as they are, but the run after the slots may grow or split.
 */
export function spliceDraft(page: usize, shift: u32, first: u32, size: u32, mask: usize, leaf: u32): void {
  const from = page + HEADER_BYTES;
  const end = first + size;
  memory.copy(DRAFT, page, 32);

  let run = first == 0 ? 0 : <u32>rank(page, first - 1);
  memory.copy(LEAVES, from, (<usize>run) << shift);
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
      writeLeaf(LEAVES, count++, shift, now);
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
      writeLeaf(LEAVES, count++, shift, before);
    } else {
      store<u64>(at, load<u64>(at) & ~bit);
    }
  }
  const tail = runs(page) - run;
  memory.copy(LEAVES + (count << shift), from + (run << shift), (<usize>tail) << shift);
  finish(count + tail, shift);
}

/** Drafts a page of one-byte leaves with leaves of two bytes. */
export function widenDraft(page: usize): void {
  const count = runs(page);
  memory.copy(DRAFT, page, HEADER_BYTES);
  for (let run: u32 = 0; run < count; run++) {
    const leaf = readLeaf(page + HEADER_BYTES, run, 0);
    writeLeaf(LEAVES, run, 1, leaf == escapeOf(0) ? escapeOf(1) : leaf);
  }
  finish(count, 1);
}

/** Writes the counts, and zeros behind the last leaf: equal pages are equal in all their bytes. */
function finish(count: u32, shift: u32): void {
  let before: u32 = 0;
  for (let word = 0; word < 4; word++) {
    store<u8>(DRAFT + word, before, COUNTS);
    before += <u32>popcnt(load<u64>(DRAFT + (word << 3)));
  }
  draftBytes = bytesOf(count, shift);
  store<u32>(LEAVES + (count << shift), 0);
}
