/**
 * The tail that both families share: from the route set of a destination to the neighbor and the port that
 * lead there.
 *
 * Invariant of nexthop/: whenever a packet is forwarded, no group holds a neighbor that is not usable. So a
 * neighbor that a group gives is not asked again whether it is up.
 */
import { resolve } from "../nexthop/group";
import { neighbor as neighborAt } from "../nexthop/neighbor";
import { port as portAt } from "../nexthop/port";
import { pathAt } from "../rib/path";
import { groupOf, pathCount, pathOf, setCapacity } from "../rib/routeset";
import { Drop, NONE, PathFlag } from "../words";

// What `choose` chose.
export let neighbor: u32 = NONE;
export let port: u32 = NONE;
export let mtu: u32 = 0;

/** Chooses the way of a flow; `Drop.NONE`, or why there is none. */
export function choose(set: u32, hash: u32): u32 {
  // The sets of a bare forwarding table are its host's numbers and lead nowhere.
  if (set >= setCapacity()) return Drop.NO_NEXT_HOP;
  neighbor = resolve(groupOf(set), hash);
  if (neighbor == NONE) return obstacle(set);
  port = neighborAt(neighbor).port;
  mtu = portAt(port).mtu;
  return Drop.NONE;
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
