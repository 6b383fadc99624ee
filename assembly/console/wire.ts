/**
 * Numbers in message bodies: little-endian and unaligned, so they are read and written byte by byte (a Cortex-M0+ faults
 * on an unaligned load). Addresses are in network order.
 */

export function read16(at: usize): u32 {
  return <u32>load<u8>(at) | ((<u32>load<u8>(at, 1)) << 8);
}

export function read32(at: usize): u32 {
  return read16(at) | (read16(at + 2) << 16);
}

export function read64(at: usize): u64 {
  return <u64>read32(at) | ((<u64>read32(at + 4)) << 32);
}

export function write16(at: usize, value: u32): void {
  store<u8>(at, <u8>value);
  store<u8>(at, <u8>(value >> 8), 1);
}

export function write32(at: usize, value: u32): void {
  write16(at, value);
  write16(at + 2, value >> 16);
}

export function write64(at: usize, value: u64): void {
  write32(at, <u32>value);
  write32(at + 4, <u32>(value >> 32));
}

/** An IPv4 address, or 32 bits of an IPv6 address, as a number. */
export function readAddress32(at: usize): u32 {
  return bswap(read32(at));
}

/** Half of an IPv6 address as a number. */
export function readAddress64(at: usize): u64 {
  return ((<u64>readAddress32(at)) << 32) | <u64>readAddress32(at + 4);
}
