/**
 * Coming back: a neighbor or a route that comes back is held back for a while, so that traffic is not moved to what may be gone
 * again at once. What is held back loses to all that is not, and is used where there is nothing else.
 *
 *   merit.ts       the penalty for flaps, and its decay
 *   neighbors.ts   neighbors: by port, BFD session and hold timer
 *   routes.ts      routes that are withdrawn, or change, and are announced again
 *
 * A router without memory for it holds nothing back.
 */
import { restoreNeighbor } from "../failover";
import { neighborCount } from "../nexthop/neighbor";
import { traceRestored } from "../probe/trace";
import * as neighbors from "./neighbors";
import * as routes from "./routes";
import * as settings from "./settings";

export function bytesFor(count: u32, histories: u32): usize {
  return settings.bytesFor(count) + neighbors.bytesFor(count) + routes.bytesFor(histories);
}

/** For `count` neighbors; for none, and nothing is ever held back. */
export function carve(base: usize, count: u32, histories: u32): usize {
  return routes.carve(neighbors.carve(settings.carve(base, count), count), histories);
}

/** When something that is held back is to be used again next. */
export function reversionDue(): u64 {
  return min(neighbors.neighborsDue(), routes.routesDue());
}

/** Everything that is held back until `time` is used again. */
export function revert(time: u64): void {
  for (let n: u32 = 0; n < neighborCount(); n++) {
    if (!neighbors.isHeldUntil(n, time)) continue;
    restoreNeighbor(n);
    traceRestored(time);
  }
  if (routes.routesDue() <= time) routes.releaseRoutes(time);
}
