/**
 * The flow hash: one 32-bit number for all packets of a flow, from source and destination address, protocol
 * and, for TCP and UDP, both ports. A fragment is hashed without ports even if it carries them, since its
 * siblings do not: all fragments of a datagram take the same way. So is any other protocol, and an IPv6
 * packet with extension headers.
 *
 * Each word is mixed in by xor, an odd 32-bit multiplication and a right shift. All three are one to one, so
 * two flows that differ in one word never collide, and every bit of the input reaches the low bits, which
 * choose a bucket. Words are taken as they lie in memory. The multipliers are those of the finalizer of
 * MurmurHash3 (public domain).
 */
import * as ipv4 from "../packet/ipv4";
import * as ipv6 from "../packet/ipv6";
import { TCP, UDP } from "../packet/protocols";

const FIRST: u32 = 0x85ebca6b;
const SECOND: u32 = 0xc2b2ae35;

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
  let hash = mix(mix(0, protocol), load<u32>(packet, 8));
  hash = mix(hash, load<u32>(packet, 12));
  hash = mix(hash, load<u32>(packet, 16));
  hash = mix(hash, load<u32>(packet, 20));
  hash = mix(hash, load<u32>(packet, 24));
  hash = mix(hash, load<u32>(packet, 28));
  hash = mix(hash, load<u32>(packet, 32));
  hash = mix(hash, load<u32>(packet, 36));
  if (hasPorts(protocol) && ipv6.HEADER + 4 <= length) hash = mix(hash, load<u32>(packet, 40));
  return finish(hash);
}
