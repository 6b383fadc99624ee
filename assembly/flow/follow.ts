/**
 * From a packet to its pinned flow: that of a TCP packet, or the one that an ICMP error is about. A fragment has none, nor has a
 * packet that ends before its flags: they go where their hash leads.
 */
import * as ipv4 from "../packet/ipv4";
import * as ipv6 from "../packet/ipv6";
import { TCP, UDP } from "../packet/protocols";
import { NONE } from "../words";
import { digest, high, low } from "./digest";
import { beginPacket, glance, IPV4, IPV6, isPinning, meet, setKey } from "./pinned";
import * as quoted from "./quoted";

/** Where the flags stand in a TCP header (RFC 9293 section 3.1). */
const FLAGS: u32 = 13;

/** What is digested: two addresses and the ports. */
const words = memory.data(36, 4);

/**
 * The neighbor that a valid packet is pinned to, or NONE. A first packet may begin a flow by `open` then. `headerLength` is that of
 * an IPv4 packet.
 */
export function follow(packet: usize, headerLength: u32, length: u32, now: u64): u32 {
  if (!isPinning()) return NONE;
  beginPacket();
  const isV4 = load<u8>(packet) >> 4 == 4;
  const protocol = isV4 ? ipv4.protocol(packet) : ipv6.nextHeader(packet);
  if (protocol == UDP) return NONE;
  if (protocol == TCP) {
    if ((isV4 && ipv4.isFragment(packet)) || headerLength + FLAGS >= length) return NONE;
    const transport = packet + headerLength;
    if (isV4) setKey4(load<u32>(packet, 12), load<u32>(packet, 16), load<u32>(transport), now);
    else setKey6(packet + 8, packet + 24, load<u32>(transport), now);
    return meet(load<u8>(transport, FLAGS));
  }
  const quote = quoted.findQuote(packet, headerLength, length);
  if (quote == 0 || quoted.protocol != TCP || !quoted.hasPorts) return NONE;
  if (isV4) setKey4(load<u32>(quote, 16), load<u32>(quote, 12), quoted.ports, now);
  else setKey6(quote + 24, quote + 8, quoted.ports, now);
  return glance();
}

function setKey4(source: u32, destination: u32, ports: u32, now: u64): void {
  store<u32>(words, source);
  store<u32>(words, destination, 4);
  store<u32>(words, ports, 8);
  digest(words, 3, 1);
  setKey(source, destination, ports, IPV4, low, now);
}

function setKey6(source: usize, destination: usize, ports: u32, now: u64): void {
  memory.copy(words, source, 16);
  memory.copy(words + 16, destination, 16);
  store<u32>(words, ports, 32);
  digest(words, 9, 2);
  setKey(low, high, ports, IPV6, low, now);
}
