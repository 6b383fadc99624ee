/**
 * Routes that flap: a history for each prefix and neighbor whose route was withdrawn or changed lately. A route that is announced
 * again is held back until its neighbor's wait-to-restore time is over, and while it is suppressed.
 *
 * There are so many histories and no more. A new one takes the place of one that has faded: it holds nothing back, and its penalty
 * is below half of what reuses. Where none is found the route is treated as one without history, and counted.
 *
 * Invariant: no `until` lies before `due`, and a history has one while its route is held back.
 */
import { align } from "../memory";
import { NIL, Pool } from "../pool";
import { traceRoute } from "../probe/trace";
import { useAgain } from "../rib/held";
import { high, isIPv4, length, low, setPrefix } from "../rib/prefix";
import { NEVER } from "../time";
import { Hold } from "../words";
import { charge, hasFaded, Merit, suppression } from "./merit";
import { hasReversion, reversionOf } from "./settings";

@unmanaged
class History extends Merit {
  isIPv4: u8;
  length: u8;
  neighbor: u8;
  high: u64;
  low: u64;
}

const SIZE: usize = 40;

/** After how many microseconds it is tried again to use a route for whose path or set there was no room. */
const RETRY: u64 = 1_000_000;

/** How many histories are looked at for one that has faded. */
const LOOKS: u32 = 8;

const pool = changetype<Pool>(memory.data(offsetof<Pool>(), 8));

let table: usize = 0;
let due: u64 = NEVER;
/** The history that is looked at next, where a place is needed. */
let hand: u32 = 0;

/** Routes that are held back, and flaps that found no place for a history or for the path of a route that is held back. */
export let heldRoutes: u32 = 0;
export let undamped: u32 = 0;

export function bytesFor(histories: u32): usize {
  return Pool.bytesFor(histories) + align(<usize>histories * SIZE);
}

export function carve(base: usize, histories: u32): usize {
  table = pool.carve(base, histories);
  due = NEVER;
  hand = 0;
  heldRoutes = 0;
  undamped = 0;
  return base + bytesFor(histories);
}

export function routesDue(): u64 {
  return due;
}

/** Whether routes of a neighbor have histories. */
export function hasHistories(neighbor: u32): bool {
  if (pool.capacity == 0 || !hasReversion()) return false;
  const settings = reversionOf(neighbor);
  return (settings.halfLife | settings.waitToRestore) != 0;
}

/** The route of `neighbor` to the prefix at hand was withdrawn. */
export function noteWithdrawal(neighbor: u32, time: u64): void {
  const it = findOrTake(neighbor, time);
  if (it === null) return;
  letGo(it, time);
  charge(it, reversionOf(neighbor), reversionOf(neighbor).penalty, time);
}

/** It is there again. Gives whether it is to be held back. */
export function noteReturn(neighbor: u32, time: u64): bool {
  const it = find(neighbor);
  return it !== null && hold(it, reversionOf(neighbor).waitToRestore, time);
}

/** It has changed, which is half a flap. Gives whether it is to be held back, now or still. */
export function noteChange(neighbor: u32, time: u64): bool {
  const settings = reversionOf(neighbor);
  const it = settings.halfLife != 0 ? findOrTake(neighbor, time) : find(neighbor);
  if (it === null) return false;
  charge(it, settings, settings.penalty >> 1, time);
  return hold(it, 0, time);
}

/** The route of `neighbor` to the prefix at hand cannot be held back. */
export function giveUp(neighbor: u32, time: u64): void {
  const it = find(neighbor);
  if (it !== null) letGo(it, time);
  undamped++;
}

/** What the routes of `neighbor` have done is forgotten. Those that are held back are so no more from `time` on. */
export function forgiveRoutes(neighbor: u32, time: u64): void {
  for (let entry: u32 = 0; entry < pool.capacity; entry++) {
    const it = at(entry);
    if (pool.references(entry) == 0 || it.neighbor != <u8>neighbor) continue;
    it.penalty = 0;
    it.isSuppressed = 0;
    if (it.until != NEVER) it.until = time;
  }
  due = min(due, time);
}

