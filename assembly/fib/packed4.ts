/**
 * IPv4, `mcu` profile: one sorted array of four-byte words, a word a prefix of length 5 to 24 (packed-words.ts, whose start
 * is bits 5 to 23 of the address; packed4-words.ts has the array and its index), and apart from it the few that are
 * shorter or longer.
 *
 *     pool:   index | sets of length 0-4, 32 bytes | words -> | free | <- longer ones, 8 bytes each
 *
 * The array is its own RIB: an update moves the words behind it, and counts in the index behind it. Nothing else links
 * words, so what a table takes depends on what is in it alone: a word a prefix up to /24 (none up to /4), two a longer
 * one and one more, the marker, a /24 that holds such.
 *
 * A lookup among n words and m longer prefixes takes at most 20 log n + 10 log m + 36 loads, with logarithms to the base
 * of 2 of one more, rounded up: of the index 1, log n to search its range, and 1 to see what was found. If that is not
 * around the address, 1 of the index again, and of the whole group, for 19 lengths at most, log n to search and 1 to
 * see; if it is a marker, 1 to see it again, and of the longer ones 2 log m, then for 8 lengths log m and 1; and 5 of
 * the sets of lengths 0 to 4. In real tables 98 of 100 lookups of addresses inside prefixes end with the first search.
 *
 * On a Cortex-M0+ that is at most 210 log n + 170 log m + 2400 instructions, and 210 log n + 1300 without longer
 * prefixes: docs/forwarding-tables.md has the parts of that, and how they were counted.
 */
import { align } from "../memory";
import { NO_SET, SET_LIMIT } from "../profile";
import { Status } from "../status";
import { Part } from "../words";
import { mask4 } from "./masks";
import {
  bytesLong,
  carveLong,
  countLong,
  findLong,
  getLong,
  isAnyLong,
  putLong,
  removeLong,
} from "./packed4-long";
import { carveShort, countShort, findShort, getShort, putShort, SHORT, SHORT_BYTES } from "./packed4-short";
import {
  carveWords,
  GROUP,
  groupEnd,
  groupStart,
  indexBytes,
  insertWord,
  placeAt,
  placeIn,
  rangeOf,
  removeWord,
  WORD,
  wordsInUse,
} from "./packed4-words";
import {
  clearLoads,
  loads as counted,
  countLoad,
  firstBehind,
  isAround,
  keyOf,
  lastAround,
  lengthOf,
  MARKER,
  NOTHING,
  setOf,
  wordOf,
} from "./packed-words";

const LONG_WORDS: u32 = 2;
/** Longest prefix that is a word of its own. */
const LONGEST: u32 = 24;

let capacity: u32 = 0;
/** How many words are markers. */
let markers: u32 = 0;

export function bytesFor(capacity: u32): usize {
  return indexBytes(capacity) + SHORT_BYTES + align(<usize>capacity * WORD);
}

export function carve(base: usize, words: u32): usize {
  capacity = words;
  markers = 0;
  carveWords(base, words, SHORT_BYTES);
  carveShort(base + indexBytes(words));
  carveLong(base + bytesFor(words));
  return base + bytesFor(words);
}

export function insert(address: u32, length: u32, set: u32): Status {
  if (length > 32) return Status.BAD_PREFIX_LENGTH;
  if (address & ~mask4(length)) return Status.HOST_BITS;
  if (set >= SET_LIMIT) return Status.BAD_VALUE;
  if (length > LONGEST) return insertLong(address, length, set);
  if (length <= SHORT) {
    putShort(address, length, set);
    return Status.OK;
  }
  const word = wordOf<u32>(startOf(address), length - GROUP, set);
  const known = placeIn(address, word);
  if (known != 0) {
    store<u8>(known, set);
    return Status.OK;
  }
  if (!hasRoom(1)) return Status.TABLE_FULL;
  insertWord(address, word);
  return Status.OK;
}

/** A prefix longer than /24, and the marker of its /24 with the first. */
function insertLong(address: u32, length: u32, set: u32): Status {
  if (getLong(address, length) == NO_SET) {
    const isMarked = isAnyLong(address);
    if (!hasRoom(isMarked ? LONG_WORDS : LONG_WORDS + 1)) return Status.TABLE_FULL;
    if (!isMarked) {
      insertWord(address, markerOf(address));
      markers++;
    }
  }
  putLong(address, length, set);
  return Status.OK;
}

