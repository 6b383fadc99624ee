/**
 * What a piece of the router's work costs, in platform ticks: the work is done with one item, as often as is asked, by the
 * functions that packets and messages go through. Around it stands a loop, and the item is put back each time, as
 * forwarding changes it; `Work.NOTHING` is that alone, to be taken off.
 *
 * The router is afterwards as it was before, but for the counters of packets, and for the places that a prefix which comes
 * and goes had in the tables.
 */
import { forward } from "../forward/index";
import * as fib from "../fib/index";
import { tickRate } from "../identity";
import { packetBuffer } from "../packet/buffer";
import { ticks } from "../platform";
import { NIL } from "../pool";
import { NO_SET } from "../profile";
import { announce, withdraw } from "../rib/index";
import { pathAt, pathOfSlot } from "../rib/path";
import { checkPrefix, currentSet, prefixBytes, readPrefix } from "../rib/prefix";
import { setCapacity } from "../rib/routeset";
import { reselect } from "../rib/selection";
import { now } from "../schedule";
import { Status } from "../status";
import { Verdict, Work } from "../words";

/** An interrupt can only add ticks, so the least of several passes is without. */
const PASSES: u32 = 3;

/** Part of a second that one request may take: a host takes a router for silent after three quarters, a board's watchdog rings after one. */
const PATIENCE: u32 = 2;

/** Where the item stands: what is forwarded must be where packets are. */
const item = packetBuffer();

/** Its second and third word, which hold what forwarding changes: TTL and checksum, or the hop limit. */
let second: u32 = 0;
let third: u32 = 0;

let length: u32 = 0;
let subject: u32 = 0;
let set: u32 = 0;

/** Takes the item of `size` bytes at `at` for ticksOf, if `work` can be done with it, and done again. */
export function prepare(work: u32, argument: u32, at: usize, size: u32): Status {
  memory.copy(item, at, size);
  second = load<u32>(item, 4);
  third = load<u32>(item, 8);
  length = size;
  subject = argument;
  switch (work) {
    case Work.NOTHING:
      return Status.OK;
    case Work.LOOKUP4:
      if (size != 4) return Status.BAD_LENGTH;
      return perform(work) == NO_SET ? Status.NOT_FOUND : Status.OK;
    case Work.LOOKUP6:
      if (size != 16) return Status.BAD_LENGTH;
      return perform(work) == NO_SET ? Status.NOT_FOUND : Status.OK;
    case Work.FORWARD:
      return perform(work) == Verdict.FORWARDED ? Status.OK : Status.BAD_VALUE;
    case Work.SELECT:
      if (size != 4) return Status.BAD_LENGTH;
      set = fib.lookup4(load<u32>(item));
      return set < setCapacity() ? Status.OK : Status.NOT_FOUND;
    case Work.UPDATE:
      return prepareUpdate();
    default:
      return Status.BAD_VALUE;
  }
}

/** Only a prefix that is not there can come and go without a trace. */
function prepareUpdate(): Status {
  if (length != prefixBytes(4) && length != prefixBytes(6)) return Status.BAD_LENGTH;
  if (pathOfSlot(subject) == NIL) return Status.UNKNOWN_PATH;
  readPrefix(familyOf(length), item);
  const status = checkPrefix();
  if (status != Status.OK) return status;
  return currentSet() == NO_SET ? perform(Work.UPDATE) : Status.BAD_VALUE;
}

function familyOf(prefixLength: u32): u32 {
  return prefixLength == prefixBytes(4) ? 4 : 6;
}

/** Ticks of so many runs with the item. */
export function ticksOf(work: u32, runs: u32): u32 {
  let least = u32.MAX_VALUE;
  for (let pass: u32 = 0; pass < PASSES; pass++) {
    const start = ticks();
    for (let run: u32 = 0; run < runs; run++) perform(work);
    least = min(least, ticks() - start);
  }
  return least;
}

/** Whether so many runs with each of `items` such items would keep the router from its line for too long. */
export function isTooLong(work: u32, runs: u32, items: u32): bool {
  const atMost = <u64>ticksOf(work, 1) + 1;
  return atMost * (runs * PASSES * items) > tickRate() / PATIENCE;
}

/** Does the work once; gives what came of it. */
function perform(work: u32): u32 {
  store<u32>(item, second, 4);
  store<u32>(item, third, 8);
  switch (work) {
    case Work.LOOKUP4:
      return fib.lookup4(load<u32>(item));
    case Work.LOOKUP6:
      return fib.lookup6(load<u64>(item), load<u64>(item, 8));
    case Work.FORWARD:
      return forward(subject, item, length, now());
    case Work.SELECT:
      reselect(set);
      return 0;
    case Work.UPDATE:
      return update();
    default:
      return 0;
  }
}

function update(): Status {
  const family = familyOf(length);
  const status = announce(subject, family, item, length);
  if (status != Status.OK) return status;
  return withdraw(pathAt(pathOfSlot(subject)).neighbor, family, item, length);
}
