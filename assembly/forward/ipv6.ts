/**
 * The way of an IPv6 packet, RFC 8200. Extension headers are none of a router's business in transit, but for
 * one: the type 0 routing header is refused (RFC 5095), as a source route is in IPv4. The packet is changed
 * only once it is sure to leave.
 *
 * Link-local addresses are good for the router itself and go no further (RFC 4291 section 2.5.6), so they are
 * looked at after local delivery. Not done: multicast and neighbor discovery, hop-by-hop options, jumbograms,
 * redirects.
 */
import { neighbor as neighborAt } from "../nexthop/neighbor";
import { port as portAt } from "../nexthop/port";
import {
  ADDRESS_UNREACHABLE,
  DESTINATION_UNREACHABLE6,
  IN_TRANSIT,
  NO_ROUTE,
  PACKET_TOO_BIG,
  TIME_EXCEEDED6,
} from "../packet/icmp";
import * as ipv6 from "../packet/ipv6";
import { Drop, NONE } from "../words";
import { deliver6 } from "./deliver";
import * as egress from "./egress";
import { isOwn6 } from "./local";
import { isLinkLocal6, isMartian6 } from "./martian";
import * as outcome from "./outcome";
import { reply6 } from "./reply";

/** Handles a packet that came in by an existing port that is up; gives the verdict. */
export function forward6(arrival: u32, packet: usize, length: u32, now: u64): u32 {
  if (length < ipv6.HEADER) return outcome.drop(Drop.TOO_SHORT);
  // Read first, because it comes last: what lies before it needs no check of bounds any more.
  const low = ipv6.destinationLow(packet);
  const total = ipv6.HEADER + ipv6.payloadLength(packet);
  if (total > length) return outcome.drop(Drop.BAD_TOTAL_LENGTH);

  const sourceHigh = ipv6.sourceHigh(packet);
  if (isMartian6(sourceHigh, ipv6.sourceLow(packet))) return outcome.drop(Drop.MARTIAN_SOURCE);
  const high = ipv6.destinationHigh(packet);
  if (isMartian6(high, low)) return outcome.drop(Drop.MARTIAN_DESTINATION);
  if (ipv6.isExtension(ipv6.nextHeader(packet))) {
    ipv6.walk(packet, total);
    if (ipv6.sourceRouted) return outcome.drop(Drop.SOURCE_ROUTED);
  }
  if (isLinkLocal6(high)) {
    // Another port's link-local address belongs to another link.
    const own = portAt(arrival);
    if (own.address6High == high && own.address6Low == low) return deliver6(arrival, packet, total, now);
    return outcome.drop(Drop.MARTIAN_DESTINATION);
  }
  if (isOwn6(high, low)) return deliver6(arrival, packet, total, now);
  if (isLinkLocal6(sourceHigh)) return outcome.drop(Drop.MARTIAN_SOURCE);

  if (ipv6.hopLimit(packet) <= 1) {
    reply6(arrival, TIME_EXCEEDED6, IN_TRANSIT, 0, packet, total, now);
    return outcome.drop(Drop.TTL_EXPIRED);
  }
  const neighbor = egress.choose6(packet, total, high, low, now);
  if (neighbor == NONE) {
    const code = egress.obstacle == Drop.NO_ROUTE ? NO_ROUTE : ADDRESS_UNREACHABLE;
    reply6(arrival, DESTINATION_UNREACHABLE6, code, 0, packet, total, now);
    return outcome.drop(egress.obstacle);
  }
  const port = neighborAt(neighbor).port;
  const mtu = portAt(port).mtu;
  if (total > mtu) {
    reply6(arrival, PACKET_TOO_BIG, 0, mtu, packet, total, now);
    return outcome.drop(Drop.TOO_BIG);
  }
  ipv6.decrementHopLimit(packet);
  return outcome.transmit(neighbor, port, total);
}
