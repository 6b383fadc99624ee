/**
 * Paths, interned by what ranks them: two routes that no step of the decision process can tell apart have one path.
 *
 * The host gives each path that it announces a slot. A slot refers to an interned path; to define it again changes
 * nothing for prefixes that were announced before, since their route sets hold references of their own.
 */
import { read32 } from "../console/wire";
import { align } from "../memory";
import { ignoresShutdown, isNeighbor } from "../nexthop/neighbor";
import { equalWords, hashWords, NIL, Pool } from "../pool";
import { Status } from "../status";
import { ORIGIN_COUNT, PATH_FLAG_COUNT, PathFlag, PROTOCOL_COUNT, Protocol } from "../words";
import { isBarred, length, neighborAs, readAsPath } from "./aspath";
import { clusterId, routerId } from "./settings";

/** Every byte of it counts when paths are compared for identity, so what does not apply to a path is 0 in it. */
@unmanaged
export class Path {
  localPref: u32;
  med: u32;
  /** 0 for the local AS. */
  neighborAs: u32;
  originatorId: u32;
  hops: u32;
  cost: u32;
  latency: u32;
  asPathLength: u16;
  clusterListLength: u8;
  neighbor: u8;
  protocol: u8;
  origin: u8;
  /** `PathFlag`, `BARRED` and `HELD_BACK`. */
  flags: u8;
  /** 0 for a path that is drained. */
  weight: u8;
}

const PATH_BYTES: usize = 36;
const PATH_WORDS: u32 = 9;

/** Bit of `flags`: the path must not enter (a loop). Announcing it takes the neighbor's earlier route away. */
const BARRED: u32 = 1 << PATH_FLAG_COUNT;
/** Bit of `flags`: the path is of routes that are held back (`held.ts`). */
const HELD_BACK: u32 = BARRED << 1;

const draft = changetype<Path>(memory.data(<i32>PATH_BYTES, 8));
const pool = changetype<Pool>(memory.data(offsetof<Pool>(), 8));

let table: usize = 0;

/** u16 interned path of each slot, or NIL. */
let slots: usize = 0;

export function bytesFor(paths: u32): usize {
  return Pool.bytesFor(paths) + align(<usize>paths * PATH_BYTES) + align((<usize>paths) << 1);
}

/** As many interned paths as slots. */
export function carve(base: usize, paths: u32): usize {
  table = pool.carve(base, paths);
  slots = table + align(<usize>paths * PATH_BYTES);
  memory.fill(slots, 0xff, (<usize>paths) << 1);
  return slots + align((<usize>paths) << 1);
}

export function pathsInUse(): u32 {
  return pool.inUse;
}

export function pathAt(number: u32): Path {
  return changetype<Path>(table + <usize>number * PATH_BYTES);
}

/** The path that a slot refers to, or NIL. */
export function pathOfSlot(slot: u32): u32 {
  return slot < pool.capacity ? load<u16>(slots + ((<usize>slot) << 1)) : NIL;
}

export function isBarredPath(path: Path): bool {
  return (path.flags & BARRED) != 0;
}

export function isHeldBackPath(path: Path): bool {
  return (path.flags & HELD_BACK) != 0;
}

export function isBgp(path: Path): bool {
  return path.protocol == Protocol.EBGP || path.protocol == Protocol.IBGP;
}

export function retainPath(number: u32): void {
  pool.retain(number);
}

export function releasePath(number: u32): void {
  if (pool.release(number) != 0) return;
  pool.unlink(number, hashOf(pathAt(number)));
  pool.give(number);
}

/** A reference to the path that is as `number` but held back, or but not held back; NIL where there is no room for it. */
export function variantOf(number: u32, heldBack: bool): u32 {
  memory.copy(changetype<usize>(draft), changetype<usize>(pathAt(number)), PATH_BYTES);
  draft.flags = <u8>(heldBack ? draft.flags | HELD_BACK : draft.flags & ~HELD_BACK);
  const hash = hashOf(draft);
  const known = find(hash);
  if (known != NIL) {
    pool.retain(known);
    return known;
  }
  return pool.isFull() ? NIL : add(hash);
}

/** The scratch path, whose scalar fields the caller fills before `definePath`. */
export function draftPath(): Path {
  return draft;
}

/**
 * Gives `slot` the path of the draft with the CLUSTER_LIST of `clusterCount` little-endian ids at `clusters` and the
 * AS_PATH at `segments`, judged by the local AS, router id and cluster id that now hold.
 */
