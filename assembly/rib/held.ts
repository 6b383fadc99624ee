/**
 * Routes that are held back (`reversion/routes.ts`). The path of such a route is one of its own, equal to what was announced but for
 * its mark, so that it is held back and let go as on any announcement: by going from one route set to another.
 *
 * A batch is applied first as if nothing were held back, and all or nothing. What is to be held back is then moved on, from
 * the set that it had before the batch; where there is no room for that it is used.
 */
import { NIL } from "../pool";
import { NO_SET } from "../profile";
import { giveUp, noteChange, noteReturn, noteWithdrawal } from "../reversion/routes";
import { now } from "../schedule";
import { Status } from "../status";
import { isHeldBackPath, pathAt, releasePath, variantOf } from "./path";
import { assignSet, currentSet } from "./prefix";
import { indexOfNeighbor, pathCount, pathOf, releaseSet } from "./routeset";
import { next, transit } from "./transit";

/** The prefix at hand has come from the set `before` by an announcement of `path`, or with NIL a withdrawal. */
export function holdBack(before: u32, neighbor: u32, path: u32): void {
  const had = pathIn(before, neighbor);
  // The second of a prefix that stands in the batch twice, or nothing has changed.
  if (had == path) return;
  if (path == NIL) {
    noteWithdrawal(neighbor, now());
    return;
  }
  const held = variantOf(path, true);
  let isHeld = true;
  if (had == NIL) isHeld = noteReturn(neighbor, now());
  else if (had != held) isHeld = noteChange(neighbor, now());
  if (isHeld && (held == NIL || !move(before, neighbor, held))) giveUp(neighbor, now());
  if (held != NIL) releasePath(held);
}

/** The route of `neighbor` to the prefix at hand is held back no more. Gives whether there was room for that. */
export function useAgain(neighbor: u32): bool {
  const set = currentSet();
  const held = pathIn(set, neighbor);
  if (held == NIL || !isHeldBackPath(pathAt(held))) return true;
  const path = variantOf(held, false);
  if (path == NIL) return false;
  const isDone = move(set, neighbor, path);
  releasePath(path);
  return isDone;
}

/** The prefix at hand goes where `path` leads from the set `from`, if there is room for it. */
function move(from: u32, neighbor: u32, path: u32): bool {
  if (transit(from, neighbor, path) != Status.OK) return false;
  const left = currentSet();
  if (assignSet(next) != Status.OK) {
    releaseSet(next);
    return false;
  }
  releaseSet(left);
  return true;
}

/** The path of `neighbor` in a set, or NIL. */
function pathIn(set: u32, neighbor: u32): u32 {
  if (set == NO_SET) return NIL;
  const index = indexOfNeighbor(set, neighbor);
  return index < pathCount(set) ? pathOf(set, index) : NIL;
}