export function remove(address: u32, length: u32): Status {
  if (length > 32) return Status.BAD_PREFIX_LENGTH;
  if (address & ~mask4(length)) return Status.HOST_BITS;
  if (get(address, length) == NO_SET) return Status.NOT_FOUND;
  if (length <= SHORT) {
    putShort(address, length, NO_SET);
  } else if (length <= LONGEST) {
    removeWord(address, wordOf<u32>(startOf(address), length - GROUP, 0));
  } else {
    removeLong(address, length);
    if (!isAnyLong(address)) {
      removeWord(address, markerOf(address));
      markers--;
    }
  }
  return Status.OK;
}

export function get(address: u32, length: u32): u32 {
  if (length > 32 || address & ~mask4(length)) return NO_SET;
  if (length <= SHORT) return getShort(address, length);
  if (length > LONGEST) return getLong(address, length);
  const at = placeIn(address, wordOf<u32>(startOf(address), length - GROUP, 0));
  return at == 0 ? NO_SET : load<u8>(at);
}

export function lookup(address: u32): u32 {
  return find<void>(address);
}

export function match(address: u32): i32 {
  return findInGroup<void>(address, 0) >> 8;
}

/** Loads of the lookup of this address, each dependent on the one before. */
export function loads(address: u32): u32 {
  clearLoads();
  find<u32>(address);
  return counted;
}

export function count(): u32 {
  return wordsInUse() - markers + countLong() + countShort();
}

export function partBytes(part: Part): u32 {
  if (part == Part.INDEX) return <u32>indexBytes(capacity);
  if (part == Part.SHORT) return SHORT_BYTES;
  if (part == Part.WORDS) return wordsInUse() * WORD;
  return part == Part.LONG ? bytesLong() : 0;
}

/** The set. The rare path is a function of its own, with a caller more, so that lookups do not hold registers for it. */
function find<Loads>(address: u32): u32 {
  const key = keyOf<u32>(address << GROUP);
  const range = rangeOf(address);
  let behind: usize = 0;
  if (range != 0) {
    countLoad<Loads>();
    const to = placeAt(range + 2);
    const from = placeAt(range);
    // Once a read before the end has passed its check of bounds, compilers leave out that of each word in the search.
    load<u32>(to - WORD);
    behind = firstBehind<u32, Loads>(from, to, key);
    if (behind > from) {
      countLoad<Loads>();
      const word = load<u32>(behind - WORD);
      if (isAround<u32>(word, key) && setOf<u32>(word) != MARKER) return setOf<u32>(word);
    }
  }
  return findInGroup<Loads>(address, behind) & 0xff;
}

/** In the whole group and in the other parts. `behind` is the place of the first word behind the address, 0 if not known. */
function findInGroup<Loads>(address: u32, behind: usize): i32 {
  const key = keyOf<u32>(address << GROUP);
  countLoad<Loads>();
  const from = groupStart(address);
  if (behind == 0) behind = firstBehind<u32, Loads>(from, groupEnd(address), key);
  let at = lastAround<u32, Loads>(from, behind, key);
  if (at != 0 && setOf<u32>(load<u32>(at)) == MARKER) {
    const long = findLong<Loads>(address);
    if (long != NOTHING) return long;
    at = lastAround<u32, Loads>(from, at, key);
  }
  return at == 0 ? findShort<Loads>(address) : found(load<u32>(at));
}

function found(word: u32): i32 {
  return ((lengthOf<u32>(word) + GROUP) << 8) | setOf<u32>(word);
}

function startOf(address: u32): u32 {
  return (address & mask4(LONGEST)) << GROUP;
}

/** The word that marks the /24 of the address. */
function markerOf(address: u32): u32 {
  return wordOf<u32>(startOf(address), LONGEST + 1 - GROUP, MARKER);
}

function hasRoom(more: u32): bool {
  return wordsInUse() + LONG_WORDS * countLong() + more <= capacity;
}
