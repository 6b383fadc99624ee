/**
 * IPv4, `mcu` profile: one sorted array of four-byte words, a word a prefix of length 5 to 24, and an index over it. The
 * start in a word (packed-words.ts) is bits 5 to 23 of the address. Bits 0 to 4 are those of the /5 in which it
 * stands: `index[address >> shift]` says where the words of a range of addresses, a /5 or a part of one, begin.
 *
 *     pool:   index, u16 each, 2^bits + 1 | sets of length 0-4, 32 bytes | words -> | free | <- longer ones, 8 bytes each
 *
 * The array is its own RIB: an update moves the words behind it, and adds to the index behind it. Nothing else links
 * words, so what a table takes depends on what is in it alone: a word a prefix up to /24 (none up to /4), two a longer
 * one and one more, the marker, a /24 that holds such.
 *
 * A lookup among n words and m longer prefixes takes at most 20 log n + 10 log m + 36 loads, with logarithms to the base
 * of 2 of one more, rounded up. Of the index 1, log n to search its range, and 1 to see what was found. If that is not around the
 * address, 1 of the index again, and of the whole /5, for 19 lengths at most, log n to search and 1 to see; if it is
 * a marker, 1 to see it again, and of the longer ones 2 log m, then for 8 lengths log m and 1; and 5 of the sets of
 * lengths 0 to 4. In real tables 98 of 100 lookups of addresses inside prefixes end with the first search.
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
  clearLoads,
  countLoad,
  loads as counted,
  firstBehind,
  isAround,
  keyOf,
  lastAround,
  lengthOf,
  MARKER,
  NOTHING,
  placeOf,
  setOf,
  wordOf,
} from "./packed-words";

const WORD: u32 = 4;
const LONG_WORDS: u32 = 2;
/** Bits of an address that words leave out. */
const GROUP: u32 = SHORT + 1;
/** Longest prefix that is a word of its own. */
const LONGEST: u32 = 24;

let capacity: u32 = 0;
/** For each range, from the index on, in words: u16. */
let index: usize = 0;
/** Of an address, to the number of its range. */
let shift: u32 = 0;
let end: usize = 0;
/** How many words are markers. */
let markers: u32 = 0;

/** The index takes an eighth of a byte for each word of the pool, as far as it is finer than the groups. */
function indexBits(capacity: u32): u32 {
  let bits = GROUP;
  while ((<u32>16) << (bits + 1) <= capacity) bits++;
  return bits;
}

function indexBytes(capacity: u32): usize {
  return align((((<usize>1) << indexBits(capacity)) + 1) << 1);
}

export function bytesFor(capacity: u32): usize {
  return indexBytes(capacity) + SHORT_BYTES + align(<usize>capacity * WORD);
}

export function carve(base: usize, words: u32): usize {
  capacity = words;
  index = base;
  shift = 32 - indexBits(words);
  carveShort(index + indexBytes(words));
  end = index + indexBytes(words) + SHORT_BYTES;
  for (let at = index; at <= lastRange() + 2; at += 2) store<u16>(at, (end - index) / WORD);
  markers = 0;
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
  return find<void>(address) & 0xff;
}

/** Not by `find`, so that a lookup does not hold registers for its rare path, which would be inlined into a sole caller. */
export function match(address: u32): i32 {
  const range = rangeOf(address);
  const behind = firstBehind<u32, void>(firstOf(range), endOf(range), keyOf<u32>(address << GROUP));
  return findFurther<void>(address, behind) >> 8;
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
  if (part == Part.WORDS) return <u32>(end - index) - <u32>indexBytes(capacity) - SHORT_BYTES;
  return part == Part.LONG ? bytesLong() : 0;
}

function find<Loads>(address: u32): i32 {
  const key = keyOf<u32>(address << GROUP);
  const range = rangeOf(address);
  countLoad<Loads>();
  const from = firstOf(range);
  const behind = firstBehind<u32, Loads>(from, endOf(range), key);
  if (behind > from) {
    countLoad<Loads>();
    const word = load<u32>(behind - WORD);
    if (isAround<u32>(word, key) && setOf<u32>(word) != MARKER) return found(word);
  }
  return findFurther<Loads>(address, behind);
}

/** Where the search in the index's range is not enough: in all of the group before `behind`, and in the other parts. */
function findFurther<Loads>(address: u32, behind: usize): i32 {
  const key = keyOf<u32>(address << GROUP);
  countLoad<Loads>();
  const from = firstOf(rangeOf(address & mask4(GROUP)));
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

/** Place in the index of the address's range. */
function rangeOf(address: u32): usize {
  return index + ((<usize>(address >> shift)) << 1);
}

function lastRange(): usize {
  return rangeOf(0xffff_ffff);
}

function firstOf(range: usize): usize {
  return index + ((<usize>load<u16>(range)) << 2);
}

function endOf(range: usize): usize {
  return index + ((<usize>load<u16>(range, 2)) << 2);
}

/** Place of the word with the same prefix, which starts in the address's range; 0 for none. */
function placeIn(address: u32, word: u32): usize {
  const range = rangeOf(address);
  return placeOf<u32>(firstOf(range), endOf(range), word);
}

function wordsInUse(): u32 {
  return <u32>(end - firstOf(index)) / WORD;
}

function hasRoom(more: u32): bool {
  return wordsInUse() + LONG_WORDS * countLong() + more <= capacity;
}

/** The word must not be there, and there must be room for it. */
function insertWord(address: u32, word: u32): void {
  const range = rangeOf(address);
  const at = firstBehind<u32, void>(firstOf(range), endOf(range), word);
  memory.copy(at + WORD, at, end - at);
  store<u32>(at, word);
  end += WORD;
  countBehind(range, 1);
}

/** The word, whatever its set, must be there. */
function removeWord(address: u32, word: u32): void {
  const at = placeIn(address, word);
  end -= WORD;
  memory.copy(at, at + WORD, end - at);
  countBehind(rangeOf(address), -1);
}

/** One word more or less in this range. */
function countBehind(range: usize, difference: i32): void {
  const last = lastRange();
  for (let at = range; at <= last; at += 2) store<u16>(at, load<u16>(at, 2) + difference, 2);
}
