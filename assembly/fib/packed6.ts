/**
 * IPv6, `mcu` profile: one sorted array of eight-byte words (packed-words.ts), a word a prefix of length 0 to 48.
 *
 *     pool:   words -> | free | <- longer ones, 24 bytes each
 *
 * As in packed4.ts, what a table takes depends on what is in it alone, here in units of eight bytes: one a prefix up to
 * /48, three a longer one and one more, the marker, a /48 that holds such.
 *
 * A lookup among n words and m longer prefixes takes at most 49 log n + 82 log m + 130 loads, counted as there: for 49
 * lengths log n to search and 1 to see what was found; and if that is a marker, 1 to see it, and of the longer ones
 * 2 log m, then for 80 lengths log m and 1.
 *
 * On a Cortex-M0+ that is at most 790 log n + 3860 log m + 18700 instructions, and 790 log n + 5650 without longer
 * prefixes.
 */
import { NO_SET, SET_LIMIT } from "../profile";
import { Status } from "../status";
import { Part } from "../words";
import { maskHigh, maskLow } from "./masks";
import {
  bytesLong,
  carveLong,
  countLong,
  findLong,
  getLong,
  isAnyLong,
  putLong,
  removeLong,
} from "./packed6-long";
import {
  clearLoads,
  loads as counted,
  firstBehind,
  keyOf,
  lastAround,
  lengthOf,
  MARKER,
  NOTHING,
  placeOf,
  setOf,
  wordOf,
} from "./packed-words";

const WORD: u32 = 8;
const LONG_WORDS: u32 = 3;
/** Longest prefix that is a word of its own. */
const LONGEST: u32 = 48;

let capacity: u32 = 0;
let first: usize = 0;
let end: usize = 0;
/** How many words are markers. */
let markers: u32 = 0;

export function bytesFor(capacity: u32): usize {
  return <usize>capacity * WORD;
}

export function carve(base: usize, words: u32): usize {
  capacity = words;
  first = base;
  end = base;
  markers = 0;
  carveLong(base + bytesFor(words));
  return base + bytesFor(words);
}

export function insert(high: u64, low: u64, length: u32, set: u32): Status {
  if (length > 128) return Status.BAD_PREFIX_LENGTH;
  if ((high & ~maskHigh(length)) | (low & ~maskLow(length))) return Status.HOST_BITS;
  if (set >= SET_LIMIT) return Status.BAD_VALUE;
  if (length > LONGEST) return insertLong(high, low, length, set);
  const word = wordOf<u64>(high, length, set);
  const known = placeOf<u64>(first, end, word);
  if (known != 0) {
    store<u8>(known, set);
    return Status.OK;
  }
  if (!hasRoom(1)) return Status.TABLE_FULL;
  insertWord(word);
  return Status.OK;
}

/** A prefix longer than /48, and the marker of its /48 with the first. */
function insertLong(high: u64, low: u64, length: u32, set: u32): Status {
  if (getLong(high, low, length) == NO_SET) {
    const isMarked = isAnyLong(high);
    if (!hasRoom(isMarked ? LONG_WORDS : LONG_WORDS + 1)) return Status.TABLE_FULL;
    if (!isMarked) {
      insertWord(markerOf(high));
      markers++;
    }
  }
  putLong(high, low, length, set);
  return Status.OK;
}

export function remove(high: u64, low: u64, length: u32): Status {
  if (length > 128) return Status.BAD_PREFIX_LENGTH;
  if ((high & ~maskHigh(length)) | (low & ~maskLow(length))) return Status.HOST_BITS;
  if (get(high, low, length) == NO_SET) return Status.NOT_FOUND;
  if (length <= LONGEST) {
    removeWord(wordOf<u64>(high, length, 0));
  } else {
    removeLong(high, low, length);
    if (!isAnyLong(high)) {
      removeWord(markerOf(high));
      markers--;
    }
  }
  return Status.OK;
}

export function get(high: u64, low: u64, length: u32): u32 {
  if (length > 128 || (high & ~maskHigh(length)) | (low & ~maskLow(length))) return NO_SET;
  if (length > LONGEST) return getLong(high, low, length);
  const at = placeOf<u64>(first, end, wordOf<u64>(high, length, 0));
  return at == 0 ? NO_SET : load<u8>(at);
}

export function lookup(high: u64, low: u64): u32 {
  return find<void>(high, low) & 0xff;
}

export function match(high: u64, low: u64): i32 {
  return find<void>(high, low) >> 8;
}

/** Loads of the lookup of this address, each dependent on the one before. */
export function loads(high: u64, low: u64): u32 {
  clearLoads();
  find<u32>(high, low);
  return counted;
}

export function count(): u32 {
  return wordsInUse() - markers + countLong();
}

export function partBytes(part: Part): u32 {
  if (part == Part.WORDS) return <u32>(end - first);
  return part == Part.LONG ? bytesLong() : 0;
}

function find<Loads>(high: u64, low: u64): i32 {
  const key = keyOf<u64>(high);
  let at = lastAround<u64, Loads>(first, firstBehind<u64, Loads>(first, end, key), key);
  if (at != 0 && setOf<u64>(load<u64>(at)) == MARKER) {
    const long = findLong<Loads>(high, low);
    if (long != NOTHING) return long;
    at = lastAround<u64, Loads>(first, at, key);
  }
  return at == 0 ? NOTHING : found(load<u64>(at));
}

function found(word: u64): i32 {
  return (lengthOf<u64>(word) << 8) | setOf<u64>(word);
}

/** The word that marks the /48 of the address. */
function markerOf(high: u64): u64 {
  return wordOf<u64>(high & maskHigh(LONGEST), LONGEST + 1, MARKER);
}

function wordsInUse(): u32 {
  return <u32>(end - first) / WORD;
}

function hasRoom(more: u32): bool {
  return wordsInUse() + LONG_WORDS * countLong() + more <= capacity;
}

/** The word must not be there, and there must be room for it. */
function insertWord(word: u64): void {
  const at = firstBehind<u64, void>(first, end, word);
  memory.copy(at + WORD, at, end - at);
  store<u64>(at, word);
  end += WORD;
}

/** The word, whatever its set, must be there. */
function removeWord(word: u64): void {
  const at = placeOf<u64>(first, end, word);
  end -= WORD;
  memory.copy(at, at + WORD, end - at);
}
