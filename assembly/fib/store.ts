/**
 * The exact prefixes with their sets: a hash table with open addressing, at most two thirds full. An entry of type E
 * begins with what `home` and `same` need; a removal moves later entries back, so that no tombstones are left.
 */

import { align } from "../memory";

/** An IPv4 prefix, its set, and whether the entry holds one. */
@unmanaged
export class Entry4 {
  address: u32;
  set: u16;
  length: u8;
  used: u8;

  hash(): u32 {
    return <u32>(((((<u64>this.length) << 32) | <u64>this.address) * 0x9e37_79b9_7f4a_7c15) >> 32);
  }

  same(other: Entry4): bool {
    return this.address == other.address && this.length == other.length;
  }
}

/** An IPv6 prefix likewise. */
@unmanaged
export class Entry6 {
  high: u64;
  low: u64;
  set: u16;
  length: u8;
  used: u8;

  hash(): u32 {
    const mixed = (this.high ^ (this.low * 0xc2b2_ae3d_27d4_eb4f) ^ <u64>this.length) * 0x9e37_79b9_7f4a_7c15;
    return <u32>(((mixed ^ (mixed >> 29)) * 0xbf58_476d_1ce4_e5b9) >> 32);
  }

  same(other: Entry6): bool {
    return this.high == other.high && this.low == other.low && this.length == other.length;
  }
}

function slotsFor(capacity: u32): u32 {
  return capacity + (capacity >> 1) + 8;
}

export function storeBytes<E>(capacity: u32): usize {
  return align(<usize>slotsFor(capacity) * offsetof<E>());
}

@unmanaged
export class Store<E> {
  base: usize;
  end: usize;
  slots: u32;
  capacity: u32;
  count: u32;

  carve(base: usize, capacity: u32): void {
    this.base = base;
    this.end = base + <usize>slotsFor(capacity) * offsetof<E>();
    this.slots = slotsFor(capacity);
    this.capacity = capacity;
    this.count = 0;
    memory.fill(base, 0, this.end - base);
  }

  bytes(): u32 {
    return <u32>(this.end - this.base);
  }

  isFull(): bool {
    return this.count >= this.capacity;
  }

  /** The entry of the same prefix as `key`, null for none. */
  find(key: E): E | null {
    const at = this.probe(key);
    return changetype<E>(at).used ? changetype<E>(at) : null;
  }

  /** Copies `key`, whose prefix has no entry yet. */
  add(key: E): void {
    const at = this.probe(key);
    memory.copy(at, changetype<usize>(key), offsetof<E>());
    changetype<E>(at).used = 1;
    this.count++;
  }

  remove(entry: E): void {
    let hole = changetype<usize>(entry);
    for (let at = this.after(hole); changetype<E>(at).used; at = this.after(at)) {
      // An entry may move back to the hole unless its home lies behind it.
      if (this.distance(this.home(changetype<E>(at)), at) < this.distance(hole, at)) continue;
      memory.copy(hole, at, offsetof<E>());
      hole = at;
    }
    changetype<E>(hole).used = 0;
    this.count--;
  }

  /** Address of the entry of the same prefix as `key`, or of the empty one where it belongs. */
  private probe(key: E): usize {
    let at = this.home(key);
    while (changetype<E>(at).used && !changetype<E>(at).same(key)) at = this.after(at);
    return at;
  }

  private home(key: E): usize {
    return this.base + <usize>((<u64>key.hash() * <u64>this.slots) >> 32) * offsetof<E>();
  }

  private after(at: usize): usize {
    const next = at + offsetof<E>();
    return next == this.end ? this.base : next;
  }

  private distance(from: usize, to: usize): usize {
    return to >= from ? to - from : to + (this.end - this.base) - from;
  }
}
