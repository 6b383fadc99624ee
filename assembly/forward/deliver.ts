/** A packet for the router itself: BFD takes those that are meant for it, and no other protocol has an ear here. */
import { input4, input6 } from "../liveness/bfd/input";
import * as ipv4 from "../packet/ipv4";
import * as ipv6 from "../packet/ipv6";
import { UDP } from "../packet/protocols";
import * as outcome from "./outcome";

/** Takes a valid IPv4 packet of `total` bytes; gives the verdict. */
export function deliver4(arrival: u32, packet: usize, headerLength: u32, total: u32, now: u64): u32 {
  if (ipv4.protocol(packet) == UDP) input4(arrival, packet, headerLength, total, now);
  return outcome.deliver();
}

/** Takes a valid IPv6 packet of `total` bytes; gives the verdict. Extension headers are not looked behind. */
export function deliver6(arrival: u32, packet: usize, total: u32, now: u64): u32 {
  if (ipv6.nextHeader(packet) == UDP) input6(arrival, packet, total, now);
  return outcome.deliver();
}
