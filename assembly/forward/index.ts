/**
 * The receive path: one packet in, one packet out, in place.
 *
 * A packet is any bytes, in a buffer that begins on a multiple of 8. Nothing outside `packet` to `packet +
 * length` is read or written but the router's own tables, counters and the buffer for an ICMP error. A packet
 * never leaves longer than it came; what lies behind the length that it states itself is padding, and is cut
 * off.
 *
 *   packet -> forward4 | forward6 -- checks -> own address? -> TTL -> FIB -> group -> MTU -> packet, one hop older
 *                                     |                         |      |       |       |
 *                                     dropped, silently         dropped, with an ICMP error by the port it came from
 */
import { isPort, port } from "../nexthop/port";
import { Drop } from "../words";
import * as counters from "./counters";
import { forward4 } from "./ipv4";
import { forward6 } from "./ipv6";
import * as limiter from "./limiter";
import { learnOwn } from "./local";
import * as outcome from "./outcome";
import * as reply from "./reply";

/** Handles a packet that came in by port `arrival` at device time `now`; gives a `Verdict`. */
export function forward(arrival: u32, packet: usize, length: u32, now: u64): u32 {
  counters.countReceived();
  reply.clear();
  if (!isPort(arrival) || !port(arrival).up) return outcome.drop(Drop.PORT_DOWN);
  if (length == 0) return outcome.drop(Drop.TOO_SHORT);
  const version = load<u8>(packet) >> 4;
  if (version == 4) return forward4(arrival, packet, length, now);
  if (version == 6) return forward6(arrival, packet, length, now);
  return outcome.drop(Drop.BAD_VERSION);
}

// The outcome of the last `forward`; see outcome.ts and reply.ts.

export function dropReason(): u32 {
  return outcome.reason;
}

export function egressNeighbor(): u32 {
  return outcome.neighbor;
}

export function egressPort(): u32 {
  return outcome.port;
}

export function outLength(): u32 {
  return outcome.length;
}

export function replyBuffer(): usize {
  return reply.buffer;
}

export function replyLength(): u32 {
  return reply.length;
}

/** The router has other ports now. Forgets all packets: counters and outcome at rest, and as many ICMP errors allowed as at the start. */
export function reset(): void {
  learnOwn();
  counters.reset();
  outcome.clear();
  reply.clear();
  limiter.fill();
}
