/**
 * A page maps 256 slots to leaves: neighboring slots with the same leaf make a run, and only the first slot of a run
 * is marked. The leaves follow the marks, so that a lookup finds both close together, most often in one cache line or
 * two neighboring ones.
 *
 *    0  4 x u64   bitmap of the slots at which a run starts; slot 0 always does
 *   32  4 x u8    run starts in the words of the bitmap before this one
 *   36  leaves    one a run, of 1, 2 or 4 bytes each; zeros up to a multiple of 4 bytes
 *
 * Pages begin at multiples of 4 bytes, to waste less: words of 8 bytes may lie across their natural alignment, which the
 * CPUs that the `host` profile is for do not mind.
 *
 * The leaf of a slot is leaf number `rank(slot)`, counted from 1: a bitmap word, a count and a population count.
 */

import { escapeOf } from "./leaf";

export const HEADER_BYTES: u32 = 36;
export const COUNTS: usize = 32;

/** Bytes of a page of the most runs, with leaves of `1 << shift` bytes. */
export function mostBytes(shift: u32): u32 {
  return HEADER_BYTES + (256 << shift);
}

/** How many runs start at or before the slot. */
export function rank(page: usize, slot: u32): usize {
  const word = slot >> 6;
  // A shift counts modulo 64, so that ~slot is 63 less the slot's place in its word: the starts behind it fall out.
  const starts = load<u64>(page + (word << 3)) << ~(<u64>slot);
  return <usize>load<u8>(page + word, COUNTS) + <usize>popcnt(starts);
}

/** Address of the leaf of a slot in a page of four-byte leaves. */
export function cellIn(page: usize, slot: u32): usize {
  return page + (rank(page, slot) << 2) + HEADER_BYTES - 4;
}

/** The leaf of a slot in a page whose leaves are of type T. */
export function leafAt<T>(page: usize, slot: u32): u32 {
  return <u32>load<T>(page + (rank(page, slot) << alignof<T>()), HEADER_BYTES - sizeof<T>());
}

/** The same in a page whose leaves are `1 << shift` bytes, one or two. */
export function narrowLeafAt(page: usize, slot: u32, shift: u32): u32 {
  const at = page + (rank(page, slot) << shift) - (1 << shift);
  // Without a branch on the width: a byte is read with the one behind it, which is cleared.
  return <u32>load<u16>(at, HEADER_BYTES) & escapeOf(shift);
}

export function runs(page: usize): u32 {
  return load<u8>(page, COUNTS + 3) + <u32>popcnt(load<u64>(page, 24));
}

/** Bytes of a page of `runs` runs. */
export function bytesOf(runs: u32, shift: u32): u32 {
  return (HEADER_BYTES + (runs << shift) + 3) & ~3;
}
