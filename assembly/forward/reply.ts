/**
 * ICMP errors that the router sends back out of the port by which the packet in error came, from that port's
 * address.
 *
 * Never about an ICMP error, an IPv4 fragment but the first, a packet from or to an address that is not one
 * host's (martians do not get here), or from a port without an address: RFC 1812 section 4.3.2.7, RFC 4443
 * section 2.4 (e). A later fragment of IPv6 is answered, unless it is one of ICMPv6: it may belong to an
 * error. And never more than the rate limit allows; those that it holds back are counted.
 */
import { port } from "../nexthop/port";
import { ERROR_LIMIT, error4, error6, isError4, isError6 } from "../packet/icmp";
import * as ipv4 from "../packet/ipv4";
import * as ipv6 from "../packet/ipv6";
import { ICMP, ICMPV6 } from "../packet/protocols";
import * as counters from "./counters";
import { allow } from "./limiter";

/** Where the error is written. */
export const buffer: usize = memory.data(<i32>ERROR_LIMIT, 8);
/** Bytes of the error about the last packet; 0 if none is sent. */
export let length: u32 = 0;

export function clear(): void {
  length = 0;
}

/** Sends an error about a valid IPv4 packet of `total` bytes, if it may. */
export function reply4(
  arrival: u32,
  type: u32,
  code: u32,
  mtu: u32,
  packet: usize,
  headerLength: u32,
  total: u32,
  now: u64,
): void {
  const from = port(arrival).address4;
  if (from == 0 || ipv4.isLaterFragment(packet)) return;
  if (ipv4.protocol(packet) == ICMP) {
    // Too short to say what it is: it may be an error.
    if (headerLength == total || isError4(load<u8>(packet + headerLength))) return;
  }
  if (!granted(now)) return;
  length = error4(buffer, type, code, mtu, from, packet, total);
}

/** Sends an error about a valid IPv6 packet of `total` bytes, if it may. */
export function reply6(
  arrival: u32,
  type: u32,
  code: u32,
  mtu: u32,
  packet: usize,
  total: u32,
  now: u64,
): void {
  const own = port(arrival);
  if ((own.address6High | own.address6Low) == 0) return;
  ipv6.walk(packet, total);
  // Cut short within its extension headers, or a later fragment of ICMP: it may be an error.
  if (ipv6.isExtension(ipv6.upperProtocol) && !ipv6.laterFragment) return;
  if (ipv6.upperProtocol == ICMPV6) {
    const at = ipv6.upperOffset;
    if (ipv6.laterFragment || at >= total || isError6(load<u8>(packet + at))) return;
  }
  if (!granted(now)) return;
  length = error6(buffer, type, code, mtu, own.address6High, own.address6Low, packet, total);
}

function granted(now: u64): bool {
  if (allow(now)) {
    counters.countReply();
    return true;
  }
  counters.countLimited();
  return false;
}
