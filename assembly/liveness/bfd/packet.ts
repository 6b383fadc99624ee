/**
 * The BFD control packet, RFC 5880 section 4.1, in bytes that begin on a multiple of 4.
 *
 *    0 |Vers |  Diag   |Sta|P|F|C|A|D|M|  Detect Mult  |    Length     |
 *    4 |                       My Discriminator                        |
 *    8 |                      Your Discriminator                       |
 *   12 |                    Desired Min TX Interval                    |
 *   16 |                   Required Min RX Interval                    |
 *   20 |                 Required Min Echo RX Interval                 |
 *   24 | authentication section, if the A bit is set                   |
 *
 * Getters give numbers; the caller has made sure that the bytes are there.
 */
import { Poll, Session } from "./session";

export const VERSION: u32 = 1;
/** Without and with the shortest authentication section. */
export const SIZE: u32 = 24;
export const AUTHENTICATED_SIZE: u32 = 26;

const POLL: u32 = 0x20;
const FINAL: u32 = 0x10;
const AUTHENTICATION_PRESENT: u32 = 0x04;
const DEMAND: u32 = 0x02;
const MULTIPOINT: u32 = 0x01;

export function version(at: usize): u32 {
  return load<u8>(at) >> 5;
}

export function diagnostic(at: usize): u32 {
  return load<u8>(at) & 0x1f;
}

export function state(at: usize): u32 {
  return load<u8>(at, 1) >> 6;
}

function has(at: usize, bit: u32): bool {
  return (load<u8>(at, 1) & bit) != 0;
}

export function isPoll(at: usize): bool {
  return has(at, POLL);
}

export function isFinal(at: usize): bool {
  return has(at, FINAL);
}

export function isAuthenticated(at: usize): bool {
  return has(at, AUTHENTICATION_PRESENT);
}

export function isDemand(at: usize): bool {
  return has(at, DEMAND);
}

export function isMultipoint(at: usize): bool {
  return has(at, MULTIPOINT);
}

export function multiplier(at: usize): u32 {
  return load<u8>(at, 2);
}

export function length(at: usize): u32 {
  return load<u8>(at, 3);
}

export function myDiscriminator(at: usize): u32 {
  return word(at, 4);
}

export function yourDiscriminator(at: usize): u32 {
  return word(at, 8);
}

export function desiredMinTx(at: usize): u32 {
  return word(at, 12);
}

export function requiredMinRx(at: usize): u32 {
  return word(at, 16);
}

function word(at: usize, offset: usize): u32 {
  return bswap(load<u32>(at + offset));
}

/**
 * Writes the packet that the session would send now, of `size` bytes, without its authentication section (section 6.8.7). A
 * Final is no Poll, so a Poll Sequence waits for the packet after it. Echo packets are not asked for.
 */
export function write(s: Session, at: usize, size: u32): void {
  let bits: u32 = (<u32>s.state) << 6;
  if (s.owesFinal != 0) bits |= FINAL;
  else if (s.poll == Poll.ACTIVE) bits |= POLL;
  if (size > SIZE) bits |= AUTHENTICATION_PRESENT;
  store<u8>(at, <u8>((VERSION << 5) | s.diagnostic));
  store<u8>(at, <u8>bits, 1);
  store<u8>(at, s.multiplier, 2);
  store<u8>(at, <u8>size, 3);
  store<u32>(at, bswap(s.localDiscriminator), 4);
  store<u32>(at, bswap(s.remoteDiscriminator), 8);
  store<u32>(at, bswap(s.desiredMinTx), 12);
  store<u32>(at, bswap(s.requiredMinRx), 16);
  store<u32>(at, 0, 20);
}
