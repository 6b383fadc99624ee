/**
 * Which way a packet goes: that of the flow that it is pinned to, if it is; else from its destination to a route set, to the
 * set's group, and by the packet's hash to a neighbor.
 *
 * Invariant of nexthop/: whenever a packet is forwarded, no group holds a neighbor that is not usable. So a
 * neighbor that a group gives is not asked again whether it is up.
 */
import * as fib from "../fib/index";
import { follow } from "../flow/follow";
import { hash4, hash6 } from "../flow/hash";
import { isKept } from "../flow/index";
import { open } from "../flow/pinned";
import { resolve, touch } from "../nexthop/group";
import * as ipv6 from "../packet/ipv6";
import { NO_SET } from "../profile";
import { pathAt } from "../rib/path";
import { groupOf, pathCount, pathOf, setCapacity } from "../rib/routeset";
import { usableSet4, usableSet6 } from "../rib/wider";
import { Drop, NONE, PathFlag } from "../words";

/** Why the last packet has no way, where `choose4` or `choose6` gave NONE. */
export let obstacle: u32 = Drop.NONE;

/** The neighbor by which a valid IPv4 packet of `length` bytes leaves, or NONE. */
export function choose4(packet: usize, headerLength: u32, length: u32, destination: u32, now: u64): u32 {
  const pin = isKept ? follow(packet, headerLength, length, now) : NONE;
  if (pin != NONE) return pin;
  const set = fib.lookup4(destination);
  if (!leads(set)) return NONE;
  const hash = hash4(packet, headerLength, length);
  const neighbor = take(set, hash);
  return neighbor != NONE ? neighbor : instead(set, usableSet4(destination), hash);
}

/** The same for IPv6. */
export function choose6(packet: usize, length: u32, high: u64, low: u64, now: u64): u32 {
  const pin = isKept ? follow(packet, ipv6.HEADER, length, now) : NONE;
  if (pin != NONE) return pin;
  const set = fib.lookup6(high, low);
  if (!leads(set)) return NONE;
  const hash = hash6(packet, length);
  const neighbor = take(set, hash);
  return neighbor != NONE ? neighbor : instead(set, usableSet6(high, low), hash);
}

/** Whether this is a route set. The sets of a bare forwarding table are its host's numbers and lead nowhere. */
function leads(set: u32): bool {
  // NO_SET is beyond all sets.
  if (set < setCapacity()) return true;
  obstacle = set == NO_SET ? Drop.NO_ROUTE : Drop.NO_NEXT_HOP;
  return false;
}

/** The way of a set's group, or NONE. The packet takes it: its bucket is in use, and it may begin a flow. */
function take(set: u32, hash: u32): u32 {
  const group = groupOf(set);
  const neighbor = resolve(group, hash);
  if (isKept && neighbor != NONE) {
    touch(group, hash);
    open(neighbor);
  }
  return neighbor;
}

/** The way of the wider set that a packet falls back to where its own set leads nowhere; NONE where there is none. */
function instead(set: u32, wider: u32, hash: u32): u32 {
  if (wider != NO_SET) return take(wider, hash);
  obstacle = obstacleOf(set);
  return NONE;
}

/**
 * Why a set has no next hop: a path whose next hop resolves is out of use only because its neighbor, or its
 * port, is down.
 */
function obstacleOf(set: u32): u32 {
  for (let index: u32 = 0, count = pathCount(set); index < count; index++) {
    if ((pathAt(pathOf(set, index)).flags & PathFlag.UNRESOLVED) == 0) return Drop.EGRESS_DOWN;
  }
  return Drop.NO_NEXT_HOP;
}
