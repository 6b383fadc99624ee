/**
 * Slots at the bottom of the last page (an IPv4 /24, an IPv6 /48) that have longer prefixes in them. These are rare,
 * so that they are not painted: a lookup that meets an escape asks the prefix store for each length that was seen in
 * the slot, longest first, and falls back to the leaf that the slot would have without them.
 *
 * `lengths` may name lengths that are gone while others are left in the slot: a probe in vain, never a wrong answer.
 */

/** The record of a slot in a `SlotMap`. */
@unmanaged
export class Escape {
  next: u32;
  /** Longer prefixes in the slot. */
  prefixes: u32;
  slot: u64;
  /** Bit l - 1 for length l. */
  lengthsTo64: u64;
  lengthsFrom65: u64;
  fallback: u32;
  /** So that records keep their fields at natural alignment. */
  spare: u32;

  /** Without prefixes. */
  begin(fallback: u32): void {
    this.prefixes = 0;
    this.lengthsTo64 = 0;
    this.lengthsFrom65 = 0;
    this.fallback = fallback;
  }

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
