/**
 * What is known of slots of address space, by the address bits above them: a hash table with chains; it doubles when it
 * holds as many records as buckets, within the memory carved for the most that there can be. A record of type R begins
 * with a `SlotRecord`.
 */
import { align } from "../memory";
import { Pool } from "./pool";

@unmanaged
export class SlotRecord {
  /** Number of the next record in the bucket, plus one. */
  next: u32;
  /** For the owner of the map. */
  tally: u32;
  slot: u64;
}

const FEWEST_BUCKETS: u32 = 64;

function mostBuckets(capacity: u32): u32 {
  let buckets = FEWEST_BUCKETS;
  while (buckets < capacity) buckets <<= 1;
  return buckets;
}

/** Bytes of a map of up to `capacity` records of `stride` bytes. */
export function slotMapBytes(capacity: u32, stride: u32): usize {
  return align(((<usize>mostBuckets(capacity)) << 2) + <usize>capacity * stride);
}

@unmanaged
export class SlotMap<R> {
  records: Pool;
  buckets: usize;
  bucketCount: u32;

  carve(base: usize, capacity: u32, stride: u32, records: Pool): void {
    this.buckets = base;
    this.bucketCount = FEWEST_BUCKETS;
    memory.fill(base, 0, FEWEST_BUCKETS << 2);
    records.carve(base + ((<usize>mostBuckets(capacity)) << 2), stride);
    this.records = records;
  }

  /** Bytes in use. */
  bytes(): u32 {
    return (this.bucketCount << 2) + this.records.used * this.records.stride;
  }

  /** The record of a slot, null for none. */
  find(slot: u64): R | null {
    let link = load<u32>(this.bucket(slot));
    while (link != 0) {
      const record = this.at(link);
      if (record.slot == slot) return changetype<R>(changetype<usize>(record));
      link = record.next;
    }
    return null;
  }

  /** A record of a slot that has none; its owner fills it in. */
  add(slot: u64): R {
    if (this.records.used >= this.bucketCount) this.split();
    const link = this.records.take() + 1;
    this.at(link).slot = slot;
    this.push(link);
    return changetype<R>(changetype<usize>(this.at(link)));
  }

  remove(slot: u64): void {
    let at = this.bucket(slot);
    while (this.at(load<u32>(at)).slot != slot) at = changetype<usize>(this.at(load<u32>(at)));
    const link = load<u32>(at);
    store<u32>(at, this.at(link).next);
    this.records.give(link - 1);
  }

  private at(link: u32): SlotRecord {
    return changetype<SlotRecord>(this.records.at(link - 1));
  }

  private bucket(slot: u64): usize {
    const hash = <u32>((slot * 0x9e37_79b9_7f4a_7c15) >> 40);
    return this.buckets + ((hash & (this.bucketCount - 1)) << 2);
  }

  private push(link: u32): void {
    const record = this.at(link);
    const at = this.bucket(record.slot);
    record.next = load<u32>(at);
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
        const next = this.at(link).next;
        this.push(link);
        link = next;
      }
    }
  }
}
