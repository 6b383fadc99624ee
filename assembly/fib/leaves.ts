/**
 * The leaves of all pages: one after the other in chunks, one chunk a page, of as many leaves as the page has runs,
 * rounded up to even. A chunk that was given back is reused for a page of the same size; when the pool's end is
 * reached, all chunks move together, so that no leaf is ever lost to fragmentation.
 *
 * A leaf is a set plus one, 0 for none, or `ESCAPE` where longer prefixes than the pages tell apart must be asked.
 * Leaves are 1, 2 or 4 bytes wide; in one byte, 255 stands for `ESCAPE`. `widen` turns one-byte leaves into two.
 *
 * `owners` has an entry for every two leaves. At the start of a chunk it holds the page that owns it, with the top
 * bit set; at the start of a free one, the next free one of the same size; elsewhere 0.
 */
import { moveBase, runs } from "./page";
import { Pool } from "./pool";

export const ESCAPE: u32 = 0xffff;

/** Sets below this fit into one-byte leaves. */
export const NARROW_SETS: u32 = 254;

/** Most leaves of a page. */
const MOST: u32 = 256;

const OWNED: u32 = 1 << 31;

export function leafOf(set: u32): u32 {
  return set + 1;
}

/** `NO_SET` for none. */
export function setOf(leaf: u32): u32 {
  return (leaf - 1) & 0xffff;
}

/** Leaves that `runs` runs take. */
export function chunkOf(runs: u32): u32 {
  return (runs + 1) & ~1;
}

export function readLeaf(at: usize, index: u32, shift: u32): u32 {
  if (shift == 2) return load<u32>(at + (index << 2));
  if (shift == 1) return load<u16>(at + (index << 1));
  const leaf: u32 = load<u8>(at + index);
  return leaf == 0xff ? ESCAPE : leaf;
}

export function writeLeaf(at: usize, index: u32, shift: u32, leaf: u32): void {
  if (shift == 2) store<u32>(at + (index << 2), leaf);
  else if (shift == 1) store<u16>(at + (index << 1), leaf);
  else store<u8>(at + index, leaf);
}

@unmanaged
export class Leaves {
  base: usize;
  owners: usize;
  /** First free chunk of each size in twos; 0 for none. */
  free: usize;
  pages: Pool;
  /** A leaf is `1 << shift` bytes. */
  shift: u32;
  capacity: u32;
  /** Leaves below this were handed out since they last moved together. */
  top: u32;
  /** Leaves in chunks that are in use. */
  used: u32;

  /** Bytes for `leaves` leaves of `1 << shift` bytes, with room to spare so that moving together is rare. */
  static bytesFor(leaves: u32, shift: u32): usize {
    const capacity: usize = Leaves.capacityFor(leaves);
    return (capacity << shift) + (capacity << 1) + (MOST << 1) + 8;
  }

  static capacityFor(leaves: u32): u32 {
    return (leaves + (leaves >> 3) + 4 * MOST + 7) & ~7;
  }

  carve(base: usize, leaves: u32, widest: u32, shift: u32, pages: Pool): void {
    const capacity = Leaves.capacityFor(leaves);
    this.base = base;
    this.owners = base + ((<usize>capacity) << widest);
    this.free = this.owners + ((<usize>capacity) << 1);
    this.pages = pages;
    this.shift = shift;
    this.capacity = capacity;
    this.used = 0;
    memory.fill(this.owners, 0, ((<usize>capacity) << 1) + (MOST << 1) + 8);
    // Chunk 0 would look like the end of a list of free ones.
    this.top = 2;
  }

  read(index: u32): u32 {
    return readLeaf(this.base, index, this.shift);
  }

  /** Takes a chunk of `size` leaves for a page that has none, and gives the index of its first leaf. */
  take(size: u32, page: u32): u32 {
    this.used += size;
    const list = this.free + (size << 1);
    let start = load<u32>(list);
    if (start != 0) {
      store<u32>(list, load<u32>(this.owners + (start << 1)));
    } else {
      if (this.top + size > this.capacity) this.moveTogether();
      start = this.top;
      this.top += size;
    }
    store<u32>(this.owners + (start << 1), OWNED | page);
    return start;
  }

  give(start: u32, size: u32): void {
    this.used -= size;
    const list = this.free + (size << 1);
    store<u32>(this.owners + (start << 1), load<u32>(list));
    store<u32>(list, start);
  }

  /** Slides every chunk down over the free ones below it. */
  private moveTogether(): void {
    let to: u32 = 2;
    let from: u32 = 2;
    while (from < this.top) {
      const entry = this.owners + (from << 1);
      const owner = load<u32>(entry);
      store<u32>(entry, 0);
      if ((owner & OWNED) == 0) {
        from += 2;
        continue;
      }
      const page = this.pages.at(owner & ~OWNED);
      const size = chunkOf(runs(page));
      memory.copy(
        this.base + (to << this.shift),
        this.base + (from << this.shift),
        (<usize>size) << this.shift,
      );
      store<u32>(this.owners + (to << 1), owner);
      moveBase(page, to);
      to += size;
      from += size;
    }
    this.top = to;
    memory.fill(this.free, 0, (MOST << 1) + 8);
  }

  /** From one byte to two, in place, from the last to the first. */
  widen(): void {
    for (let index: i32 = this.top - 1; index >= 0; index--) {
      writeLeaf(this.base, index, 1, readLeaf(this.base, index, 0));
    }
    this.shift = 1;
  }
}
