/**
 * How a prefix's paths change: (set, neighbor, path) -> set.
 *
 * Where arrival order cannot influence selection, the list is by neighbor number, so that the same paths are one set
 * however they came. Where it can, the list is the one that BIRD 2 keeps:
 *
 * - a path that is better than the best goes to the head of the list; any other keeps its predecessor's place or goes
 *   to the end;
 * - where the best is replaced by a worse path or withdrawn, all are compared in list order, and the winner is moved
 *   to the head.
 *
 * So a newcomer is compared with the best alone, and stays best although comparing all would elect another (without
 * `deterministic_med`, "better" is not transitive). A set marks such a head as `incumbent`.
 */
import { NIL } from "../pool";
import { NO_SET } from "../profile";
import { Status } from "../status";
import { Path, pathAt } from "./path";
import {
  beginDraft,
  draftSet,
  indexOfNeighbor,
  insertPath,
  isDraftFull,
  markIncumbent,
  pathCount,
  pathOf,
  removePath,
} from "./routeset";
import { elect, isBetter } from "./selection";
import { byElimination, orderMatters } from "./settings";

/** Whether the last `composeNext` left the set as it was. */
export let isUnchanged: bool = false;

/** Composes the draft: what `set` (or NO_SET) becomes when the path of `neighbor` becomes `path`, or NIL for none. */
export function composeNext(set: u32, neighbor: u32, path: u32): Status {
  beginDraft(set);
  const index = indexOfNeighbor(draftSet(), neighbor);
  const replaces = index < pathCount(draftSet());
  const old = replaces ? pathOf(draftSet(), index) : NIL;
  isUnchanged = old == path;
  if (isUnchanged) return Status.OK;
  if (!replaces && isDraftFull()) return Status.SET_TOO_LARGE;
  if (orderMatters) {
    composeByArrival(set, index, old, path);
  } else {
    if (replaces) removePath(index);
    if (path != NIL) insertPath(replaces ? index : positionOf(neighbor), path);
  }
  return Status.OK;
}

/** Where the list by neighbor number has a neighbor that is not in it. */
function positionOf(neighbor: u32): u32 {
  const count = pathCount(draftSet());
  let index: u32 = 0;
  while (index < count && <u32>pathAt(pathOf(draftSet(), index)).neighbor < neighbor) index++;
  return index;
}

function composeByArrival(set: u32, index: u32, old: u32, path: u32): void {
  let before: Path | null = null;
  if (set != NO_SET) before = elect(set);
  const isNewBest = before !== null && path != NIL && isBetter(pathAt(path), before);
  const bestIsGone = before !== null && old != NIL && before == pathAt(old);
  if (old != NIL) removePath(index);
  if (path != NIL) insertPath(index, path);

  let best = before;
  if (byElimination || before === null || (bestIsGone && !isNewBest)) best = elect(draftSet());
  else if (isNewBest) best = pathAt(path);
  if (best === null) return;
  if (best != before) moveToHead(best);
  if (!byElimination && pathAt(pathOf(draftSet(), 0)) == best && elect(draftSet()) != best) markIncumbent();
}

function moveToHead(path: Path): void {
  const index = indexOfNeighbor(draftSet(), path.neighbor);
  const number = pathOf(draftSet(), index);
  removePath(index);
  insertPath(0, number);
}
