/**
 * Route sets: the paths that a prefix has, at most one of each neighbor, as an ordered list of interned paths. Sets are
 * interned by that list and counted by prefix, so prefixes that were learned alike share one set, one selection and one
 * next-hop group.
 *
 * The list is never changed in place: a change of a prefix's paths is a change of its set (`transition.ts`). The set
 * numbered `capacity` is the draft, in which the next list is composed.
 */
import { align } from "../memory";
import { release as releaseGroup } from "../nexthop/group";
import { Usage } from "../nexthop/usage";
import { equalWords, hashWords, NIL, Pool } from "../pool";
import { NO_SET } from "../profile";
import { pathAt, releasePath, retainPath } from "./path";

/** The fixed head of a set; u16 path numbers follow, and zeros to the end. */
@unmanaged
class RouteSet {
  count: u8;
  /** Whether its first path stays best although a comparison of all would not elect it (`transition.ts`). */
  incumbent: u8;
}

const HEAD_BYTES: usize = 2;

const pool = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
const usage = changetype<Usage>(memory.data(offsetof<Usage>(), 8));

let table: usize = 0;
let setBytes: usize = 0;
let draft: u32 = 0;
let pathsPerSet: u32 = 0;

/** u16 group of each set. */
let groups: usize = 0;

function bytesOf(paths: u32): usize {
  return (HEAD_BYTES + ((<usize>paths) << 1) + 3) & ~3;
}

export function bytesFor(neighbors: u32, sets: u32, paths: u32): usize {
  return (
    Pool.bytesFor(sets) +
    Usage.bytesFor(neighbors, sets) +
    align(<usize>(sets + 1) * bytesOf(paths)) +
    align((<usize>sets) << 1)
  );
}

export function carve(base: usize, neighbors: u32, sets: u32, paths: u32): usize {
  let at = pool.carve(base, sets);
  at = usage.carve(at, neighbors, sets);
  table = at;
  setBytes = bytesOf(paths);
  pathsPerSet = paths;
  draft = sets;
  at += align(<usize>(sets + 1) * setBytes);
  memory.fill(table, 0, at - table);
  groups = at;
  return at + align((<usize>sets) << 1);
}

export function setsInUse(): u32 {
  return pool.inUse;
}

export function setCapacity(): u32 {
  return pool.capacity;
}

export function groupOf(set: u32): u32 {
  return load<u16>(groups + ((<usize>set) << 1));
}

export function setGroup(set: u32, group: u32): void {
  store<u16>(groups + ((<usize>set) << 1), group);
}

/** 32-bit words of `setsVia`. */
export function setWords(): u32 {
  return usage.words;
}

/** Bits of the sets `32 * index` to `32 * index + 31` that have a path of `neighbor`. */
export function setsVia(neighbor: u32, index: u32): u32 {
  return usage.word(neighbor, index);
}

export function pathCount(set: u32): u32 {
  return record(set).count;
}

export function pathOf(set: u32, index: u32): u32 {
  return load<u16>(pathSlot(set, index));
}

export function hasIncumbent(set: u32): bool {
  return record(set).incumbent != 0;
}

/** Index of the path of `neighbor` in a set, or the number of its paths. */
export function indexOfNeighbor(set: u32, neighbor: u32): u32 {
  const count = pathCount(set);
  let index: u32 = 0;
  while (index < count && pathAt(pathOf(set, index)).neighbor != <u8>neighbor) index++;
  return index;
}

/** The set that is being composed. */
export function draftSet(): u32 {
  return draft;
}

/** Makes the draft equal to `set`, or empty for `NO_SET`, without incumbent. */
export function beginDraft(set: u32): void {
  if (set == NO_SET) memory.fill(addressOf(draft), 0, setBytes);
  else memory.copy(addressOf(draft), addressOf(set), setBytes);
  record(draft).incumbent = 0;
}

export function isDraftFull(): bool {
  return pathCount(draft) == pathsPerSet;
}

/** Inserts a path before the one at `index`. The draft must not be full. */
export function insertPath(index: u32, path: u32): void {
  const count = pathCount(draft);
  const at = pathSlot(draft, index);
  memory.copy(at + 2, at, (<usize>(count - index)) << 1);
  store<u16>(at, path);
  record(draft).count = <u8>(count + 1);
}

export function removePath(index: u32): void {
  const last = pathCount(draft) - 1;
  const at = pathSlot(draft, index);
  memory.copy(at, at + 2, (<usize>(last - index)) << 1);
  store<u16>(pathSlot(draft, last), 0);
  record(draft).count = <u8>last;
}

export function markIncumbent(): void {
  record(draft).incumbent = 1;
}

/** A reference to the set equal to the draft: one that exists, or NO_SET. */
export function findDraft(): u32 {
  for (let set = pool.first(hashOf(draft)); set != NIL; set = pool.after(set)) {
    if (!equalWords(addressOf(set), addressOf(draft), <u32>(setBytes >> 2))) continue;
    pool.retain(set);
    return set;
  }
  return NO_SET;
}

/** A reference to a new set equal to the draft, which still lacks its group; or NO_SET if there is no room. */
export function addDraft(): u32 {
  if (pool.isFull()) return NO_SET;
  const set = pool.take();
  memory.copy(addressOf(set), addressOf(draft), setBytes);
  pool.link(set, hashOf(set));
  for (let i: u32 = 0, count = pathCount(set); i < count; i++) {
    const path = pathOf(set, i);
    retainPath(path);
    usage.mark(pathAt(path).neighbor, set);
  }
  return set;
}

export function retainSet(set: u32): void {
  pool.retain(set);
}

export function releaseSet(set: u32): void {
  if (pool.release(set) != 0) return;
  pool.unlink(set, hashOf(set));
  releaseGroup(groupOf(set));
  for (let i: u32 = 0, count = pathCount(set); i < count; i++) {
    const path = pathOf(set, i);
    usage.unmark(pathAt(path).neighbor, set);
    releasePath(path);
  }
  pool.give(set);
}

/** Ends the privilege of a set's first path: the metrics that the comparison went by have changed. */
export function dismissIncumbent(set: u32): void {
  if (!hasIncumbent(set)) return;
  pool.unlink(set, hashOf(set));
  record(set).incumbent = 0;
  pool.link(set, hashOf(set));
}

function hashOf(set: u32): u32 {
  return hashWords(addressOf(set), <u32>(setBytes >> 2), 0);
}

function addressOf(set: u32): usize {
  return table + <usize>set * setBytes;
}

function record(set: u32): RouteSet {
  return changetype<RouteSet>(addressOf(set));
}

function pathSlot(set: u32, index: u32): usize {
  return addressOf(set) + HEAD_BYTES + ((<usize>index) << 1);
}
