/**
 * The IPv6 header, RFC 8200 section 3, in bytes that begin on a multiple of 8, and the chain of extension
 * headers behind it (section 4). Getters give numbers; the caller has made sure that the 40 bytes are there.
 */
import {
  AUTHENTICATION,
  DESTINATION_OPTIONS,
  FRAGMENT,
  HOP_BY_HOP,
  HOST_IDENTITY,
  MOBILITY,
  ROUTING,
  SHIM6,
} from "./protocols";

export const HEADER: u32 = 40;

/** Length of everything behind the header. */
export function payloadLength(packet: usize): u32 {
  return bswap<u16>(load<u16>(packet, 4));
}

export function nextHeader(packet: usize): u32 {
  return load<u8>(packet, 6);
}

export function hopLimit(packet: usize): u32 {
  return load<u8>(packet, 7);
}

export function sourceHigh(packet: usize): u64 {
  return half(load<u32>(packet, 8), load<u32>(packet, 12));
}

export function sourceLow(packet: usize): u64 {
  return half(load<u32>(packet, 16), load<u32>(packet, 20));
}

export function destinationHigh(packet: usize): u64 {
  return half(load<u32>(packet, 24), load<u32>(packet, 28));
}

export function destinationLow(packet: usize): u64 {
  return half(load<u32>(packet, 32), load<u32>(packet, 36));
}

/** Half an address from two words in network order: on a 32-bit CPU, just two registers. */
function half(upper: u32, lower: u32): u64 {
  return ((<u64>bswap<u32>(upper)) << 32) | bswap<u32>(lower);
}

/** Takes one from a hop limit that is not 0; IPv6 has no header checksum. */
export function decrementHopLimit(packet: usize): void {
  store<u8>(packet, load<u8>(packet, 7) - 1, 7);
}

/**
 * Whether `protocol` is a header that others may follow. An encrypted payload (ESP) is not: nothing behind it
 * is legible.
 */
export function isExtension(protocol: u32): bool {
  switch (protocol) {
    case HOP_BY_HOP:
    case ROUTING:
    case FRAGMENT:
    case AUTHENTICATION:
    case DESTINATION_OPTIONS:
    case MOBILITY:
    case HOST_IDENTITY:
    case SHIM6:
      return true;
    default:
      return false;
  }
}

// What `walk` found.

/** The first protocol that is no extension header. */
export let upperProtocol: u32 = 0;
/** Where it begins; beyond the packet's end, or at it, if the packet does not reach that far. */
export let upperOffset: u32 = 0;
/** A fragment that does not begin with the upper protocol's header. */
export let laterFragment: bool = false;
/** A type 0 routing header that has segments left: deprecated, because it multiplies traffic (RFC 5095). */
export let sourceRouted: bool = false;

/**
 * Follows the extension headers of a packet of `length` bytes. Each is at least 8 bytes long, so this ends.
 */
export function walk(packet: usize, length: u32): void {
  let protocol = nextHeader(packet);
  let at = HEADER;
  laterFragment = false;
  sourceRouted = false;
  while (isExtension(protocol) && at + 8 <= length) {
    const header = packet + at;
    let bytes = (<u32>load<u8>(header, 1) + 1) << 3;
    if (protocol == FRAGMENT) {
      bytes = 8;
      if ((bswap<u16>(load<u16>(header, 2)) & 0xfff8) != 0) laterFragment = true;
    } else if (protocol == AUTHENTICATION) {
      bytes = (<u32>load<u8>(header, 1) + 2) << 2;
    } else if (protocol == ROUTING && load<u8>(header, 2) == 0 && load<u8>(header, 3) != 0) {
      sourceRouted = true;
    }
    protocol = load<u8>(header);
    at += bytes;
    // What follows is the middle of some header, not the next one.
    if (laterFragment) break;
  }
  upperProtocol = protocol;
  upperOffset = at;
}
