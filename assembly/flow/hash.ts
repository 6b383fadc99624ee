/**
 * The flow hash: one 32-bit number for all packets of a flow, from source and destination address, protocol
 * and, for TCP and UDP, both ports. A fragment is hashed without ports even if it carries them, since its
 * siblings do not: all fragments of a datagram take the same way. So is any other protocol, and an IPv6
 * packet with extension headers.
 *
 * An ICMP error has the hash of the flow that it is about, so that it takes the same way.
 *
 * If so set, an IPv6 packet that has a flow label is hashed by addresses and label alone (RFC 6438 section 3): fragments,
 * extension headers and encrypted ports make no difference then. Nothing in an ICMP error tells the label of the flow
 * against which it goes, so that it is hashed as above.
 *
 * Each word is mixed in by xor, an odd 32-bit multiplication and a right shift. All three are one to one, so
 * two flows that differ in one word never collide, and every bit of the input reaches the low bits, which
 * choose a bucket. Words are taken as they lie in memory. The multipliers are those of the finalizer of
 * MurmurHash3 (public domain).
 */
import * as ipv4 from "../packet/ipv4";
import * as ipv6 from "../packet/ipv6";
import { TCP, UDP } from "../packet/protocols";
import * as quoted from "./quoted";

const FIRST: u32 = 0x85ebca6b;
const SECOND: u32 = 0xc2b2ae35;

/** The flow label's 20 bits in the first word of an IPv6 header, as it lies in memory. */
const FLOW_LABEL: u32 = 0xffff0f00;

let byFlowLabel: bool = false;

export function setByFlowLabel(on: bool): void {
  byFlowLabel = on;
}

function mix(hash: u32, word: u32): u32 {
  hash = (hash ^ word) * FIRST;
  return hash ^ (hash >>> 15);
}

function finish(hash: u32): u32 {
  hash *= SECOND;
  return hash ^ (hash >>> 16);
}

function hasPorts(protocol: u32): bool {
  return protocol == TCP || protocol == UDP;
}

/** Hash of a valid IPv4 packet of `length` bytes. */
export function hash4(packet: usize, headerLength: u32, length: u32): u32 {
  const protocol = ipv4.protocol(packet);
  if (!hasPorts(protocol)) {
    const quote = quoted.findQuote(packet, headerLength, length);
    if (quote != 0) return hashOfAnswers(quote);
  }
  let hash = mix(mix(0, protocol), load<u32>(packet, 12));
  hash = mix(hash, load<u32>(packet, 16));
  if (hasPorts(protocol) && !ipv4.isFragment(packet) && headerLength + 4 <= length) {
    hash = mix(hash, load<u32>(packet + headerLength));
  }
  return finish(hash);
}

/** Hash of a valid IPv6 packet of `length` bytes. */
export function hash6(packet: usize, length: u32): u32 {
  const protocol = ipv6.nextHeader(packet);
  if (!hasPorts(protocol)) {
    const quote = quoted.findQuote(packet, ipv6.HEADER, length);
    if (quote != 0) return hashOfAnswers(quote);
  }
  const label = byFlowLabel ? load<u32>(packet) & FLOW_LABEL : 0;
  const hash = addresses(mix(0, label != 0 ? label : protocol), packet + 8, packet + 24);
  const isByPorts = label == 0 && hasPorts(protocol) && ipv6.HEADER + 4 <= length;
  return finish(isByPorts ? mix(hash, load<u32>(packet, 40)) : hash);
}

/** Hash of the flow of the answers to a quoted packet. */
function hashOfAnswers(quote: usize): u32 {
  let hash = mix(0, quoted.protocol);
  if (load<u8>(quote) >> 4 == 4) hash = mix(mix(hash, load<u32>(quote, 16)), load<u32>(quote, 12));
  else hash = addresses(hash, quote + 24, quote + 8);
  return finish(quoted.hasPorts ? mix(hash, quoted.ports) : hash);
}

/** Mixes in two IPv6 addresses. */
function addresses(hash: u32, source: usize, destination: usize): u32 {
  return address(address(hash, source), destination);
}

function address(hash: u32, at: usize): u32 {
  // Read first, because it comes last: the others need no check of bounds any more.
  const last = load<u32>(at, 12);
  hash = mix(hash, load<u32>(at));
  hash = mix(hash, load<u32>(at, 4));
  hash = mix(hash, load<u32>(at, 8));
  return mix(hash, last);
}
