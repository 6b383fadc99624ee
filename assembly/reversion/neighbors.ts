/**
 * Neighbors that come back. One that does is held back until it has stayed up for its wait-to-restore time (RFC 6378 section 4.3,
 * ITU-T G.8031), and while it is suppressed for having flapped: its paths lose to all that are not held back, and are used
 * where there is no other. It does not wait when it comes up for the first time.
 *
 * Invariant: `due` is the earliest `until`, and a neighbor has one while it is held back.
 */
import { align } from "../memory";
import { isHeldBack, neighbor, NeighborFlag } from "../nexthop/neighbor";
import { traceHeld } from "../probe/trace";
import { NEVER } from "../time";
import { Hold } from "../words";
import { charge, Merit, suppression } from "./merit";
import { hasReversion, reversionOf } from "./settings";

@unmanaged
class Comeback extends Merit {
  /** Whether it has been up. */
  isKnown: u8;
}

const SIZE: usize = 24;

let table: usize = 0;
let capacity: u32 = 0;
let due: u64 = NEVER;

/** How many neighbors are held back. */
export let heldNeighbors: u32 = 0;

export function bytesFor(neighbors: u32): usize {
  return align(<usize>neighbors * SIZE);
}

export function carve(base: usize, neighbors: u32): usize {
  table = base;
  capacity = neighbors;
  due = NEVER;
  heldNeighbors = 0;
  memory.fill(base, 0, bytesFor(neighbors));
  for (let n: u32 = 0; n < neighbors; n++) at(n).until = NEVER;
  return base + bytesFor(neighbors);
}

function at(n: u32): Comeback {
  return changetype<Comeback>(table + <usize>n * SIZE);
}

/** When a neighbor is to be used again next. */
export function neighborsDue(): u64 {
  return due;
}

/** Whether neighbor `n` is held back until `time` or earlier. */
export function isHeldUntil(n: u32, time: u64): bool {
  return at(n).until <= time;
}

/** Neighbor `n` can no longer be used from `time` on. */
export function fall(n: u32, time: u64): void {
  if (!hasReversion()) return;
  endHold(n, time);
  const settings = reversionOf(n);
  charge(at(n), settings, settings.penalty, time);
}

/** Neighbor `n` can be used again from `time` on, if it must be. */
export function rise(n: u32, time: u64): void {
  if (!hasReversion()) return;
  const it = at(n);
  const isBack = it.isKnown != 0;
  it.isKnown = 1;
  if (!isBack) return;
  const settings = reversionOf(n);
  const suppressed = suppression(it, settings, time);
  const wait = max<u64>(settings.waitToRestore, suppressed);
  if (wait == 0) return;
  it.until = time + wait;
  due = min(due, it.until);
  heldNeighbors++;
  neighbor(n).flags |= <u8>NeighborFlag.HELD_BACK;
  traceHeld(time, n, suppressed != 0 ? Hold.SUPPRESSED : Hold.WAITING);
}

/** Neighbor `n` is not held back any more, whether it is up or not. */
export function endHold(n: u32, time: u64): void {
  if (!isHeldBack(n)) return;
  at(n).until = NEVER;
  neighbor(n).flags &= <u8>~NeighborFlag.HELD_BACK;
  heldNeighbors--;
  traceHeld(time, n, Hold.NONE);
  due = NEVER;
  for (let i: u32 = 0; i < capacity; i++) due = min(due, at(i).until);
}

/** What neighbor `n` has done is forgotten. */
export function forgive(n: u32): void {
  at(n).penalty = 0;
  at(n).isSuppressed = 0;
}
