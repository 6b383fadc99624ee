/**
 * ICMP errors, RFC 792 and RFC 4443: an IP header, 8 bytes of ICMP, and as much of the packet in error as
 * fits. An error never grows beyond what every link carries unfragmented: 576 bytes for IPv4 (RFC 1812
 * section 4.3.2.3), 1280 for IPv6 (RFC 4443 section 3); the `mcu` profile, whose buffer is small, quotes
 * less: the header in error and its ports.
 */
import { MCU } from "../profile";
import { complete, sum } from "./checksum";
import * as ipv4 from "./ipv4";
import * as ipv6 from "./ipv6";
import { ICMP, ICMPV6 } from "./protocols";

const HEADER: u32 = 8;
const TTL: u32 = 64;

/** Largest error in bytes. */
const LIMIT4: u32 = MCU ? 128 : 576;
const LIMIT6: u32 = MCU ? 128 : 1280;

/** Bytes that the longest error takes. */
export const ERROR_LIMIT: u32 = LIMIT6;

export const DESTINATION_UNREACHABLE4: u32 = 3;
export const NET_UNREACHABLE: u32 = 0;
export const HOST_UNREACHABLE: u32 = 1;
export const FRAGMENTATION_NEEDED: u32 = 4;
export const TIME_EXCEEDED4: u32 = 11;

export const DESTINATION_UNREACHABLE6: u32 = 1;
export const NO_ROUTE: u32 = 0;
export const ADDRESS_UNREACHABLE: u32 = 3;
export const PACKET_TOO_BIG: u32 = 2;
export const TIME_EXCEEDED6: u32 = 3;

/** Time exceeded: the TTL or hop limit ran out in transit. */
export const IN_TRANSIT: u32 = 0;

const SOURCE_QUENCH: u32 = 4;
const REDIRECT4: u32 = 5;
const PARAMETER_PROBLEM4: u32 = 12;
const INFORMATIONAL6: u32 = 128;
const REDIRECT6: u32 = 137;

/** Whether an ICMP message of this type may not be answered by an error (RFC 1122 section 3.2.2). */
export function isError4(type: u32): bool {
  return (
    type == DESTINATION_UNREACHABLE4 ||
    type == SOURCE_QUENCH ||
    type == REDIRECT4 ||
    type == TIME_EXCEEDED4 ||
    type == PARAMETER_PROBLEM4
  );
}

/** The same for ICMPv6: errors, and the redirect (RFC 4443 section 2.4 (e)). */
export function isError6(type: u32): bool {
  return isQuotingError6(type) || type == REDIRECT6;
}

/** Whether an ICMPv6 message of this type quotes a packet behind its first 8 bytes (RFC 4443 section 2.1). */
export function isQuotingError6(type: u32): bool {
  return type < INFORMATIONAL6;
}

/**
 * Writes an error about `packet` at `at`, addressed to its source. `mtu` is 0 but for `FRAGMENTATION_NEEDED`
 * (RFC 1191).
 */
export function error4(
  at: usize,
  type: u32,
  code: u32,
  mtu: u32,
  from: u32,
  packet: usize,
  length: u32,
): u32 {
  const quoted = min(length, LIMIT4 - ipv4.HEADER - HEADER);
  const total = ipv4.HEADER + HEADER + quoted;
  // Precedence 6, internetwork control (RFC 1812 section 4.3.2.5); DF, since it fits everywhere and has no
  // identification.
  store<u16>(at, 0xc045);
  store<u16>(at, bswap<u16>(<u16>total), 2);
  store<u32>(at, 0x00400000, 4);
  store<u32>(at, TTL | (ICMP << 8), 8);
  store<u32>(at, bswap<u32>(from), 12);
  store<u32>(at, load<u32>(packet, 12), 16);
  store<u16>(at, complete(sum(at, ipv4.HEADER)), 10);
  const message = at + ipv4.HEADER;
  writeMessage(message, type, code, mtu, packet, quoted);
  store<u16>(message, complete(sum(message, HEADER + quoted)), 2);
  return total;
}

/**
 * Writes an ICMPv6 error about `packet` at `at`, addressed to its source. `mtu` is 0 but for
 * `PACKET_TOO_BIG`.
 */
export function error6(
  at: usize,
  type: u32,
  code: u32,
  mtu: u32,
  fromHigh: u64,
  fromLow: u64,
  packet: usize,
  length: u32,
): u32 {
  const quoted = min(length, LIMIT6 - ipv6.HEADER - HEADER);
  const size = HEADER + quoted;
  store<u32>(at, 0x60);
  store<u16>(at, bswap<u16>(<u16>size), 4);
  store<u16>(at, ICMPV6 | (TTL << 8), 6);
  store<u64>(at, bswap<u64>(fromHigh), 8);
  store<u64>(at, bswap<u64>(fromLow), 16);
  store<u64>(at, load<u64>(packet, 8), 24);
  store<u64>(at, load<u64>(packet, 16), 32);
  const message = at + ipv6.HEADER;
  writeMessage(message, type, code, mtu, packet, quoted);
  // The pseudo-header: both addresses, the length and the protocol (RFC 8200 section 8.1).
  const pseudo = sum(at + 8, 32) + bswap<u16>(<u16>size) + (ICMPV6 << 8);
  store<u16>(message, complete(pseudo + sum(message, size)), 2);
  return ipv6.HEADER + size;
}

/**
 * An error without its checksum. The MTU is the last word of the ICMP header; in IPv4, where it has 16 bits,
 * its lower half.
 */
function writeMessage(at: usize, type: u32, code: u32, mtu: u32, packet: usize, quoted: u32): void {
  store<u32>(at, type | (code << 8));
  store<u32>(at, bswap<u32>(mtu), 4);
  memory.copy(at + HEADER, packet, quoted);
}
