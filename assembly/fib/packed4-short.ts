/**
 * The IPv4 prefixes of length 0 to 4, of which there are 31 at most: the set of each, u8, as a binary tree in heap order
 * (the prefix of length n with the upper bits p at 2^n + p), `NO_SET` where there is none.
 */
import { NO_SET } from "../profile";
import { countLoad, NOTHING } from "./packed-words";

export const SHORT: u32 = 4;
export const SHORT_BYTES: u32 = (1 << (SHORT + 1)) as u32;

let sets: usize = 0;

export function carveShort(base: usize): void {
  sets = base;
  memory.fill(sets, <u8>NO_SET, SHORT_BYTES);
}

export function getShort(address: u32, length: u32): u32 {
  return load<u8>(placeOf(address, length));
}

export function putShort(address: u32, length: u32, set: u32): void {
  store<u8>(placeOf(address, length), set);
}

export function findShort<Loads>(address: u32): i32 {
  let at = (1 << SHORT) | (address >> (32 - SHORT));
  for (let length: i32 = SHORT; length >= 0; length--, at >>= 1) {
    countLoad<Loads>();
    const set: i32 = load<u8>(sets + at);
    if (set != NO_SET) return (length << 8) | set;
  }
  return NOTHING;
}

export function countShort(): u32 {
  let count: u32 = 0;
  for (let at: u32 = 1; at < SHORT_BYTES; at++) if (load<u8>(sets + at) != NO_SET) count++;
  return count;
}

function placeOf(address: u32, length: u32): usize {
  return sets + ((1 << length) | ((address >> 1) >> (31 - length)));
}
