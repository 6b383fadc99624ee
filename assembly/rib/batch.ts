/**
 * Batches of prefixes, all or nothing. While a batch is under way it holds a reference to the set that each prefix had
 * before, so that undoing it brings back the very sets, and with them the groups and buckets, that were there. Undoing
 * cannot fail: the sets live, and the FIB promises to take back what it had.
 *
 * Adjacent prefixes of a batch that come from the same set go to the same set, and are asked for it once.
 */
import { NO_SET } from "../profile";
import { hasHistories } from "../reversion/routes";
import { Status } from "../status";
import { holdBack } from "./held";
import { assignSet, checkPrefix, currentSet, eraseSet, prefixBytes, readPrefix } from "./prefix";
import { releaseSet, retainSet, setCapacity } from "./routeset";
import { next, transit } from "./transit";

/** Most prefixes in a batch; no message holds more. */
const BATCH_LIMIT: u32 = 48;

/** Index of the prefix for which the last batch was refused, else 0. */
export let firstRefused: u32 = 0;

/** How many prefixes the last batch changed. */
export let changed: u32 = 0;

/** u16 set that each prefix of the batch had before. */
const setsBefore = memory.data(<i32>(BATCH_LIMIT << 1), 2);

/** To be called before anything of a batch is checked. A router without route sets takes none. */
export function beginBatch(): Status {
  firstRefused = 0;
  changed = 0;
  return setCapacity() == 0 ? Status.WRONG_MODE : Status.OK;
}

/** Makes `path` (NIL: none) the path of `neighbor` for every prefix of the batch at `prefixes`, or for none. */
export function applyBatch(neighbor: u32, path: u32, family: u32, prefixes: usize, bytes: u32): Status {
  if (family != 4 && family != 6) return Status.BAD_FAMILY;
  const size = prefixBytes(family);
  const count = bytes / size;
  if (count * size != bytes || count > BATCH_LIMIT) return Status.BAD_LENGTH;
  for (let i: u32 = 0; i < count; i++) {
    readPrefix(family, prefixes + i * size);
    const status = checkPrefix();
    if (status != Status.OK) return refuse(i, status);
  }
  for (let i: u32 = 0; i < count; i++) {
    readPrefix(family, prefixes + i * size);
    const status = apply(i, neighbor, path);
    if (status == Status.OK) continue;
    undo(i, family, prefixes);
    return refuse(i, status);
  }
  if (hasHistories(neighbor)) {
    for (let i: u32 = 0; i < count; i++) {
      readPrefix(family, prefixes + i * size);
      holdBack(setBefore(i), neighbor, path);
    }
  }
  for (let i: u32 = 0; i < count; i++) {
    if (setBefore(i) != NO_SET) releaseSet(setBefore(i));
  }
  return Status.OK;
}

function apply(index: u32, neighbor: u32, path: u32): Status {
  const before = currentSet();
  if (index > 0 && before == setBefore(index - 1)) {
    if (next != NO_SET) retainSet(next);
  } else {
    const status = transit(before, neighbor, path);
    if (status != Status.OK) return status;
  }
  store<u16>(setsBefore + ((<usize>index) << 1), before);
  if (next == before) return Status.OK;
  changed++;
  if (next == NO_SET) {
    eraseSet();
    return Status.OK;
  }
  const status = assignSet(next);
  if (status == Status.OK) return Status.OK;
  releaseSet(next);
  changed--;
  return status;
}

/** Takes back the first `count` prefixes of the batch, last first: one prefix may stand in it twice. */
function undo(count: u32, family: u32, prefixes: usize): void {
  for (let i = count; i > 0; i--) {
    readPrefix(family, prefixes + (i - 1) * prefixBytes(family));
    const after = currentSet();
    const before = setBefore(i - 1);
    if (before == NO_SET) {
      if (after != NO_SET) eraseSet();
    } else if (before != after) {
      assignSet(before);
    }
    if (after != NO_SET) releaseSet(after);
  }
}

function refuse(index: u32, status: Status): Status {
  firstRefused = index;
  changed = 0;
  return status;
}

function setBefore(index: u32): u32 {
  return load<u16>(setsBefore + ((<usize>index) << 1));
}
