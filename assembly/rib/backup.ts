/**
 * The backup of a next-hop group, which takes over when the group's last member is lost, before anybody else knows of the loss.
 * So it must not depend on anybody's knowing: RFC 5286 says where its packets go meanwhile, by the distances (D) between this
 * router S, the backup N, a member E and the destination.
 *
 *     1  loop-free        D(N,dest) < D(N,S) + D(S,dest)   N does not send them back
 *     2  downstream       D(N,dest) < D(S,dest)            nor, should it lose its way too, to a backup of its own
 *     3  node-protecting  D(N,dest) < D(N,E) + D(E,dest)   they do not pass E, so E itself may be dead
 *
 * 1 is demanded. Of those that have it, what protects most is chosen (section 3.6), and of equals what the decision process puts
 * first; but what is held back comes last, as it may be gone in an instant. A backup is needed once all members are lost, so 3
 * must hold for each of them.
 *
 * Only paths of an interior protocol tell distances. Any other counts as loop-free and protects the link at most.
 */
import { isMember, setBackup, usesPort } from "../nexthop/group";
import { neighbor } from "../nexthop/neighbor";
import { PROTECTION_COUNT, Protection, Protocol, Step } from "../words";
import { addCandidate, beginDecision, decide } from "./decision";
import { distance } from "./distances";
import { Path, pathAt } from "./path";
import { pathCount, pathOf } from "./routeset";
import { add, interiorMetric, isResolvable, metricBeyond, metricOfLink, standing } from "./steps";

/** Above all bits of `Protection`: not held back. */
const STEADY: i32 = 1 << PROTECTION_COUNT;

/** Gives the draft group, which has its members, a backup out of `set`, if there is one. `best` is the best path. */
export function chooseBackup(set: u32, best: Path): void {
  let most: i32 = 0;
  beginDecision();
  for (let i: u32 = 0, count = pathCount(set); i < count; i++) {
    const path = pathAt(pathOf(set, i));
    if (isMember(path.neighbor) || !isResolvable(path)) continue;
    let merit = protectionBy(path, set, best);
    if (merit >= 0 && standing(Step.HELD_BACK, path) == 0) merit |= STEADY;
    if (merit < most) continue;
    if (merit > most) beginDecision();
    most = merit;
    addCandidate(path);
  }
  const backup = decide(null);
  if (backup !== null) setBackup(backup.neighbor, most & ~STEADY);
}

/** What `backup` would protect from, bits of `Protection`; negative if it is not loop-free. */
function protectionBy(backup: Path, set: u32, best: Path): i32 {
  let protection = usesPort(neighbor(backup.neighbor).port) ? 0 : Protection.LINK;
  if (backup.protocol != Protocol.IGP || best.protocol != Protocol.IGP) return protection;
  const beyond = metricBeyond(backup);
  const own = interiorMetric(best);
  const back = distance(backup.neighbor, backup.neighbor);
  if (beyond >= add(back != 0 ? back : metricOfLink(backup), own)) return -1;
  if (beyond < own) protection |= Protection.DOWNSTREAM;
  for (let i: u32 = 0, count = pathCount(set); i < count; i++) {
    const path = pathAt(pathOf(set, i));
    if (!isMember(path.neighbor)) continue;
    if (beyond >= add(distance(backup.neighbor, path.neighbor), metricBeyond(path))) return protection;
  }
  return protection | Protection.NODE;
}
