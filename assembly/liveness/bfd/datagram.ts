/**
 * BFD in UDP: RFC 5881 sections 4 and 5 for one hop, RFC 5883 section 5 for several. A datagram is written in a buffer of its
 * own, which begins on a multiple of 8.
 */
import { neighbor } from "../../nexthop/neighbor";
import { port } from "../../nexthop/port";
import { complete, fold, sum } from "../../packet/checksum";
import * as ipv4 from "../../packet/ipv4";
import * as ipv6 from "../../packet/ipv6";
import { UDP } from "../../packet/protocols";
import { SIGNED_SIZE } from "./authentication";
import { isMultihop, Session } from "./session";

export const SINGLE_HOP_PORT: u32 = 3784;
export const MULTIHOP_PORT: u32 = 4784;
/** First of the source ports, of which each session has one. */
const SOURCE_PORT: u32 = 49152;

const UDP_HEADER: u32 = 8;
/** TTL and hop limit (RFC 5082). */
export const LIFETIME: u32 = 255;
/** The first bytes, of precedence 6, internetwork control. */
const VERSION4_AND_SERVICE: u32 = 0xc045;
const VERSION6_AND_CLASS: u32 = 0x6c;
const DONT_FRAGMENT: u32 = 0x40;

/** Longest datagram with its IP header. */
export const DATAGRAM_LIMIT: u32 = ipv6.HEADER + UDP_HEADER + SIGNED_SIZE;
const buffer = memory.data(<i32>DATAGRAM_LIMIT, 8);

export function datagram(): usize {
  return buffer;
}

/** Whether neighbor `n` has an IPv4 address: one that stands in the first 32 bits alone. */
export function isV4(n: u32): bool {
  return <u32>neighbor(n).addressHigh == 0 && neighbor(n).addressLow == 0;
}

/** Whether packets between neighbor `n` and its port have addresses to go by. */
export function hasAddresses(n: u32): bool {
  const own = port(neighbor(n).port);
  if (neighbor(n).addressHigh == 0 && neighbor(n).addressLow == 0) return false;
  return isV4(n) ? own.address4 != 0 : (own.address6High | own.address6Low) != 0;
}

/** Where the payload of the session's datagrams is written. */
export function payloadOf(s: Session): usize {
  return buffer + UDP_HEADER + (isV4(s.neighbor) ? ipv4.HEADER : ipv6.HEADER);
}

/** Writes the headers around a payload of `size` bytes from the session in slot `slot`; gives the datagram's length. */
export function encapsulate(s: Session, slot: u32, size: u32): u32 {
  const link = neighbor(s.neighbor);
  const own = port(link.port);
  const length = UDP_HEADER + size;
  const ports = (isMultihop(s) ? MULTIHOP_PORT : SINGLE_HOP_PORT) | ((SOURCE_PORT + slot) << 16);
  const fromNeighbor = s.isFar != 0;
  if (isV4(s.neighbor)) {
    const address = bswap(<u32>(link.addressHigh >> 32));
    const ownAddress = bswap(own.address4);
    store<u32>(buffer, VERSION4_AND_SERVICE | ((<u32>bswap<u16>(<u16>(ipv4.HEADER + length))) << 16));
    store<u32>(buffer, DONT_FRAGMENT << 16, 4);
    store<u32>(buffer, LIFETIME | (UDP << 8), 8);
    store<u32>(buffer, fromNeighbor ? address : ownAddress, 12);
    store<u32>(buffer, fromNeighbor ? ownAddress : address, 16);
    store<u16>(buffer, <u16>complete(sum(buffer, ipv4.HEADER)), 10);
    writeUdp(buffer + ipv4.HEADER, ports, length, sum(buffer + 12, 8));
    return ipv4.HEADER + length;
  }
  const ownAt: usize = fromNeighbor ? 24 : 8;
  const itsAt: usize = fromNeighbor ? 8 : 24;
  store<u32>(buffer, VERSION6_AND_CLASS);
  store<u32>(buffer, bswap<u16>(<u16>length) | (UDP << 16) | (LIFETIME << 24), 4);
  store<u64>(buffer + ownAt, bswap(own.address6High));
  store<u64>(buffer + ownAt, bswap(own.address6Low), 8);
  store<u64>(buffer + itsAt, bswap(link.addressHigh));
  store<u64>(buffer + itsAt, bswap(link.addressLow), 8);
  writeUdp(buffer + ipv6.HEADER, ports, length, sum(buffer + 8, 32));
  return ipv6.HEADER + length;
}

/** `ports` has the source in its upper half; `addresses` is their sum. */
function writeUdp(at: usize, ports: u32, length: u32, addresses: u64): void {
  store<u32>(at, bswap(ports));
  store<u32>(at, bswap<u16>(<u16>length), 4);
  const checksum = complete(addresses + pseudo(length) + sum(at, length));
  // Zero would mean "not computed": all ones is its equal (RFC 768).
  store<u16>(at, <u16>(checksum != 0 ? checksum : 0xffff), 6);
}

/** What protocol and length add to the sum of a pseudo-header. */
function pseudo(length: u32): u64 {
  return <u64>bswap<u16>(<u16>length) + (UDP << 8);
}

/** Of the UDP header at `at`. */
export function destinationPort(at: usize): u32 {
  return bswap<u16>(load<u16>(at, 2));
}

/** Where the payload of the datagram at `at` begins. */
export function payload(at: usize): usize {
  return at + UDP_HEADER;
}

/**
 * Bytes of payload of the datagram that begins at `at` and has `room` bytes, with these addresses in its IP header; -1 where
 * it is cut short or damaged. A checksum of zero, which only IPv4 allows, is none.
 */
export function payloadSize(at: usize, room: u32, addresses: usize, addressBytes: u32): i32 {
  if (room < UDP_HEADER) return -1;
  const length = <u32>bswap<u16>(load<u16>(at, 4));
  if (length < UDP_HEADER || length > room) return -1;
  if (load<u16>(at, 6) != 0) {
    if (fold(sum(addresses, addressBytes) + pseudo(length) + sum(at, length)) != 0xffff) return -1;
  } else if (addressBytes > 8) return -1;
  return length - UDP_HEADER;
}
