/**
 * A pool of numbered entries that are interned: equal contents share one number, counted by reference.
 *
 * The pool keeps numbers only; the owner keeps contents by number, hashes and compares them. Free numbers form a list
 * through `next`; numbers in use form one chain for each hash bucket through the same field, so an entry is either
 * free or chained, never both. An owner may take a number out of its chain for a while (`unlink`), to change its
 * contents.
 */
import { align } from "./memory";

/** "No entry": ends a list. Numbers lie below it. */
export const NIL: u32 = 0xffff;

@unmanaged
export class Pool {
  capacity: u32;
  inUse: u32;
  private free: u32;
  /** Number of hash buckets less one; buckets are a power of two. */
  private mask: u32;
  /** u32 references of each number. */
  private counts: usize;
  /** u16 first number of each hash bucket. */
  private heads: usize;
  /** u16 next number in the chain or in the free list. */
  private next: usize;

  static bytesFor(capacity: u32): usize {
    return align(<usize>capacity * 6 + ((<usize>bucketsFor(capacity)) << 1));
  }

  carve(base: usize, capacity: u32): usize {
    const buckets = bucketsFor(capacity);
    this.capacity = capacity;
    this.inUse = 0;
    this.mask = buckets - 1;
    this.counts = base;
    this.heads = base + ((<usize>capacity) << 2);
    this.next = this.heads + ((<usize>buckets) << 1);
    this.free = capacity > 0 ? 0 : NIL;
    memory.fill(this.counts, 0, (<usize>capacity) << 2);
    memory.fill(this.heads, 0xff, (<usize>buckets) << 1);
    for (let i: u32 = 0; i < capacity; i++) this.setNext(i, i + 1 < capacity ? i + 1 : NIL);
    return base + Pool.bytesFor(capacity);
  }

  isFull(): bool {
    return this.free == NIL;
  }

  /** Takes a free number, with one reference and in no chain. The pool must not be full. */
  take(): u32 {
    const entry = this.free;
    this.free = this.after(entry);
    this.inUse++;
    this.setCount(entry, 1);
    return entry;
  }

  /** Gives back a number that no chain holds. */
  give(entry: u32): void {
    this.setNext(entry, this.free);
    this.free = entry;
    this.inUse--;
    this.setCount(entry, 0);
  }

  references(entry: u32): u32 {
    return load<u32>(this.counts + ((<usize>entry) << 2));
  }

  retain(entry: u32): void {
    this.setCount(entry, this.references(entry) + 1);
  }

  /** Drops one reference and gives how many remain. At none, the owner unlinks and gives the number. */
  release(entry: u32): u32 {
    const remaining = this.references(entry) - 1;
    this.setCount(entry, remaining);
    return remaining;
  }

  /** First number in the chain of `hash`, or NIL. */
  first(hash: u32): u32 {
    return load<u16>(this.headOf(hash));
  }

  /** The number after `entry` in its chain, or NIL. */
  after(entry: u32): u32 {
    return load<u16>(this.next + ((<usize>entry) << 1));
  }

  link(entry: u32, hash: u32): void {
    this.setNext(entry, this.first(hash));
    store<u16>(this.headOf(hash), entry);
  }

  unlink(entry: u32, hash: u32): void {
    let at = this.headOf(hash);
    while (load<u16>(at) != entry) at = this.next + ((<usize>load<u16>(at)) << 1);
    store<u16>(at, this.after(entry));
  }

  private headOf(hash: u32): usize {
    return this.heads + ((<usize>((hash ^ (hash >> 16)) & this.mask)) << 1);
  }

  private setNext(entry: u32, next: u32): void {
    store<u16>(this.next + ((<usize>entry) << 1), next);
  }

  private setCount(entry: u32, count: u32): void {
    store<u32>(this.counts + ((<usize>entry) << 2), count);
  }
}

function bucketsFor(capacity: u32): u32 {
  let buckets: u32 = 1;
  while (buckets < capacity) buckets <<= 1;
  return buckets;
}

/** Hash of `words` aligned u32 at `at`, continuing from `seed`. */
export function hashWords(at: usize, words: u32, seed: u32): u32 {
  let hash = seed ^ 0x811c9dc5;
  for (let i: u32 = 0; i < words; i++) {
    hash = (hash ^ load<u32>(at + ((<usize>i) << 2))) * 0x9e3779b1;
    hash ^= hash >> 15;
  }
  return hash;
}

/** Whether `words` aligned u32 are the same at both places. */
export function equalWords(a: usize, b: usize, words: u32): bool {
  for (let i: u32 = 0; i < words; i++) {
    if (load<u32>(a + ((<usize>i) << 2)) != load<u32>(b + ((<usize>i) << 2))) return false;
  }
  return true;
}
