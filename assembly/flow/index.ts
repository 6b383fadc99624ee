/**
 * Conversations: which way a flow goes, and that it goes on that way.
 *
 *   packet --> pinned flow? --> the neighbor that the flow began with       follow.ts, pinned.ts
 *          \-> flow hash    --> a bucket of its route set's group          hash.ts, ../nexthop
 */
import { areTimes } from "../nexthop/ages";
import { setIdleTimes } from "../nexthop/group";
import { Status } from "../status";
import { FLOW_FLAG_COUNT, FlowFlag } from "../words";
import { setKey as setDigestKey } from "./digest";
import { setByFlowLabel } from "./hash";
import * as pinned from "./pinned";

export { bytesFor, isCapacity } from "./pinned";

/** Two hours and four minutes, in microseconds: RFC 5382 REQ-5. */
const USUAL_IDLE: u64 = 7440 * 1_000_000;

/** Whether packets leave anything behind for those that follow; if not, nothing but their hash counts. */
export let isKept: bool = false;

let keyLow: u32 = 0;
let keyHigh: u32 = 0;

/** Room for `flows` pinned flows, and what holds until FLOWS says otherwise. */
export function carve(base: usize, flows: u32): usize {
  const end = pinned.carve(base, flows);
  change(0, USUAL_IDLE, 0, 0);
  isKept = pinned.isPinning();
  return end;
}

/** Changes the settings of flows; a new key forgets all that are pinned. */
export function setFlows(
  flags: u32,
  flowIdle: u64,
  bucketIdle: u32,
  bucketDeadline: u32,
  newKeyLow: u32,
  newKeyHigh: u32,
  now: u64,
): Status {
  if (flags >> FLOW_FLAG_COUNT != 0 || flowIdle > pinned.IDLE_LIMIT) return Status.BAD_VALUE;
  if (!areTimes(bucketIdle, bucketDeadline)) return Status.BAD_VALUE;
  if (newKeyLow != keyLow || newKeyHigh != keyHigh) pinned.forget();
  change(flags, flowIdle, newKeyLow, newKeyHigh);
  setIdleTimes(bucketIdle, bucketDeadline, now);
  isKept = pinned.isPinning() || bucketIdle != 0;
  return Status.OK;
}

function change(flags: u32, flowIdle: u64, newKeyLow: u32, newKeyHigh: u32): void {
  setByFlowLabel((flags & FlowFlag.FLOW_LABEL) != 0);
  pinned.setIdle(flowIdle);
  keyLow = newKeyLow;
  keyHigh = newKeyHigh;
  setDigestKey(newKeyLow, newKeyHigh);
}
