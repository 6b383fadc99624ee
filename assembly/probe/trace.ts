/** What the router concludes by itself at device time `time`, as records of the run under way. */
import { RecordKind } from "../words";
import { isRunning, origin } from "./clock";
import { addFailover } from "./failover-records";
import { addRecord } from "./records";

/** A neighbor was declared up or down. */
export function traceNeighbor(time: u64, neighbor: u32, up: bool): void {
  if (!isRunning()) return;
  addRecord(time - origin, RecordKind.NEIGHBOR, up ? 1 : 0, neighbor, 0);
  addFailover(time - origin);
}

/** A neighbor is held back for a reason of `Hold`, or with NONE no more. */
export function traceHeld(time: u64, neighbor: u32, reason: u32): void {
  if (isRunning()) addRecord(time - origin, RecordKind.HELD_BACK, reason, neighbor, 0);
}

/** A neighbor that was held back was restored. */
export function traceRestored(time: u64): void {
  if (isRunning()) addFailover(time - origin);
}

/** A route of a neighbor is held back for a reason of `Hold`, or with NONE no more; `route` tells it from others. */
export function traceRoute(time: u64, neighbor: u32, reason: u32, route: u32): void {
  if (isRunning()) addRecord(time - origin, RecordKind.ROUTE_HELD_BACK, reason, neighbor, route);
}

/** The BFD session of a neighbor went to `state`. */
export function traceSession(time: u64, neighbor: u32, state: u32, diagnostic: u32): void {
  if (isRunning()) addRecord(time - origin, RecordKind.BFD, state, neighbor, diagnostic);
}
