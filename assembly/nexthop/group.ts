/**
 * Next-hop groups: what a route set resolves to. A group has members (neighbors in use, with weights), a backup that
 * takes over when no member is left, and buckets that share the flows out among the members.
 *
 * A member of weight 0 is drained: it has no bucket but those that are in use and may not move yet. Where all members are drained
 * they share evenly.
 *
 * Groups are interned with their buckets: two route sets share a group only while every flow goes the same way in
 * both. Each live route set refers to exactly one group and gives it back before it takes another, so as many groups
 * as route sets are always enough.
 *
 * A group that was repaired in place is `loose`: no longer found by content. All its route sets contain a path of the
 * neighbor that died, so the re-selection that follows replaces it in each of them.
 *
 * Where buckets have ages (`ages.ts`), a group to which a member comes is in transition until its last bucket has moved. Its
 * buckets move for all its route sets at once: sets share such a group, too, but only where it has the same deadline.
 *
 * The group numbered `capacity` is the draft, in which selection composes what it wants.
 */
import { align } from "../memory";
import { equalWords, hashWords, NIL, Pool } from "../pool";
import { NONE } from "../words";
import * as ages from "./ages";
import * as share from "./buckets";
import { MEMBER_BYTES, spread } from "./buckets";
import { neighbor as neighborAt, usable } from "./neighbor";
import { Usage } from "./usage";

/** The fixed head of a group; its members follow, by neighbor number, and zeros to the end. */
@unmanaged
class Group {
  count: u8;
  backup: u8;
  loose: u8;
  /** What the backup protects from: bits of `Protection`. */
  protection: u8;
}

const HEAD_BYTES: usize = 4;

const pool = changetype<Pool>(memory.data(offsetof<Pool>(), 8));
const usage = changetype<Usage>(memory.data(offsetof<Usage>(), 8));

let table: usize = 0;
let groupBytes: usize = 0;
let draft: u32 = 0;

/** The buckets of all groups. A group's lie `1 << bucketShift` bytes apart, four at least, so that they are whole words. */
let bucketTable: usize = 0;
let bucketShift: u32 = 0;
let bucketMask: u32 = 0;

function bytesOf(members: u32): usize {
  return (HEAD_BYTES + <usize>members * MEMBER_BYTES + 3) & ~3;
}

export function bytesFor(neighbors: u32, groups: u32, members: u32, buckets: u32, aged: bool): usize {
  return (
    ages.bytesFor(aged ? groups + 1 : 0, max<u32>(buckets, 4)) +
    Pool.bytesFor(groups) +
    Usage.bytesFor(neighbors, groups) +
    share.bytesFor(members) +
    align(<usize>(groups + 1) * bytesOf(members)) +
    align(<usize>(groups + 1) * <usize>max<u32>(buckets, 4))
  );
}

export function carve(
  base: usize,
  neighbors: u32,
  groups: u32,
  members: u32,
  buckets: u32,
  aged: bool,
): usize {
  let at = pool.carve(base, groups);
  at = usage.carve(at, neighbors, groups);
  at = share.carve(at, members);
  table = at;
  groupBytes = bytesOf(members);
  draft = groups;
  at += align(<usize>(groups + 1) * groupBytes);
  bucketTable = at;
  bucketShift = ctz(max<u32>(buckets, 4));
  bucketMask = buckets - 1;
  at += align((<usize>groups + 1) << bucketShift);
  memory.fill(bucketTable, 0, at - bucketTable);
  return ages.carve(at, aged ? groups + 1 : 0, bucketShift);
}

export function groupsInUse(): u32 {
  return pool.inUse;
}

/** The neighbor by which the flow with this hash leaves, or NONE. */
export function resolve(group: u32, hash: u32): u32 {
  return load<u8>(bucketTable + ((<usize>group) << bucketShift) + (hash & bucketMask));
}

/** A packet of the flow with this hash leaves by what `resolve` gives. */
export function touch(group: u32, hash: u32): void {
  ages.touch(group, hash & bucketMask);
}

export function memberCount(group: u32): u32 {
  return record(group).count;
}

export function memberNeighbor(group: u32, index: u32): u32 {
  return load<u8>(memberAt(group, index));
}