export function definePath(
  slot: u32,
  clusters: usize,
  clusterCount: u32,
  segments: usize,
  segmentBytes: u32,
): Status {
  if (slot >= pool.capacity) return Status.UNKNOWN_PATH;
  if (!isNeighbor(draft.neighbor)) return Status.UNKNOWN_NEIGHBOR;
  if (draft.protocol >= PROTOCOL_COUNT || draft.origin >= ORIGIN_COUNT) return Status.BAD_VALUE;
  if (<u32>draft.flags >> PATH_FLAG_COUNT != 0 || clusterCount > <u32>u8.MAX_VALUE) return Status.BAD_VALUE;
  const status = readAsPath(segments, segmentBytes);
  if (status != Status.OK) return status;
  if (isBgp(draft)) normaliseBgp(clusters, clusterCount);
  else normaliseInterior();
  return assign(slot);
}

/** Leaves what applies to a BGP path. ORIGINATOR_ID and CLUSTER_LIST from an eBGP neighbor are discarded (RFC 7606 sections 7.9, 7.10). */
function normaliseBgp(clusters: usize, clusterCount: u32): void {
  const isExternal = draft.protocol == Protocol.EBGP;
  let flags = <u32>draft.flags;
  if (isExternal) flags &= ~PathFlag.ORIGINATOR;
  // Over iBGP the LOCAL_PREF counts that the router at the edge has lowered already (RFC 8326 section 4.2).
  const leaves = isExternal && (flags & PathFlag.GRACEFUL_SHUTDOWN) != 0;
  if (leaves && !ignoresShutdown(draft.neighbor)) draft.localPref = 0;
  flags &= ~PathFlag.GRACEFUL_SHUTDOWN;
  if ((flags & PathFlag.MED) == 0) draft.med = 0;
  if ((flags & PathFlag.ORIGINATOR) == 0) draft.originatorId = 0;
  draft.clusterListLength = isExternal ? 0 : <u8>clusterCount;
  draft.asPathLength = <u16>length;
  draft.neighborAs = neighborAs;
  draft.hops = 0;
  draft.latency = 0;
  const isReflectionLoop =
    !isExternal &&
    (((flags & PathFlag.ORIGINATOR) != 0 && draft.originatorId == routerId) ||
      has(clusters, clusterCount, clusterId));
  draft.flags = <u8>(isBarred || isReflectionLoop ? flags | BARRED : flags);
}

function normaliseInterior(): void {
  draft.localPref = 0;
  draft.med = 0;
  draft.neighborAs = 0;
  draft.originatorId = 0;
  draft.asPathLength = 0;
  draft.clusterListLength = 0;
  draft.origin = 0;
  draft.flags &= <u8>(PathFlag.UNRESOLVED | PathFlag.LLGR_STALE);
}

function has(ids: usize, count: u32, id: u32): bool {
  for (let i: u32 = 0; i < count; i++) {
    if (read32(ids + ((<usize>i) << 2)) == id) return true;
  }
  return false;
}

/** Points `slot` at the path equal to the draft. */
function assign(slot: u32): Status {
  const previous = pathOfSlot(slot);
  const hash = hashOf(draft);
  let number = find(hash);
  if (number != NIL) {
    pool.retain(number);
    if (previous != NIL) releasePath(previous);
  } else {
    const makesRoom = previous != NIL && pool.references(previous) == 1;
    if (pool.isFull() && !makesRoom) return Status.PATHS_FULL;
    if (previous != NIL) releasePath(previous);
    number = add(hash);
  }
  store<u16>(slots + ((<usize>slot) << 1), number);
  return Status.OK;
}

/** The draft becomes a path, with one reference. */
function add(hash: u32): u32 {
  const number = pool.take();
  memory.copy(changetype<usize>(pathAt(number)), changetype<usize>(draft), PATH_BYTES);
  pool.link(number, hash);
  return number;
}

function find(hash: u32): u32 {
  let number = pool.first(hash);
  while (number != NIL) {
    if (equalWords(changetype<usize>(pathAt(number)), changetype<usize>(draft), PATH_WORDS)) break;
    number = pool.after(number);
  }
  return number;
}

function hashOf(path: Path): u32 {
  return hashWords(changetype<usize>(path), PATH_WORDS, 0);
}
