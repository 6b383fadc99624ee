import type { Family } from "../tables/address.js";

/** Longest prefix of each family that takes one unit of room, and what a longer one can take, on any target. */
const rooms = { 4: { longest: 24, beyond: 3 }, 6: { longest: 48, beyond: 4 } };

/** Enough for `prefixes4` or `prefixes6` of CONFIGURE, whatever the profile, for prefixes of these lengths. */
export function roomFor(family: Family, lengths: Iterable<number>): number {
  const { longest, beyond } = rooms[family];
  let room = 0;
  for (const length of lengths) room += length > longest ? beyond : 1;
  return room;
}
