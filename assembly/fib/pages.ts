/**
 * The memory of pages. Pages are as long as their leaves need, one behind the other; the place of one that was given
 * back is reused for one of the same length. Where such places come to much, or the pool's end is reached, all pages
 * slide together (`slide`), so that no byte is ever lost to fragmentation.
 *
 * A lookup goes by addresses. Updates also need a page's number, by which they keep what else they know of it: it stands
 * in `numbers` under the 32 bytes in which the page begins. No two pages begin in the same, since none is shorter.
 * The record of a page's number, in `records`, begins with the page's address; the rest belongs to the table.
 *
 *   in use   bit 0 of the first word is set, as slot 0 starts a run
 *   free     {u32 address of the next free place of the same length, u32 length}
 */
import { align } from "../memory";
import { DRAFT, draftBytes, widenDraft } from "./draft";
import { bytesOf, HEADER_BYTES, mostBytes, runs } from "./page";
import { Pool } from "./pool";

/** A free place's length. */
const LENGTH: usize = 4;
const GRANULE: u32 = 5;
/** Free places of fewer bytes are not worth a slide. */
const LEAST_FREE: u32 = 1 << 15;

@unmanaged
export class Pages {
  base: usize;
  /** Behind the last page. */
  top: usize;
  end: usize;
  /** First free place of each length in words, u32; 0 for none. */
  free: usize;
  numbers: usize;
  records: Pool;
  /** A leaf is `1 << shift` bytes. */
  shift: u32;
  /** Bytes of all pages. */
  used: u32;

  /**
   * Bytes for pages of `bytes` together, with leaves of up to `1 << widest` bytes; and an eighth more, so that they
   * seldom slide for want of room.
   */
  static bytesFor(bytes: usize, widest: u32): usize {
    const room = Pages.roomFor(bytes, widest);
    return room + Pages.linkBytes(widest) + align(room >> (GRANULE - 2));
  }

  private static roomFor(bytes: usize, widest: u32): usize {
    return align(bytes + (bytes >> 3) + 4 * mostBytes(widest));
  }

  private static linkBytes(widest: u32): usize {
    return align(mostBytes(widest) + 4);
  }

  carve(base: usize, bytes: usize, shift: u32, widest: u32, records: Pool): void {
    this.free = base;
    this.numbers = base + Pages.linkBytes(widest);
    this.base = this.numbers + align(Pages.roomFor(bytes, widest) >> (GRANULE - 2));
    this.top = this.base;
    this.end = this.base + Pages.roomFor(bytes, widest);
    this.records = records;
    this.shift = shift;
    this.used = 0;
    memory.fill(this.free, 0, Pages.linkBytes(widest));
  }

  /** Bytes of free places between pages. */
  freeBytes(): u32 {
    return <u32>(this.top - this.base) - this.used;
  }

  /** Whether the pages should slide: free places take more than a twelfth, or the next two pages may find no place. */
  isCrowded(): bool {
    return this.freeBytes() > this.used / 12 + LEAST_FREE || this.top + 2 * mostBytes(this.shift) > this.end;
  }

  owns(address: usize): bool {
    return address >= this.base && address < this.end;
  }

  headerBytes(): u32 {
    return this.records.used * HEADER_BYTES;
  }

  /** Bytes of the numbers of all pages. */
  numberBytes(): u32 {
    return <u32>(this.top - this.base) >> (GRANULE - 2);
  }

  numberOf(page: usize): u32 {
    return load<u32>(this.numberAt(page));
  }

  recordOf(page: usize): usize {
    return this.records.at(this.numberOf(page));
  }

  addressOf(number: u32): usize {
    return <usize>load<u32>(this.records.at(number));
  }

  /** The first page in use from an address on, at which a place ends; `top` behind the last. */
  pageFrom(at: usize): usize {
    while (at < this.top && (load<u32>(at) & 1) == 0) at += load<u32>(at, LENGTH);
    return at;
  }

  /** A new page, as drafted; gives its number. */
  add(): u32 {
    const number = this.records.take();
    this.put(number);
    return number;
  }

  /** Writes the draft over a page, or to a place of its new length. */
  rewrite(number: u32): void {
    const page = this.addressOf(number);
    if (this.lengthOf(page) == draftBytes) {
      memory.copy(page, DRAFT, draftBytes);
    } else {
      this.give(page);
      this.put(number);
    }
  }

  remove(number: u32): void {
    this.give(this.addressOf(number));
    this.records.give(number);
  }

  /** Bytes of a page. */
  lengthOf(page: usize): u32 {
    return bytesOf(runs(page), this.shift);
  }

  private numberAt(page: usize): usize {
    return this.numbers + (((page - this.base) >> GRANULE) << 2);
  }

  private put(number: u32): void {
    const list = this.free + draftBytes;
    let page = <usize>load<u32>(list);
    if (page != 0) {
      store<u32>(list, load<u32>(page));
    } else {
      page = this.top;
      this.top += draftBytes;
    }
    this.used += draftBytes;
    memory.copy(page, DRAFT, draftBytes);
    this.settle(number, page);
  }

  private give(page: usize): void {
    const length = this.lengthOf(page);
    const list = this.free + length;
    this.used -= length;
    store<u32>(page, load<u32>(list));
    store<u32>(page, length, LENGTH);
    store<u32>(list, <u32>page);
  }

  /**
   * Slides all pages together. They get new addresses: whoever refers to them by address takes down their numbers before,
   * and looks up their addresses after.
   */
  slide(): void {
    let to = this.base;
    let from = this.pageFrom(to);
    while (from < this.top) {
      const bytes = this.lengthOf(from);
      const number = this.numberOf(from);
      for (let at: usize = 0; at < bytes; at += 4) store<u32>(to + at, load<u32>(from + at));
      this.settle(number, to);
      to += bytes;
      from = this.pageFrom(from + bytes);
    }
    this.close(to);
  }

  /** Slides all pages together, and makes their leaves two bytes wide in place of one. */
  widen(): void {
    this.slide();
    // First all to the pool's end, then one after the other back to its start. There is room for all at their new length,
    // so that what is written never overtakes what is yet to be read.
    const bytes = this.top - this.base;
    let from = this.base + ((this.end - this.top) & ~31);
    memory.copy(from, this.base, bytes);
    memory.copy(this.numberAt(from), this.numbers, ((bytes >> GRANULE) + 1) << 2);
    let to = this.base;
    for (const last = from + bytes; from < last; to += draftBytes) {
      const number = this.numberOf(from);
      widenDraft(from);
      from += this.lengthOf(from);
      memory.copy(to, DRAFT, draftBytes);
      this.settle(number, to);
    }
    this.shift = 1;
    this.close(to);
  }

  /** The page of a number now begins at an address. */
  private settle(number: u32, page: usize): void {
    store<u32>(this.numberAt(page), number);
    store<u32>(this.records.at(number), <u32>page);
  }

  /** All pages lie together up to `top`. */
  private close(top: usize): void {
    this.top = top;
    this.used = <u32>(top - this.base);
    memory.fill(this.free, 0, this.numbers - this.free);
  }
}
