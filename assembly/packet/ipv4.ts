/**
 * The IPv4 header, RFC 791 section 3.1, in bytes that begin on a multiple of 4. Getters give numbers; the
 * caller has made sure that the header is there: 20 bytes, and with options `headerLength`.
 */
import { fold, halves, sum } from "./checksum";

/** Bytes of a header without options. */
export const HEADER: u32 = 20;

const OPTION_END: u32 = 0;
const OPTION_NO_OPERATION: u32 = 1;
const OPTION_LOOSE_SOURCE_ROUTE: u32 = 131;
const OPTION_STRICT_SOURCE_ROUTE: u32 = 137;

export function headerLength(packet: usize): u32 {
  return (<u32>load<u8>(packet) & 0xf) << 2;
}

export function totalLength(packet: usize): u32 {
  return bswap<u16>(load<u16>(packet, 2));
}

export function dontFragment(packet: usize): bool {
  return (load<u8>(packet, 6) & 0x40) != 0;
}

/** Part of a fragmented datagram: more fragments follow, or some came before. */
export function isFragment(packet: usize): bool {
  return (bswap<u16>(load<u16>(packet, 6)) & 0x3fff) != 0;
}

/** A fragment that does not begin with the transport header. */
export function isLaterFragment(packet: usize): bool {
  return (bswap<u16>(load<u16>(packet, 6)) & 0x1fff) != 0;
}

export function timeToLive(packet: usize): u32 {
  return load<u8>(packet, 8);
}

export function protocol(packet: usize): u32 {
  return load<u8>(packet, 9);
}

export function source(packet: usize): u32 {
  return bswap<u32>(load<u32>(packet, 12));
}

export function destination(packet: usize): u32 {
  return bswap<u32>(load<u32>(packet, 16));
}

export function checksumHolds(packet: usize, headerLength: u32): bool {
  let total = halves(load<u32>(packet)) + halves(load<u32>(packet, 4));
  total += halves(load<u32>(packet, 8)) + halves(load<u32>(packet, 12));
  total += halves(load<u32>(packet, 16));
  if (headerLength > HEADER) total += fold(sum(packet + HEADER, headerLength - HEADER));
  return fold(total) == 0xffff;
}

/**
 * Takes one from a TTL that is not 0. RFC 1624 equation 3: HC' = ~(~HC + ~m + m'), where m is the word of TTL
 * and protocol. The TTL is the lower byte of m in memory, so ~m + m' is 0xfffe whatever m is.
 */
export function decrementTimeToLive(packet: usize): void {
  store<u8>(packet, load<u8>(packet, 8) - 1, 8);
  const sum = (<u32>load<u16>(packet, 10) ^ 0xffff) + 0xfffe;
  store<u16>(packet, ((sum & 0xffff) + (sum >>> 16)) ^ 0xffff, 10);
}

/** What the options say about forwarding. */
export const enum Options {
  HARMLESS,
  /** An option has no length, or is longer than the header. */
  MALFORMED,
  SOURCE_ROUTE,
}

/** Walks the options of a header longer than `HEADER`, RFC 1812 section 5.2.4. */
export function options(packet: usize, headerLength: u32): Options {
  let at = HEADER;
  while (at < headerLength) {
    const kind: u32 = load<u8>(packet + at);
    if (kind == OPTION_END) break;
    if (kind == OPTION_NO_OPERATION) {
      at++;
      continue;
    }
    if (kind == OPTION_LOOSE_SOURCE_ROUTE || kind == OPTION_STRICT_SOURCE_ROUTE) return Options.SOURCE_ROUTE;
    if (at + 1 >= headerLength) return Options.MALFORMED;
    const length: u32 = load<u8>(packet + at, 1);
    if (length < 2 || at + length > headerLength) return Options.MALFORMED;
    at += length;
  }
  return Options.HARMLESS;
}
