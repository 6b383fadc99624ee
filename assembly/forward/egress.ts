/**
 * The tail that both families share: from the route set of a destination to the neighbor and the port that
 * lead there.
 *
 * Invariant of nexthop/: whenever a packet is forwarded, no group holds a neighbor that is not usable. So a
 * neighbor that a group gives is not asked again whether it is up.
 */
import { follow } from "../flow/follow";
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
/** The group that a set's way was taken from. */
let group: u32 = 0;

/** Chooses the way of an IPv4 flow whose longest match has this set; `Drop.NONE`, or why there is none. */
export function choose4(set: u32, destination: u32, hash: u32): u32 {
  // The sets of a bare forwarding table are its host's numbers and lead nowhere.
  if (set >= setCapacity()) return Drop.NO_NEXT_HOP;
  if (take(set, hash)) return Drop.NONE;
  const wider = usableSet4(destination);
  return wider != NO_SET && take(wider, hash) ? Drop.NONE : obstacle(set);
}

/** The same for IPv6. */
export function choose6(set: u32, high: u64, low: u64, hash: u32): u32 {
  if (set >= setCapacity()) return Drop.NO_NEXT_HOP;
  if (take(set, hash)) return Drop.NONE;
  const wider = usableSet6(high, low);
  return wider != NO_SET && take(wider, hash) ? Drop.NONE : obstacle(set);
}

/** Takes the way of a set's group, if it has one. */
function take(set: u32, hash: u32): bool {
  group = groupOf(set);
  neighbor = resolve(group, hash);
  if (neighbor == NONE) return false;
  port = neighborAt(neighbor).port;
  mtu = portAt(port).mtu;
  return true;
}

/** Takes the way of the flow that a packet is pinned to, if there is one. For `headerLength` see `follow`. */
export function isPinned(packet: usize, headerLength: u32, length: u32, now: u64): bool {
  const pin = follow(packet, headerLength, length, now);
  if (pin == NONE) return false;
  neighbor = pin;
  port = neighborAt(pin).port;
  mtu = portAt(port).mtu;
  return true;
}

/** A packet takes the way that was chosen by its hash: its bucket is in use, and it may begin a flow. */
export function keep(hash: u32): void {
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
