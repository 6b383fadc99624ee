/**
 * The decision process (RFC 4271 section 9.1.2) over the candidates that the caller has gathered, in the
 * order of their route set. Each step removes the candidates that stand worse.
 *
 * MED makes the exception: a path is worse by MED only than paths of the same neighbor AS, so comparing pairs does not
 * rank all. With `deterministic_med` (or MED compared always) the step is an elimination, as the RFC has it. Without, all
 * steps from MED on compare pair by pair in list order, each path with the best so far, as BIRD and others do; what is
 * best then depends on the order.
 */
import { align } from "../memory";
import { Protocol, Step } from "../words";
import { isBgp, Path } from "./path";
import { byElimination, compareRouterId } from "./settings";
import { hasLowerAddress, isResolvable, rankingRouterId, shareMed, standing } from "./steps";

/** The last step that removed a candidate; ONLY where none had to be removed, NONE where none is usable. */
export let step: Step = Step.NONE;

/** How many candidates were equal to the best through the comparison of metrics, itself included. */
export let tieCount: u32 = 0;

/** Pointers to paths: those still in the race, those that tied, and a copy for the time of a race within the race. */
let candidates: usize = 0;
let ties: usize = 0;
let aside: usize = 0;
let count: u32 = 0;

export function bytesFor(paths: u32): usize {
  return 3 * align((<usize>paths) << 2);
}

export function carve(base: usize, paths: u32): usize {
  const bytes = align((<usize>paths) << 2);
  candidates = base;
  ties = base + bytes;
  aside = base + 2 * bytes;
  count = 0;
  return base + 3 * bytes;
}

export function beginDecision(): void {
  count = 0;
}

export function addCandidate(path: Path): void {
  put(candidates, count++, path);
}

/** The tie number `index`, in the order of candidates. */
export function tie(index: u32): Path {
  return at(ties, index);
}

/**
 * Gives the best path, or null if no candidate is usable. `incumbent` (or null) wins where paths are compared pair by
 * pair, if it gets that far.
 */
export function decide(incumbent: Path | null): Path | null {
  tieCount = 0;
  step = Step.NONE;
  if (count == 0) return null;
  step = Step.ONLY;
  keepLowest(Step.RESOLVABLE);
  if (!isResolvable(at(candidates, 0))) {
    step = Step.NONE;
    return null;
  }
  keepLowest(Step.HELD_BACK);
  keepLowest(Step.LLGR);
  keepPreferred(incumbent);
  return isBgp(at(candidates, 0)) ? decideBgp(incumbent) : decideInterior();
}

/** Chooses among candidates that are equal as far as traffic is concerned, by steps that only make the choice definite. */
export function breakTie(): Path {
  if (!compareRouterId && at(candidates, 0).protocol == Protocol.EBGP) keepOldest();
  keepLowest(Step.ROUTER_ID);
  keepLowest(Step.CLUSTER);
  keepLowestAddress();
  return at(candidates, 0);
}

function decideBgp(incumbent: Path | null): Path {
  keepLowest(Step.LOCAL_PREF);
  keepLowest(Step.AS_PATH);
  keepLowest(Step.ORIGIN);
  if (!byElimination) return compareInTurn(incumbent);
  keepLowestMed();
  keepLowest(Step.EBGP);
  keepLowest(Step.IGP);
  saveTies();
  return breakTie();
}

function decideInterior(): Path {
  keepLowest(Step.METRIC);
  saveTies();
  return breakTie();
}

/**
 * Keeps the candidates of the preferred protocol. BGP enters with its own best path, whose protocol (eBGP or iBGP)
 * gives the preference of all its paths; at equal preference it wins.
 */
function keepPreferred(incumbent: Path | null): void {
  const all = count;
  const bgp = countBgp();
  if (bgp == all) return;
  if (bgp > 0) {
    copy(candidates, aside, all);
    keepBgp(true);
    const preference = standing(Step.PREFERENCE, decideBgp(incumbent));
    copy(aside, candidates, all);
    count = all;
    keepBgp(preference <= lowestInteriorPreference());
    step = Step.PREFERENCE;
  }
  if (!isBgp(at(candidates, 0))) keepLowest(Step.PREFERENCE);
}

function countBgp(): u32 {
  let bgp: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    if (isBgp(at(candidates, i))) bgp++;
  }
  return bgp;
}

function keepBgp(wanted: bool): void {
  let kept: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const path = at(candidates, i);
    if (isBgp(path) == wanted) put(candidates, kept++, path);
  }
  count = kept;
}

