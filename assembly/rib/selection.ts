/**
 * From a route set to its next-hop group. The group's members are the best path and, up to `max_paths`, those equal to
 * it through the comparison of metrics, weighted by path weight, those that are drained (of weight 0) last; its backup is one
 * of the other paths (`backup.ts`).
 *
 * What a set resolves to is a function of the set, the settings, distances, and the state of neighbors and ports, never of
 * what was selected before; only where flows go within a group remembers the group before.
 */
import { addMember, beginDraft, isMember, memberCount, settleDraft, draftGroup } from "../nexthop/group";
import { chooseBackup } from "./backup";
import { addCandidate, beginDecision, breakTie, decide, tie, tieCount } from "./decision";
import { Path, pathAt } from "./path";
import { groupOf, hasIncumbent, pathCount, pathOf, setGroup } from "./routeset";
import { maxPaths } from "./settings";

/** The best path of a set (or of the draft set), or null if none is usable. */
export function elect(set: u32): Path | null {
  beginDecision();
  for (let i: u32 = 0, count = pathCount(set); i < count; i++) addCandidate(pathAt(pathOf(set, i)));
  return decide(hasIncumbent(set) ? pathAt(pathOf(set, 0)) : null);
}

/** Whether `path` would replace `best`, were these two all. */
export function isBetter(path: Path, best: Path): bool {
  beginDecision();
  addCandidate(best);
  addCandidate(path);
  return decide(null) == path;
}

/** Gives a set the group that it now resolves to, in place of the group `previous`, with flows kept as in `heir`. */
export function select(set: u32, previous: u32, heir: u32): void {
  beginDraft();
  const best = elect(set);
  if (best !== null) {
    chooseMembers(best);
    chooseBackup(set, best);
  }
  setGroup(set, settleDraft(previous, heir));
}

/** Selects anew for a set that has a group. */
export function reselect(set: u32): void {
  const group = groupOf(set);
  select(set, group, group);
}

function chooseMembers(best: Path): void {
  if (tieCount <= maxPaths) {
    for (let i: u32 = 0; i < tieCount; i++) addMember(tie(i).neighbor, tie(i).weight);
    return;
  }
  if (best.weight != 0) addMember(best.neighbor, best.weight);
  addTies(false);
  if (best.weight == 0 && hasRoom()) addMember(best.neighbor, 0);
  addTies(true);
}

function hasRoom(): bool {
  return memberCount(draftGroup()) < maxPaths;
}

/** Adds those of the ties that are drained, or those that are not, while there is room. */
function addTies(drained: bool): void {
  while (hasRoom()) {
    const next = nextTie(drained);
    if (next === null) return;
    addMember(next.neighbor, next.weight);
  }
}

/** The best of these ties that are not members yet, or null. */
function nextTie(drained: bool): Path | null {
  let left = false;
  beginDecision();
  for (let i: u32 = 0; i < tieCount; i++) {
    const path = tie(i);
    if ((path.weight == 0) != drained || isMember(path.neighbor)) continue;
    addCandidate(path);
    left = true;
  }
  return left ? breakTie() : null;
}
