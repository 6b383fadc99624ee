/**
 * A UDP datagram for the router itself, on its way to a BFD session: what precedes the rules of `receive.ts`, and the rules
 * that select the session (7 to 9 of RFC 5880 section 6.8.6, RFC 5881 sections 3 and 5).
 */
import { neighbor } from "../../nexthop/neighbor";
import * as ipv4 from "../../packet/ipv4";
import * as ipv6 from "../../packet/ipv6";
import { BfdDiscard, BfdState } from "../../words";
import { destinationPort, LIFETIME, MULTIHOP_PORT, payload, payloadSize, SINGLE_HOP_PORT } from "./datagram";
import { countDiscard } from "./discards";
import * as packet from "./packet";
import { accept, check } from "./receive";
import { hasSessions, isMultihop, isUsed, session, Session, sessionCount } from "./session";

/** Takes a valid IPv4 packet of `total` bytes that carries UDP. */
export function input4(arrival: u32, at: usize, headerLength: u32, total: u32, time: u64): void {
  const datagram = at + headerLength;
  if (!isForBfd(datagram, total - headerLength)) return;
  const size = ipv4.isFragment(at) ? -1 : payloadSize(datagram, total - headerLength, at + 12, 8);
  const source = (<u64>ipv4.source(at)) << 32;
  take(arrival, datagram, size, source, 0, ipv4.timeToLive(at), time);
}

/** Takes a valid IPv6 packet of `total` bytes that carries UDP right behind its header. */
export function input6(arrival: u32, at: usize, total: u32, time: u64): void {
  const datagram = at + ipv6.HEADER;
  if (!isForBfd(datagram, total - ipv6.HEADER)) return;
  const size = payloadSize(datagram, total - ipv6.HEADER, at + 8, 32);
  take(arrival, datagram, size, ipv6.sourceHigh(at), ipv6.sourceLow(at), ipv6.hopLimit(at), time);
}

function isForBfd(datagram: usize, room: u32): bool {
  if (!hasSessions() || room < 4) return false;
  const to = destinationPort(datagram);
  return to == SINGLE_HOP_PORT || to == MULTIHOP_PORT;
}

function take(
  arrival: u32,
  datagram: usize,
  size: i32,
  sourceHigh: u64,
  sourceLow: u64,
  lifetime: u32,
  time: u64,
): void {
  const at = payload(datagram);
  let discard: u32 = size < 0 ? BfdDiscard.BAD_DATAGRAM : check(at, size);
  if (discard == BfdDiscard.NONE) {
    const multihop = destinationPort(datagram) == MULTIHOP_PORT;
    if (!multihop && lifetime != LIFETIME) discard = BfdDiscard.TTL;
    else discard = deliver(at, arrival, sourceHigh, sourceLow, multihop, time);
  }
  countDiscard(discard);
}

function deliver(at: usize, arrival: u32, sourceHigh: u64, sourceLow: u64, multihop: bool, time: u64): u32 {
  const discriminator = packet.yourDiscriminator(at);
  if (discriminator != 0) {
    // The lower byte is the slot, from 1 on.
    const slot = (discriminator & 0xff) - 1;
    if (slot >= sessionCount()) return BfdDiscard.UNKNOWN_DISCRIMINATOR;
    const s = session(slot);
    if (!isOwn(s, multihop) || s.localDiscriminator != discriminator) return BfdDiscard.UNKNOWN_DISCRIMINATOR;
    return accept(s, at, time);
  }
  if (packet.state(at) > <u32>BfdState.DOWN) return BfdDiscard.STATE_WITHOUT_DISCRIMINATOR;
  for (let slot: u32 = 0, count = sessionCount(); slot < count; slot++) {
    const s = session(slot);
    if (!isOwn(s, multihop)) continue;
    const link = neighbor(s.neighbor);
    if (link.addressHigh != sourceHigh || link.addressLow != sourceLow) continue;
    if (multihop || <u32>link.port == arrival) return accept(s, at, time);
  }
  return BfdDiscard.UNKNOWN_SOURCE;
}

/** Whether `s` is one of the router's own sessions, over as many hops as the packet. */
function isOwn(s: Session, multihop: bool): bool {
  return isUsed(s) && s.isFar == 0 && isMultihop(s) == multihop;
}
