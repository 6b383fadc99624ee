/** Masks of the upper `length` bits of an address. */

export function mask4(length: u32): u32 {
  return length == 0 ? 0 : ~(<u32>0) << (32 - length);
}

/** For the upper half of an IPv6 address. */
export function maskHigh(length: u32): u64 {
  if (length == 0) return 0;
  return length < 64 ? ~(<u64>0) << (64 - length) : ~(<u64>0);
}

/** For its lower half. */
export function maskLow(length: u32): u64 {
  return length > 64 ? ~(<u64>0) << (128 - length) : 0;
}
