/**
 * The IPv4 prefixes of length 25 to 32: words of eight bytes, of which two of the start's are 0. They end where the pool
 * ends, and grow towards its beginning.
 */
import { NO_SET } from "../profile";
import { firstBehind, keyOf, lastAround, lengthOf, NOTHING, placeOf, setOf, wordOf } from "./packed-words";

const BYTES: u32 = 8;

let first: usize = 0;
let end: usize = 0;

export function carveLong(limit: usize): void {
  first = limit;
  end = limit;
}

export function bytesLong(): u32 {
  return <u32>(end - first);
}

export function countLong(): u32 {
  return bytesLong() / BYTES;
}

/** Whether any is in the /24 of the address. */
export function isAnyLong(address: u32): bool {
  const at = firstIn<void>(address);
  return at < end && <u32>(load<u64>(at) >> 40) == address >> 8;
}

export function findLong<Loads>(address: u32): i32 {
  const from = firstIn<Loads>(address);
  const key = keyOf<u64>(startOf(address));
  const at = lastAround<u64, Loads>(from, firstBehind<u64, Loads>(from, end, key), key);
  if (at == 0) return NOTHING;
  const word = load<u64>(at);
  return (lengthOf<u64>(word) << 8) | setOf<u64>(word);
}

export function getLong(address: u32, length: u32): u32 {
  const at = placeOf<u64>(first, end, wordOf<u64>(startOf(address), length, 0));
  return at == 0 ? NO_SET : load<u8>(at);
}

/** Inserts the prefix, for which there must be room, or replaces its set. */
export function putLong(address: u32, length: u32, set: u32): void {
  const word = wordOf<u64>(startOf(address), length, set);
  const known = placeOf<u64>(first, end, word);
  if (known != 0) {
    store<u8>(known, set);
    return;
  }
  const behind = firstBehind<u64, void>(first, end, word);
  memory.copy(first - BYTES, first, behind - first);
  first -= BYTES;
  store<u64>(behind - BYTES, word);
}

/** The prefix must be there. */
export function removeLong(address: u32, length: u32): void {
  const at = placeOf<u64>(first, end, wordOf<u64>(startOf(address), length, 0));
  memory.copy(first + BYTES, first, at - first);
  first += BYTES;
}

/** Place of the first in the /24 of the address, or of what would stand behind it. */
function firstIn<Loads>(address: u32): usize {
  return firstBehind<u64, Loads>(first, end, startOf(address & ~0xff));
}

function startOf(address: u32): u64 {
  return (<u64>address) << 32;
}
