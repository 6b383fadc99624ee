/**
 * The tail that both families share: from a packet and its destination to the neighbor and the port that it leaves by.
 *
 * Invariant of nexthop/: whenever a packet is forwarded, no group holds a neighbor that is not usable. So a
 * neighbor that a group gives is not asked again whether it is up.
 */
import * as fib from "../fib/index";
import { follow4, follow6 } from "../flow/follow";
import { hash4, hash6 } from "../flow/hash";
import { isKept } from "../flow/index";
import { open } from "../flow/pinned";
import { resolve, touch } from "../nexthop/group";
import { neighbor as neighborAt } from "../nexthop/neighbor";
import { port as portAt } from "../nexthop/port";
import { NO_SET } from "../profile";
import { pathAt } from "../rib/path";
import { groupOf, pathCount, pathOf, setCapacity } from "../rib/routeset";
import { usableSet4, usableSet6 } from "../rib/wider";
import { Drop, NONE, PathFlag } from "../words";

// What was chosen.
export let neighbor: u32 = NONE;
export let port: u32 = NONE;
export let mtu: u32 = 0;
/** The group that a route chose by. */
let group: u32 = 0;

/** Chooses the way of a valid IPv4 packet; `Drop.NONE`, or why there is none. */
export function choose4(packet: usize, headerLength: u32, length: u32, destination: u32, now: u64): u32 {
  if (isKept) {
    const pin = follow4(packet, headerLength, length, now);
    if (pin != NONE) return leaveBy(pin);
  }
  const hash = hash4(packet, headerLength, length);
  const obstacle = route4(destination, hash);
  if (isKept && obstacle == Drop.NONE) keep(hash);
  return obstacle;
}

/** The same for IPv6. */
export function choose6(packet: usize, length: u32, high: u64, low: u64, now: u64): u32 {
  if (isKept) {
    const pin = follow6(packet, length, now);
    if (pin != NONE) return leaveBy(pin);
  }
  const hash = hash6(packet, length);
  const obstacle = route6(high, low, hash);
  if (isKept && obstacle == Drop.NONE) keep(hash);
  return obstacle;
}

function route4(destination: u32, hash: u32): u32 {
  const set = fib.lookup4(destination);
  if (set == NO_SET) return Drop.NO_ROUTE;
  // The sets of a bare forwarding table are its host's numbers and lead nowhere.
  if (set >= setCapacity()) return Drop.NO_NEXT_HOP;
  if (take(set, hash)) return Drop.NONE;
  const wider = usableSet4(destination);
  return wider != NO_SET && take(wider, hash) ? Drop.NONE : obstacle(set);
}

function route6(high: u64, low: u64, hash: u32): u32 {
  const set = fib.lookup6(high, low);
  if (set == NO_SET) return Drop.NO_ROUTE;
  if (set >= setCapacity()) return Drop.NO_NEXT_HOP;
  if (take(set, hash)) return Drop.NONE;
  const wider = usableSet6(high, low);
  return wider != NO_SET && take(wider, hash) ? Drop.NONE : obstacle(set);
}

/** Takes the way of a set's group, if it has one. */
function take(set: u32, hash: u32): bool {
  group = groupOf(set);
  const member = resolve(group, hash);
  return member != NONE && leaveBy(member) == Drop.NONE;
}

function leaveBy(chosen: u32): u32 {
  neighbor = chosen;
  port = neighborAt(chosen).port;
  mtu = portAt(port).mtu;
  return Drop.NONE;
}

/** A packet leaves by its route: its bucket is in use, and it may begin a flow. */
function keep(hash: u32): void {
  touch(group, hash);
  open(neighbor);
}

/**
 * Why a set has no next hop: a path whose next hop resolves is out of use only because its neighbor, or its
 * port, is down.
 */
function obstacle(set: u32): u32 {
  for (let index: u32 = 0, count = pathCount(set); index < count; index++) {
    if ((pathAt(pathOf(set, index)).flags & PathFlag.UNRESOLVED) == 0) return Drop.EGRESS_DOWN;
  }
  return Drop.NO_NEXT_HOP;
}
