/** The tail that both families share: from the route set of a destination to the neighbor and the port that lead there. */
import * as group from "../nexthop/group";
import { neighbor as neighborAt } from "../nexthop/neighbor";
import { port as portAt } from "../nexthop/port";
import { groupOf } from "../rib/routeset";
import { Drop, NONE } from "../words";

/** What `choose` chose. */
export let neighbor: u32 = NONE;
export let port: u32 = NONE;
export let mtu: u32 = 0;

/** Chooses the way of a flow; `Drop.NONE`, or why there is none. */
export function choose(set: u32, hash: u32): u32 {
  neighbor = group.resolve(groupOf(set), hash);
  if (neighbor == NONE) return Drop.NO_NEXT_HOP;
  port = neighborAt(neighbor).port;
  const egress = portAt(port);
  if (!egress.up) return Drop.EGRESS_DOWN;
  mtu = egress.mtu;
  return Drop.NONE;
}
