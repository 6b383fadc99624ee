/**
 * The sorted array of packed4.ts, and where in it a search begins. A word leaves out the upper five bits of its address;
 * those are the number of the group, a /5, in which it stands.
 *
 * An index makes searches short: of ranges of addresses, each a part of a group and all of one size, it has the places where
 * their words begin. There are as many ranges as the pool affords. They lie over the table from its first word to its
 * last, as finely as that allows, so that the table of a region is searched as fast as one of the whole internet. They
 * move when a word comes that lies outside, which takes one pass over the words and cannot fail, and stay when one goes:
 * where they lie depends on what came before, and makes lookups fast or less fast, but never wrong. Where they would be
 * wider than groups, the groups are the ranges.
 *
 *     pool:   groups, u16 each, 32 + 1 | ranges, u16 each, 2^bits + 1 | other's bytes | words ->
 *
 * Places are counted from the pool's beginning, in words.
 */
import { align } from "../memory";
import { firstBehind, placeOf } from "./packed-words";

export const WORD: u32 = 4;
/** Bits of an address that words leave out. */
export const GROUP: u32 = 5;
const GROUPS: u32 = (1 << GROUP) as u32;
/** The groups', and the end of the last. */
const GROUP_BYTES: u32 = (GROUPS + 1) << 1;
/** Bits of an address within a range: no range is smaller than a /24, none larger than a group. */
const FINEST: u32 = 8;
const WIDEST: u32 = 32 - GROUP;

let pool: usize = 0;
let first: usize = 0;
let end: usize = 0;
/** Range `(address >> shift) - lowest` is one of these where it is less than `ranges`. */
let index: usize = 0;
let shift: u32 = 0;
let lowest: u32 = 0;
let ranges: u32 = 0;

/** As many as groups, ranges and the sets of short prefixes take a sixth of a byte for each word. */
function rangesFor(capacity: u32): u32 {
  let count: u32 = 4;
  while (<u32>6 * ((count << 2) + 110) <= capacity) count <<= 1;
  return count;
}

export function indexBytes(capacity: u32): usize {
  return align(GROUP_BYTES + ((rangesFor(capacity) + 1) << 1));
}

/** The array begins `between` bytes behind the index at `base`. */
export function carveWords(base: usize, capacity: u32, between: u32): void {
  pool = base;
  index = base + GROUP_BYTES;
  ranges = rangesFor(capacity);
  const last = index + (ranges << 1);
  first = base + indexBytes(capacity) + between;
  end = first;
  shift = FINEST;
  lowest = 0;
  for (let at = pool; at <= last; at += 2) putPlace(at, first);
}

export function wordsInUse(): u32 {
  return <u32>(end - first) / WORD;
}

/** Place of the first word of the address's group. */
export function groupStart(address: u32): usize {
  return placeAt(groupOf(address));
}

export function groupEnd(address: u32): usize {
  return placeAt(groupOf(address) + 2);
}

/** In the index, of the address's range; 0 where it has none. */
export function rangeOf(address: u32): usize {
  const range = (address >> shift) - lowest;
  return range < ranges ? index + (range << 1) : 0;
}

/** The place that is kept there. */
export function placeAt(at: usize): usize {
  return pool + ((<usize>load<u16>(at)) << 2);
}

/** Place of the word with the same prefix; 0 for none. */
export function placeIn(address: u32, word: u32): usize {
  return placeOf<u32>(groupStart(address), groupEnd(address), word);
}

/** The word must not be there, and there must be room for it. */
export function insertWord(address: u32, word: u32): void {
  if (rangeOf(address) == 0) moveRanges(address);
  const at = firstBehind<u32, void>(groupStart(address), groupEnd(address), word);
  memory.copy(at + WORD, at, end - at);
  store<u32>(at, word);
  end += WORD;
  countBehind(address, 1);
}

/** The word, whatever its set, must be there. */
export function removeWord(address: u32, word: u32): void {
  const at = placeIn(address, word);
  end -= WORD;
  memory.copy(at, at + WORD, end - at);
  countBehind(address, -1);
}

/** One word more or less at the address. */
function countBehind(address: u32, difference: i32): void {
  for (let at = groupOf(address) + 2; at < pool + GROUP_BYTES; at += 2) addTo(at, difference);
  if (index == pool) return;
  for (let at = rangeOf(address) + 2; at <= index + (ranges << 1); at += 2) addTo(at, difference);
}

/** Lays the ranges so that the address is in one. Those left over are on its side: there the table grows. */
function moveRanges(address: u32): void {
  const from = end == first ? address : min(address, firstAddress());
  const to = end == first ? address : max(address, lastAddress());
  shift = FINEST;
  while ((to >> shift) - (from >> shift) >= ranges) shift++;
  if (shift > WIDEST) {
    index = pool;
    shift = WIDEST;
    lowest = 0;
    ranges = GROUPS;
    return;
  }
  const highest = to >> shift;
  lowest = address == to ? from >> shift : highest - min(highest, ranges - 1);

  let at = index;
  for (let group: u32 = 0; group < GROUPS; group++) {
    const start = group << WIDEST;
    for (let place = groupStart(start); place < groupEnd(start); place += WORD) {
      const range = rangeOf(start | addressBits(place));
      for (; at <= range; at += 2) putPlace(at, place);
    }
  }
  for (; at <= index + (ranges << 1); at += 2) putPlace(at, end);
}

/** Address of the first of the words, of which there must be one. */
function firstAddress(): u32 {
  let start: u32 = 0;
  while (groupEnd(start) == first) start += 1 << WIDEST;
  return start | addressBits(first);
}

function lastAddress(): u32 {
  let start: u32 = ~0 << WIDEST;
  while (groupStart(start) == end) start -= 1 << WIDEST;
  return start | addressBits(end - WORD);
}

/** What the word at a place says of its address. */
function addressBits(place: usize): u32 {
  return (load<u32>(place) >> (GROUP + FINEST)) << FINEST;
}

/** In the index, of the address's group. */
function groupOf(address: u32): usize {
  return pool + ((address >> WIDEST) << 1);
}

function putPlace(at: usize, place: usize): void {
  store<u16>(at, (place - pool) >> 2);
}

function addTo(at: usize, difference: i32): void {
  store<u16>(at, load<u16>(at) + difference);
}
