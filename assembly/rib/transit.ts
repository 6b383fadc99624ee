/** A prefix's way from one route set to the next: composed, found or added, and given its group. */
import { NIL } from "../pool";
import { NO_SET } from "../profile";
import { Status } from "../status";
import { addDraft, draftSet, findDraft, groupOf, pathCount, retainSet } from "./routeset";
import { select } from "./selection";
import { composeNext, isUnchanged } from "./transition";

/** The set that the last transition led to; NO_SET where no path is left. */
export let next: u32 = NO_SET;

/** Sets `next`, with a reference, to what `before` becomes when the path of `neighbor` becomes `path`, or NIL for none. */
export function transit(before: u32, neighbor: u32, path: u32): Status {
  const status = composeNext(before, neighbor, path);
  if (status != Status.OK) return status;
  if (isUnchanged) {
    next = before;
    if (next != NO_SET) retainSet(next);
    return Status.OK;
  }
  if (pathCount(draftSet()) == 0) {
    next = NO_SET;
    return Status.OK;
  }
  next = findDraft();
  if (next != NO_SET) return Status.OK;
  next = addDraft();
  if (next == NO_SET) return Status.SETS_FULL;
  select(next, NIL, before == NO_SET ? NIL : groupOf(before));
  return Status.OK;
}