export function memberWeight(group: u32, index: u32): u32 {
  return load<u8>(memberAt(group, index), 1);
}

export function backupOf(group: u32): u32 {
  return record(group).backup;
}

/** What its backup protects a group from: bits of `Protection`. */
export function protectionOf(group: u32): u32 {
  return record(group).protection;
}

/** The group that is being composed. */
export function draftGroup(): u32 {
  return draft;
}

/** Begins a draft without members and backup. */
export function beginDraft(): void {
  memory.fill(addressOf(draft), 0, groupBytes);
  record(draft).backup = <u8>NONE;
}

export function addMember(neighbor: u32, weight: u32): void {
  let index: u32 = record(draft).count++;
  for (; index > 0 && memberNeighbor(draft, index - 1) > neighbor; index--) {
    store<u16>(memberAt(draft, index), load<u16>(memberAt(draft, index - 1)));
  }
  setMember(draft, index, neighbor, weight);
}

/** Whether the draft has `neighbor` as a member. */
export function isMember(neighbor: u32): bool {
  for (let i: u32 = 0, count = memberCount(draft); i < count; i++) {
    if (memberNeighbor(draft, i) == neighbor) return true;
  }
  return false;
}

/** Whether the draft has a member that is reached through `port`. */
export function usesPort(port: u32): bool {
  for (let i: u32 = 0, count = memberCount(draft); i < count; i++) {
    if (neighborAt(memberNeighbor(draft, i)).port == <u8>port) return true;
  }
  return false;
}

export function setBackup(neighbor: u32, protection: u32): void {
  const it = record(draft);
  it.backup = <u8>neighbor;
  it.protection = <u8>protection;
}

/**
 * Gives a reference to the group that the draft describes, with as many buckets as possible where they are in
 * `heir`, and takes back the reference to `previous`. Either may be NIL.
 */
export function settleDraft(previous: u32, heir: u32): u32 {
  const words = <u32>(groupBytes >> 2);
  balance(draft);
  if (previous != NIL && equalWords(addressOf(previous), addressOf(draft), words)) return previous;
  if (heir == NIL) ages.clear(draft);
  else ages.copy(draft, heir);
  shareOut(draft, heir == NIL ? 0 : bucketsOf(heir));
  if (previous != NIL) release(previous);
  const hash = hashOf(draft);
  for (let group = pool.first(hash); group != NIL; group = pool.after(group)) {
    if (equals(group, draft) && ages.areAlike(group, draft)) {
      ages.join(group, draft);
      pool.retain(group);
      return group;
    }
  }
  const group = pool.take();
  memory.copy(addressOf(group), addressOf(draft), groupBytes);
  memory.copy(bucketsOf(group), bucketsOf(draft), (<usize>1) << bucketShift);
  ages.copy(group, draft);
  pool.link(group, hash);
  for (let i: u32 = 0, count = memberCount(group); i < count; i++)
    usage.mark(memberNeighbor(group, i), group);
  return group;
}

export function release(group: u32): void {
  if (pool.release(group) != 0) return;
  if (!record(group).loose) pool.unlink(group, hashOf(group));
  for (let i: u32 = 0, count = memberCount(group); i < count; i++)
    usage.unmark(memberNeighbor(group, i), group);
  pool.give(group);
}

/**
 * Local repair: takes `neighbor`, which is not usable any more, out of every group. The members that are
 * left take over its buckets, or else the backup does, or else nobody. Gives the number of groups touched.
 */
export function repair(neighbor: u32): u32 {
  let touched: u32 = 0;
  for (let index: u32 = 0; index < usage.words; index++) {
    for (let bits = usage.word(neighbor, index); bits != 0; bits &= bits - 1) {
      repairGroup((index << 5) + ctz(bits));
      touched++;
    }
  }
  return touched;
}

function repairGroup(group: u32): void {
  const it = record(group);
  // Where all goes to the backup, the buckets are all that packets look at. Members and usage still tell of the lost one, so the
  // re-selection that replaces them has to follow before anything else can fail.
  if (it.count == 1 && usable(it.backup)) {
    fillBuckets(group, it.backup);
    return;
  }
  if (!it.loose) pool.unlink(group, hashOf(group));
  it.loose = 1;
  dropUnusable(group);
  if (it.count == 0 && usable(it.backup)) {
    setMember(group, 0, it.backup, 1);
    usage.mark(it.backup, group);
    it.count = 1;
    it.backup = <u8>NONE;
    it.protection = 0;
  }
  balance(group);
  shareOut(group, bucketsOf(group));
}

