/**
 * The internet checksum, RFC 1071.
 *
 * A one's complement sum does not depend on byte order, as long as it is read and written in the same one
 * (RFC 1071 section 2 (B)). So these sums are of words as they lie in memory, nothing is swapped, and a sum
 * of 32-bit words folds down to the sum of their 16-bit halves. Invariant: data begins on a multiple of 4.
 */

/** A wide sum of up to 2^16 words, folded to 16 bits. Zero only if every word was zero. */
export function fold(sum: u64): u32 {
  // Below 2^48, so the first line gives at most 3 x 0xffff, the second at most 0x10000, and the third carries
  // no more.
  let folded = (<u32>sum & 0xffff) + (<u32>sum >>> 16) + <u32>(sum >> 32);
  folded = (folded & 0xffff) + (folded >>> 16);
  return (folded & 0xffff) + (folded >>> 16);
}

/** The sum of a word's halves: where few words are summed, 32 bits hold the sum, and a small CPU needs one register for it. */
export function halves(word: u32): u32 {
  return (word & 0xffff) + (word >>> 16);
}

/** Unfolded sum of `length` bytes, at most 2^17; an odd last byte counts as if a zero byte followed. */
export function sum(at: usize, length: u32): u64 {
  let total: u64 = 0;
  const words = at + (length & ~3);
  for (; at < words; at += 4) total += load<u32>(at);
  if (length & 2) {
    total += load<u16>(at);
    at += 2;
  }
  if (length & 1) total += load<u8>(at);
  return total;
}

/** The checksum that completes data with this sum, to be stored as it is. */
export function complete(sum: u64): u32 {
  return fold(sum) ^ 0xffff;
}
