/**
 * Prefixes as words that sort as numbers, by address, then length: the word of a prefix is
 *
 *            start of the prefix   length    0   set
 *     u32    19                    5         0   8     bits
 *     u64    48                    6         2   8
 *
 * where the length counts bits of the start. A length one more than that field has bits makes a marker: it stands right
 * behind the prefix of the whole field, is around an address as that is, and says by its set, NO_SET, that longer
 * prefixes are kept elsewhere. That the key of an address has all ones below the start, and that such a length has
 * its upper bit set, makes the comparison below true for a marker without asking for one.
 *
 * A prefix that is around an address starts at or before it, so it stands in the array at or before the last word up to
 * the address. If that word is around the address, then it is the longest: what is around both starts before it. If it
 * is not, what is around the address contains the word's start too, hence is no longer than the bits that the two have
 * in common, and stands at or before the last word up to the address cut to these bits. There the same holds
 * again, with fewer bits in common than before: no more searches than bits of the start, and one.
 *
 * Arrays lie from `from` up to `to`, exclusive. `Loads` is u32 where loads are to be counted, else void.
 */
import { NO_SET } from "../profile";

/** What a lookup finds is the number {length: 24 bits, set: 8 bits}, whose parts for this are -1 and `NO_SET`. */
export const NOTHING: i32 = -1;

export const MARKER: u32 = NO_SET;

/** Loads, each dependent on the one before, since it was last cleared. */
export let loads: u32 = 0;

export function clearLoads(): void {
  loads = 0;
}

export function countLoad<Loads>(): void {
  if (!isVoid<Loads>()) loads++;
}

function bits<T>(): u32 {
  return (<u32>sizeof<T>()) << 3;
}

function lengthAt<T>(): T {
  return <T>(sizeof<T>() == 4 ? 8 : 10);
}

/** All bits below the start. */
function lowerBits<T>(): T {
  return <T>(sizeof<T>() == 4 ? 0x1fff : 0xffff);
}

/** `start` has zeros behind the prefix. */
export function wordOf<T>(start: T, length: u32, set: u32): T {
  return start | ((<T>length) << lengthAt<T>()) | <T>set;
}

export function lengthOf<T>(word: T): u32 {
  return <u32>((word & lowerBits<T>()) >> lengthAt<T>());
}

export function setOf<T>(word: T): u32 {
  return <u32>word & 0xff;
}

/** Sorts behind all words that start at or before the address, whose bits lie where those of a start do. */
export function keyOf<T>(address: T): T {
  return address | lowerBits<T>();
}

export function isAround<T>(word: T, key: T): bool {
  return ((word ^ key) >> 1) >> <T>(bits<T>() - 1 - lengthOf<T>(word)) == 0;
}

/** Place of the first word beyond the key, `to` for none. */
export function firstBehind<T, Loads>(from: usize, to: usize, key: T): usize {
  while (from < to) {
    const middle = ((from + to) >> (alignof<T>() + 1)) << alignof<T>();
    countLoad<Loads>();
    if (load<T>(middle) <= key) from = middle + sizeof<T>();
    else to = middle;
  }
  return from;
}

/** Place of the last word around the key's address; 0 for none. No word of the array is beyond the key. */
export function lastAround<T, Loads>(from: usize, to: usize, key: T): usize {
  while (from < to) {
    to -= sizeof<T>();
    countLoad<Loads>();
    const word = load<T>(to);
    if (isAround<T>(word, key)) return to;
    const common = clz<T>(word ^ key);
    const cut = key & ~(<T>-1 >> common);
    to = firstBehind<T, Loads>(from, to, wordOf<T>(cut, <u32>common, 0xff));
  }
  return 0;
}

/** Place of the word with the same prefix, 0 for none. */
export function placeOf<T>(from: usize, to: usize, word: T): usize {
  const at = firstBehind<T, void>(from, to, word | <T>0xff) - sizeof<T>();
  return at >= from && (load<T>(at) ^ word) >> 8 == 0 ? at : 0;
}
