/**
 * Composes the packets that probe streams send: an empty UDP datagram (RFC 768), or a TCP segment without
 * options and payload (RFC 9293 section 3.1). Checksums are added up from the arguments, so nothing written
 * is read back.
 *
 * Words are put together here in network order as numbers, and summed as such; the buffer begins on a
 * multiple of 4.
 */
import { Transport } from "../words";
import { complete } from "./checksum";
import * as ipv4 from "./ipv4";
import * as ipv6 from "./ipv6";
import { TCP, UDP } from "./protocols";

const TTL: u32 = 64;
const DONT_FRAGMENT: u32 = 0x4000;
const UDP_HEADER: u32 = 8;
const TCP_HEADER: u32 = 20;
/** Upper half of the word that holds a TCP segment's header length, in 32-bit words, and its flags. */
const TCP_OFFSET: u32 = (TCP_HEADER >> 2) << 12;
const TCP_WINDOW: u32 = 0xffff;

/**
 * Writes an IPv4 packet at `at` and gives its length. `tcpFlags` are the lower 8 bits of RFC 9293's control
 * bits.
 */
export function compose4(
  at: usize,
  transport: u32,
  source: u32,
  destination: u32,
  sourcePort: u32,
  destinationPort: u32,
  tcpFlags: u32,
): u32 {
  const protocol = transport == Transport.TCP ? TCP : UDP;
  const size = transport == Transport.TCP ? TCP_HEADER : UDP_HEADER;
  const length = ipv4.HEADER + size;
  const lifetime = (TTL << 24) | (protocol << 16);
  const addresses: u64 = <u64>source + destination;
  const header: u64 = addresses + (0x45000000 | length) + DONT_FRAGMENT + lifetime;
  put(at, 0x45000000 | length);
  put(at + 4, DONT_FRAGMENT);
  put(at + 8, lifetime | complete(header));
  put(at + 12, source);
  put(at + 16, destination);
  const ports = (sourcePort << 16) | (destinationPort & 0xffff);
  putTransport(at + ipv4.HEADER, transport, ports, tcpFlags, addresses + protocol + size);
  return length;
}

/** Writes an IPv6 packet at `at` and gives its length. */
export function compose6(
  at: usize,
  transport: u32,
  sourceHigh: u64,
  sourceLow: u64,
  destinationHigh: u64,
  destinationLow: u64,
  sourcePort: u32,
  destinationPort: u32,
  tcpFlags: u32,
): u32 {
  const protocol = transport == Transport.TCP ? TCP : UDP;
  const size = transport == Transport.TCP ? TCP_HEADER : UDP_HEADER;
  put(at, 0x60000000);
  put(at + 4, (size << 16) | (protocol << 8) | TTL);
  putHalf(at + 8, sourceHigh);
  putHalf(at + 16, sourceLow);
  putHalf(at + 24, destinationHigh);
  putHalf(at + 32, destinationLow);
  const addresses = words(sourceHigh) + words(sourceLow) + words(destinationHigh) + words(destinationLow);
  const ports = (sourcePort << 16) | (destinationPort & 0xffff);
  putTransport(at + ipv6.HEADER, transport, ports, tcpFlags, addresses + protocol + size);
  return ipv6.HEADER + size;
}

/** A transport header; `pseudo` is the sum of the pseudo-header. */
function putTransport(at: usize, transport: u32, ports: u32, tcpFlags: u32, pseudo: u64): void {
  put(at, ports);
  if (transport == Transport.TCP) {
    const control = ((TCP_OFFSET | (tcpFlags & 0xff)) << 16) | TCP_WINDOW;
    put(at + 4, 0);
    put(at + 8, 0);
    put(at + 12, control);
    put(at + 16, complete(pseudo + ports + control) << 16);
  } else {
    const checksum = complete(pseudo + ports + (UDP_HEADER << 16));
    // A checksum of zero would mean "not computed": all ones is its equal (RFC 768).
    put(at + 4, (UDP_HEADER << 16) | (checksum == 0 ? 0xffff : checksum));
  }
}

/** The sum of the two words of half an address. */
function words(half: u64): u64 {
  return (half >> 32) + (half & 0xffffffff);
}

function put(at: usize, word: u32): void {
  store<u32>(at, bswap<u32>(word));
}

function putHalf(at: usize, half: u64): void {
  put(at, <u32>(half >> 32));
  put(at + 4, <u32>half);
}
