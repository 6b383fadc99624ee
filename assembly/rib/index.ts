/**
 * The RIB: which paths each prefix has, and which of them is used.
 *
 *   prefix --FIB--> route set --decision--> next-hop group
 *
 *   announce, withdraw   batch.ts: prefixes, all or nothing -> transition.ts: set to set -> selection.ts: set to group
 *   neighbor or port     ../failover.ts -> reselection.ts: the sets concerned -> selection.ts
 *
 * A FIB leaf is a route-set number. It changes when the prefix's paths change, and at no other time.
 */
import { backupOf } from "../nexthop/group";
import { isNeighbor } from "../nexthop/neighbor";
import { NIL } from "../pool";
import { Status } from "../status";
import { NONE, Step } from "../words";
import { applyBatch, beginBatch, changed, firstRefused } from "./batch";
import * as decision from "./decision";
import * as path from "./path";
import { isBarredPath, pathAt, pathOfSlot } from "./path";
import * as distances from "./distances";
import { dismissAll, reselectAll } from "./reselection";
import * as routeset from "./routeset";
import { groupOf, pathCount } from "./routeset";
import { elect } from "./selection";
import * as settings from "./settings";
import { changeSettings, resetSettings } from "./settings";

export { definePath, draftPath, pathsInUse } from "./path";
export { groupOf, setsInUse } from "./routeset";

/** What `explain` found. */
export let step: Step = Step.NONE;
export let best: u32 = NONE;
export let backup: u32 = NONE;
export let paths: u32 = 0;

export function bytesFor(
  neighbors: u32,
  pathCapacity: u32,
  sets: u32,
  pathsPerSet: u32,
  keepsDistances: bool,
): usize {
  return (
    path.bytesFor(pathCapacity) +
    routeset.bytesFor(neighbors, sets, pathsPerSet) +
    decision.bytesFor(pathsPerSet) +
    distances.bytesFor(keepsDistances ? neighbors : 0)
  );
}

export function carve(
  base: usize,
  neighbors: u32,
  pathCapacity: u32,
  sets: u32,
  pathsPerSet: u32,
  keepsDistances: bool,
): usize {
  resetSettings();
  let at = path.carve(base, pathCapacity);
  at = routeset.carve(at, neighbors, sets, pathsPerSet);
  at = decision.carve(at, pathsPerSet);
  return distances.carve(at, keepsDistances);
}

/** Changes the settings of the decision process and re-selects every route set. Distances are of one metric, and go with it. */
export function setSettings(
  localAs: u32,
  routerId: u32,
  clusterId: u32,
  flags: u32,
  maxPaths: u32,
  metric: u32,
  preferences: usize,
): Status {
  const before = settings.metric;
  const status = changeSettings(localAs, routerId, clusterId, flags, maxPaths, metric, preferences);
  if (status != Status.OK) return status;
  if (metric != before) distances.forgetDistances();
  dismissAll();
  reselectAll();
  return Status.OK;
}

/**
 * The path of `slot` for every prefix of the batch {length u8, address 4 or 16 bytes in network order}, or for none. It
 * replaces the neighbor's earlier path. A path that must not enter (a loop) only takes the earlier one away: RFC 4271
 * section 9.1.2 keeps it from selection, and section 3.1 lets it replace what the neighbor said before.
 */
export function announce(slot: u32, family: u32, prefixes: usize, bytes: u32): Status {
  const status = beginBatch();
  if (status != Status.OK) return status;
  const number = pathOfSlot(slot);
  if (number == NIL) return Status.UNKNOWN_PATH;
  const it = pathAt(number);
  return applyBatch(it.neighbor, isBarredPath(it) ? NIL : number, family, prefixes, bytes);
}

/** Takes the path of `neighbor` from every prefix of the batch. One that has none from it counts as withdrawn. */
export function withdraw(neighbor: u32, family: u32, prefixes: usize, bytes: u32): Status {
  const status = beginBatch();
  if (status != Status.OK) return status;
  if (!isNeighbor(neighbor)) return Status.UNKNOWN_NEIGHBOR;
  return applyBatch(neighbor, NIL, family, prefixes, bytes);
}

/** Index of the prefix for which the last batch was refused, else 0. */
export function offender(): u32 {
  return firstRefused;
}

/** How many routes the last `withdraw` removed. */
export function removed(): u32 {
  return changed;
}

/** Fills `step`, `best`, `backup` and `paths` for a route set. */
export function explain(set: u32): void {
  const winner = elect(set);
  step = decision.step;
  best = winner === null ? NONE : winner.neighbor;
  backup = backupOf(groupOf(set));
  paths = pathCount(set);
}
