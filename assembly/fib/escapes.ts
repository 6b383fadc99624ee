/**
 * Slots at the bottom of the last page (an IPv4 /24, an IPv6 /48) that have longer prefixes in them. These are rare,
 * so that they are not painted: a lookup that meets `ESCAPE` asks the prefix store for each length that was seen in
 * the slot, longest first, and falls back to the leaf that the slot would have without them.
 *
 * `lengths` may name lengths that are gone while others are left in the slot: a probe in vain, never a wrong answer.
 *
 * A hash table with chains; it doubles when it holds as many escapes as buckets, within the memory carved for the
 * most that there can be.
 */
import { Pool } from "./pool";

@unmanaged
export class Escape {
  /** Number of the next escape in the bucket, plus one. */
  next: u32;
  /** Longer prefixes in the slot. */
  prefixes: u32;
  /** The slot: the address bits above it. */
  slot: u64;
  /** Bit l - 1 for length l. */
  lengthsTo64: u64;
  lengthsFrom65: u64;
  fallback: u32;

  add(length: u32): void {
    this.prefixes++;
    const bit = (<u64>1) << (length - 1);
    if (length <= 64) this.lengthsTo64 |= bit;
    else this.lengthsFrom65 |= bit;
  }

  /** The longest length up to `most` that was seen in the slot, 0 for none. */
  longest(most: u32): u32 {
    if (most > 64) {
      const lengths = this.lengthsFrom65 & (~(<u64>0) >> (128 - most));
      if (lengths != 0) return 128 - <u32>clz(lengths);
      most = 64;
    }
    const lengths = this.lengthsTo64 & (~(<u64>0) >> (64 - most));
    return 64 - <u32>clz(lengths);
  }
}

const FEWEST_BUCKETS: u32 = 64;

function mostBuckets(capacity: u32): u32 {
  let buckets = FEWEST_BUCKETS;
  while (buckets < capacity) buckets <<= 1;
  return buckets;
}

@unmanaged
export class Escapes {
  records: Pool;
  buckets: usize;
  bucketCount: u32;

  static bytesFor(capacity: u32): usize {
    return ((<usize>mostBuckets(capacity)) << 2) + <usize>capacity * offsetof<Escape>();
  }

  carve(base: usize, capacity: u32, records: Pool): void {
    this.buckets = base;
    this.bucketCount = FEWEST_BUCKETS;
    memory.fill(base, 0, FEWEST_BUCKETS << 2);
    records.carve(base + ((<usize>mostBuckets(capacity)) << 2), offsetof<Escape>());
    this.records = records;
  }

  /** Bytes in use. */
  bytes(): u32 {
    return (this.bucketCount << 2) + this.records.used * this.records.stride;
  }

  /** The escape of a slot, null for none. */
  find(slot: u64): Escape | null {
    let link = load<u32>(this.bucket(slot));
    while (link != 0) {
      const escape = changetype<Escape>(this.records.at(link - 1));
      if (escape.slot == slot) return escape;
      link = escape.next;
    }
    return null;
  }

  /** A new escape without prefixes. */
  add(slot: u64, fallback: u32): Escape {
    if (this.records.used >= this.bucketCount) this.split();
    const number = this.records.take();
    const escape = changetype<Escape>(this.records.at(number));
    escape.prefixes = 0;
    escape.slot = slot;
    escape.lengthsTo64 = 0;
    escape.lengthsFrom65 = 0;
    escape.fallback = fallback;
    this.push(number + 1);
    return escape;
  }

  remove(slot: u64): void {
    let at = this.bucket(slot);
    let escape = changetype<Escape>(this.records.at(load<u32>(at) - 1));
    while (escape.slot != slot) {
      at = changetype<usize>(escape);
      escape = changetype<Escape>(this.records.at(escape.next - 1));
    }
    const number = load<u32>(at) - 1;
    store<u32>(at, escape.next);
    this.records.give(number);
  }

  private bucket(slot: u64): usize {
    const hash = <u32>((slot * 0x9e37_79b9_7f4a_7c15) >> 40);
    return this.buckets + ((hash & (this.bucketCount - 1)) << 2);
  }

  private push(link: u32): void {
    const escape = changetype<Escape>(this.records.at(link - 1));
    const at = this.bucket(escape.slot);
    escape.next = load<u32>(at);
    store<u32>(at, link);
  }

  /** Doubles the buckets: what was in bucket i belongs into i or i + the old count. */
  private split(): void {
    const old = this.bucketCount;
    this.bucketCount = old << 1;
    memory.fill(this.buckets + (old << 2), 0, old << 2);
    for (let bucket: u32 = 0; bucket < old; bucket++) {
      const at = this.buckets + (bucket << 2);
      let link = load<u32>(at);
      store<u32>(at, 0);
      while (link != 0) {
        const next = changetype<Escape>(this.records.at(link - 1)).next;
        this.push(link);
        link = next;
      }
    }
  }
}
