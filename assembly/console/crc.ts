/** CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xffff, not reflected. Check value of "123456789": 0x29b1. */
export function crc16(data: usize, length: u32): u32 {
  let crc: u32 = 0xffff;
  for (let i: u32 = 0; i < length; i++) {
    // One byte at a time without a table: the polynomial's three terms folded into shifts.
    let x = ((crc >> 8) ^ <u32>load<u8>(data + i)) & 0xff;
    x ^= x >> 4;
    crc = ((crc << 8) ^ (x << 12) ^ (x << 5) ^ x) & 0xffff;
  }
  return crc;
}