/** Every route that is held back until `time` is used again, or stays a last resort for a while where there is no room for that. */
export function releaseRoutes(time: u64): void {
  due = NEVER;
  for (let entry: u32 = 0; entry < pool.capacity; entry++) {
    const it = at(entry);
    if (pool.references(entry) == 0) continue;
    if (it.until <= time) {
      setPrefix(it.isIPv4 != 0, it.length, it.high, it.low);
      if (useAgain(it.neighbor)) letGo(it, time);
      else it.until = time + RETRY;
    }
    due = min(due, it.until);
  }
}

/** Holds a route back for `wait` microseconds, and while it is suppressed; not for less than it is. Gives whether it is held back. */
function hold(it: History, wait: u64, time: u64): bool {
  const suppressed = suppression(it, reversionOf(it.neighbor), time);
  const until = time + max(wait, suppressed);
  if (it.until != NEVER) it.until = max(it.until, until);
  else if (until == time) return false;
  else {
    it.until = until;
    heldRoutes++;
    traceRoute(time, it.neighbor, suppressed != 0 ? Hold.SUPPRESSED : Hold.WAITING, numberOf(it));
  }
  due = min(due, it.until);
  return true;
}

/** A route is not held back any more. */
function letGo(it: History, time: u64): void {
  if (it.until == NEVER) return;
  it.until = NEVER;
  heldRoutes--;
  traceRoute(time, it.neighbor, Hold.NONE, numberOf(it));
}

/** The history of the route of `neighbor` to the prefix at hand. */
function find(neighbor: u32): History | null {
  for (let entry = pool.first(hashOf(neighbor, length, high, low)); entry != NIL; entry = pool.after(entry)) {
    const it = at(entry);
    if (
      it.neighbor == <u8>neighbor &&
      it.length == <u8>length &&
      (it.isIPv4 != 0) == isIPv4 &&
      it.low == low &&
      it.high == high
    )
      return it;
  }
  return null;
}

/** The same, or a new one; null where there is no place for that. */
function findOrTake(neighbor: u32, time: u64): History | null {
  const known = find(neighbor);
  if (known !== null) return known;
  if (pool.isFull()) makeRoom(time);
  if (pool.isFull()) {
    undamped++;
    return null;
  }
  const entry = pool.take();
  const it = at(entry);
  memory.fill(changetype<usize>(it), 0, SIZE);
  it.until = NEVER;
  it.neighbor = <u8>neighbor;
  it.isIPv4 = isIPv4 ? 1 : 0;
  it.length = <u8>length;
  it.high = high;
  it.low = low;
  pool.link(entry, hashOf(neighbor, length, high, low));
  return it;
}

/** Gives the place of a history that has faded away, if one of those that are looked at has. */
function makeRoom(time: u64): void {
  for (let looks: u32 = 0; looks < LOOKS; looks++) {
    const entry = hand;
    hand = entry + 1 < pool.capacity ? entry + 1 : 0;
    const it = at(entry);
    if (it.until != NEVER || !hasFaded(it, reversionOf(it.neighbor), time)) continue;
    pool.unlink(entry, hashOf(it.neighbor, it.length, it.high, it.low));
    pool.give(entry);
    return;
  }
}

/** Tells two routes of a neighbor that are held back apart. */
function numberOf(it: History): u32 {
  return <u32>(changetype<usize>(it) - table);
}

function at(entry: u32): History {
  return changetype<History>(table + <usize>entry * SIZE);
}

function hashOf(neighbor: u32, length: u32, high: u64, low: u64): u32 {
  const folded = (<u32>low ^ <u32>(low >> 32)) * 0x9e3779b1 + (<u32>high ^ <u32>(high >> 32));
  return (folded ^ ((neighbor << 8) | length)) * 0x85ebca6b;
}
