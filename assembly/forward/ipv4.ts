/**
 * The way of an IPv4 packet, RFC 1812 section 5.2. The packet is checked before it is believed, and changed
 * only once it is sure to leave: an ICMP error quotes it as it came.
 *
 * The TTL of a packet for the router itself does not matter (section 5.3.1), so it is looked at after local
 * delivery. Not done: fragmentation (a packet that does not fit is dropped, with or without DF), options that
 * record on the way, directed broadcast, redirects.
 */
import { neighbor as neighborAt } from "../nexthop/neighbor";
import { port as portAt } from "../nexthop/port";
import {
  DESTINATION_UNREACHABLE4,
  FRAGMENTATION_NEEDED,
  HOST_UNREACHABLE,
  IN_TRANSIT,
  NET_UNREACHABLE,
  TIME_EXCEEDED4,
} from "../packet/icmp";
import * as ipv4 from "../packet/ipv4";
import { Drop, NONE } from "../words";
import { deliver4 } from "./deliver";
import * as egress from "./egress";
import { isOwn4 } from "./local";
import { isMartian4 } from "./martian";
import * as outcome from "./outcome";
import { reply4 } from "./reply";

/** Handles a packet that came in by an existing port that is up; gives the verdict. */
export function forward4(arrival: u32, packet: usize, length: u32, now: u64): u32 {
  if (length < ipv4.HEADER) return outcome.drop(Drop.TOO_SHORT);
  // Read first, because it comes last: what lies before it needs no check of bounds any more.
  const destination = ipv4.destination(packet);
  const headerLength = ipv4.headerLength(packet);
  if (headerLength < ipv4.HEADER || headerLength > length) return outcome.drop(Drop.BAD_HEADER_LENGTH);
  const total = ipv4.totalLength(packet);
  if (total < headerLength || total > length) return outcome.drop(Drop.BAD_TOTAL_LENGTH);
  if (!ipv4.checksumHolds(packet, headerLength)) return outcome.drop(Drop.BAD_CHECKSUM);

  if (isMartian4(ipv4.source(packet))) return outcome.drop(Drop.MARTIAN_SOURCE);
  if (isMartian4(destination)) return outcome.drop(Drop.MARTIAN_DESTINATION);
  if (headerLength > ipv4.HEADER) {
    // Before local delivery: at each of its stops a source-routed packet is addressed to that router.
    const options = ipv4.options(packet, headerLength);
    if (options == ipv4.Options.SOURCE_ROUTE) return outcome.drop(Drop.SOURCE_ROUTED);
    if (options == ipv4.Options.MALFORMED) return outcome.drop(Drop.BAD_HEADER_LENGTH);
  }
  if (isOwn4(destination)) return deliver4(arrival, packet, headerLength, total, now);

  if (ipv4.timeToLive(packet) <= 1) {
    reply4(arrival, TIME_EXCEEDED4, IN_TRANSIT, 0, packet, headerLength, total, now);
    return outcome.drop(Drop.TTL_EXPIRED);
  }
  const neighbor = egress.choose4(packet, headerLength, total, destination, now);
  if (neighbor == NONE) {
    const code = egress.obstacle == Drop.NO_ROUTE ? NET_UNREACHABLE : HOST_UNREACHABLE;
    reply4(arrival, DESTINATION_UNREACHABLE4, code, 0, packet, headerLength, total, now);
    return outcome.drop(egress.obstacle);
  }
  const port = neighborAt(neighbor).port;
  const mtu = portAt(port).mtu;
  if (total > mtu) {
    // Without DF the source did not ask to be told, and would not know what to do with the answer.
    if (ipv4.dontFragment(packet)) {
      const code = FRAGMENTATION_NEEDED;
      reply4(arrival, DESTINATION_UNREACHABLE4, code, mtu, packet, headerLength, total, now);
    }
    return outcome.drop(Drop.TOO_BIG);
  }
  ipv4.decrementTimeToLive(packet);
  return outcome.transmit(neighbor, port, total);
}
