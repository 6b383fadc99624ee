/**
 * A leaf of the paged tables: a set plus one, 0 for none, or an escape: all ones in the width of the leaf, where longer
 * prefixes than the pages tell apart must be asked. IPv6 has leaves beyond 16 bits too, which are addresses of pages.
 */

/** Sets below this fit into one-byte leaves. */
export const NARROW_SETS: u32 = 254;

export function leafOf(set: u32): u32 {
  return set + 1;
}

/** `NO_SET` for none. */
export function setOf(leaf: u32): u32 {
  return (leaf - 1) & 0xffff;
}

/** The escape among leaves of one byte (`shift` 0) or two (1). */
export function escapeOf(shift: u32): u32 {
  return 0xff | (0xff00 * shift);
}

export function readLeaf(at: usize, index: u32, shift: u32): u32 {
  if (shift == 2) return load<u32>(at + (index << 2));
  if (shift == 1) return load<u16>(at + (index << 1));
  return load<u8>(at + index);
}

export function writeLeaf(at: usize, index: u32, shift: u32, leaf: u32): void {
  if (shift == 2) store<u32>(at + (index << 2), leaf);
  else if (shift == 1) store<u16>(at + (index << 1), leaf);
  else store<u8>(at + index, leaf);
}