function lowestInteriorPreference(): u32 {
  let lowest = u32.MAX_VALUE;
  for (let i: u32 = 0; i < count; i++) {
    const path = at(candidates, i);
    if (!isBgp(path)) lowest = min(lowest, standing(Step.PREFERENCE, path));
  }
  return lowest;
}

function keepLowest(by: Step): void {
  if (count == 1) return;
  let lowest = u32.MAX_VALUE;
  for (let i: u32 = 0; i < count; i++) lowest = min(lowest, standing(by, at(candidates, i)));
  let kept: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const path = at(candidates, i);
    if (standing(by, path) == lowest) put(candidates, kept++, path);
  }
  narrow(kept, by);
}

/** A candidate goes if another has a lower MED that may be compared with its own. */
function keepLowestMed(): void {
  let kept: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const path = at(candidates, i);
    // The lowest of each neighbor AS is always either kept already or still to come.
    if (!isBeatenByMed(path, 0, kept) && !isBeatenByMed(path, i + 1, count)) put(candidates, kept++, path);
  }
  narrow(kept, Step.MED);
}

function isBeatenByMed(path: Path, from: u32, to: u32): bool {
  const own = standing(Step.MED, path);
  for (let i = from; i < to; i++) {
    const other = at(candidates, i);
    if (shareMed(path, other) && standing(Step.MED, other) < own) return true;
  }
  return false;
}

/** RFC 5004: the oldest external path stays. Only a path from the same router may still replace it. */
function keepOldest(): void {
  const routerId = rankingRouterId(at(candidates, 0));
  let kept: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const path = at(candidates, i);
    if (rankingRouterId(path) == routerId) put(candidates, kept++, path);
  }
  narrow(kept, Step.OLDER);
}

function keepLowestAddress(): void {
  let lowest = at(candidates, 0);
  for (let i: u32 = 1; i < count; i++) {
    const path = at(candidates, i);
    if (hasLowerAddress(path, lowest)) lowest = path;
  }
  put(candidates, 0, lowest);
  narrow(1, Step.ADDRESS);
}

/** Each path in list order replaces the best so far if it is better. */
function compareInTurn(incumbent: Path | null): Path {
  let best = at(candidates, 0);
  if (incumbent !== null && isCandidate(incumbent)) {
    best = incumbent;
  } else {
    for (let i: u32 = 1; i < count; i++) {
      const path = at(candidates, i);
      if (overtakes(path, best)) best = path;
    }
  }
  tieCount = 0;
  for (let i: u32 = 0; i < count; i++) {
    const path = at(candidates, i);
    const parted = path == best ? Step.ONLY : partingStep(path, best);
    if (parted == Step.ONLY || parted >= Step.OLDER) put(ties, tieCount++, path);
    if (parted > step) step = parted;
  }
  return best;
}

function isCandidate(path: Path): bool {
  for (let i: u32 = 0; i < count; i++) {
    if (at(candidates, i) == path) return true;
  }
  return false;
}

/** The first step, from MED on, at which two paths stand differently. */
function partingStep(a: Path, b: Path): Step {
  if (shareMed(a, b) && differ(Step.MED, a, b)) return Step.MED;
  if (differ(Step.EBGP, a, b)) return Step.EBGP;
  if (differ(Step.IGP, a, b)) return Step.IGP;
  if (differ(Step.ROUTER_ID, a, b)) {
    return !compareRouterId && a.protocol == Protocol.EBGP ? Step.OLDER : Step.ROUTER_ID;
  }
  return differ(Step.CLUSTER, a, b) ? Step.CLUSTER : Step.ADDRESS;
}

function overtakes(path: Path, best: Path): bool {
  const parted = partingStep(path, best);
  if (parted == Step.OLDER) return false;
  if (parted == Step.ADDRESS) return hasLowerAddress(path, best);
  return standing(parted, path) < standing(parted, best);
}

function differ(by: Step, a: Path, b: Path): bool {
  return standing(by, a) != standing(by, b);
}

function saveTies(): void {
  copy(candidates, ties, count);
  tieCount = count;
}

function narrow(kept: u32, by: Step): void {
  if (kept < count) step = by;
  count = kept;
}

function at(list: usize, index: u32): Path {
  return changetype<Path>(load<usize>(list + ((<usize>index) << 2)));
}

function put(list: usize, index: u32, path: Path): void {
  store<usize>(list + ((<usize>index) << 2), changetype<usize>(path));
}

function copy(from: usize, to: usize, paths: u32): void {
  memory.copy(to, from, (<usize>paths) << 2);
}