function fillBuckets(group: u32, neighbor: u32): void {
  const word: u32 = neighbor * 0x01010101;
  const end = bucketsOf(group) + ((<usize>1) << bucketShift);
  for (let at = bucketsOf(group); at < end; at += 4) store<u32>(at, word);
}

/** Shares a group's buckets out anew, as far as they may move, keeping what it can of the layout `from` (0: none). */
function shareOut(group: u32, from: usize): void {
  const members = memberAt(group, 0);
  const waiting = spread(
    bucketsOf(group),
    from,
    ages.inForce(group),
    bucketMask + 1,
    members,
    memberCount(group),
  );
  ages.setWaiting(group, waiting);
}

/** A tick of the ages is over: in the groups that are in transition, what has been idle long enough moves. */
export function ageBuckets(): void {
  ages.pass();
  for (let group: u32 = 0; group < draft; group++) {
    if (pool.references(group) == 0) continue;
    ages.grow(group);
    if (ages.isInTransition(group)) proceed(group);
  }
}

/**
 * Sets how long a bucket must be idle before it moves to a member that joins (0: it moves at once), and after which time it moves
 * all the same (0: never), in microseconds. Groups that were in transition end it.
 */
export function setIdleTimes(idle: u32, deadline: u32, now: u64): void {
  if (ages.haveTimes(idle, deadline)) return;
  endTransitions();
  ages.setTimes(idle, deadline, now);
}

/**
 * A run of the probe begins at `now`, with buckets that nobody uses: how long ago they were set up, or used, says nothing of the
 * run, and differs between targets.
 */
export function startAges(now: u64): void {
  endTransitions();
  ages.start(now);
}

function endTransitions(): void {
  for (let group: u32 = 0; group < draft; group++) {
    if (pool.references(group) == 0 || !ages.isInTransition(group)) continue;
    ages.end(group);
    proceed(group);
  }
}

/** A group's contents change, and with them where it is found. */
function proceed(group: u32): void {
  const isFound = !record(group).loose;
  if (isFound) pool.unlink(group, hashOf(group));
  shareOut(group, bucketsOf(group));
  if (isFound) pool.link(group, hashOf(group));
}

/** Gives all members the same weight where none has any. */
function balance(group: u32): void {
  const count = memberCount(group);
  for (let i: u32 = 0; i < count; i++) {
    if (memberWeight(group, i) != 0) return;
  }
  for (let i: u32 = 0; i < count; i++) setMember(group, i, memberNeighbor(group, i), 1);
}

/** All at once, for a port takes several neighbors with it, and a bucket must not move to one of them. */
function dropUnusable(group: u32): void {
  const count = memberCount(group);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const neighbor = memberNeighbor(group, i);
    if (usable(neighbor)) {
      store<u16>(memberAt(group, kept++), load<u16>(memberAt(group, i)));
    } else {
      usage.unmark(neighbor, group);
    }
  }
  record(group).count = <u8>kept;
}

function setMember(group: u32, index: u32, neighbor: u32, weight: u32): void {
  store<u8>(memberAt(group, index), neighbor);
  store<u8>(memberAt(group, index), weight, 1);
}

/** Of a group but for its buckets, which change in place. */
function hashOf(group: u32): u32 {
  return hashWords(addressOf(group), <u32>(groupBytes >> 2), 0);
}

function equals(a: u32, b: u32): bool {
  return (
    equalWords(addressOf(a), addressOf(b), <u32>(groupBytes >> 2)) &&
    equalWords(bucketsOf(a), bucketsOf(b), 1 << (bucketShift - 2))
  );
}

function addressOf(group: u32): usize {
  return table + <usize>group * groupBytes;
}

function record(group: u32): Group {
  return changetype<Group>(addressOf(group));
}

function memberAt(group: u32, index: u32): usize {
  return addressOf(group) + HEAD_BYTES + <usize>index * MEMBER_BYTES;
}

function bucketsOf(group: u32): usize {
  return bucketTable + ((<usize>group) << bucketShift);
}
