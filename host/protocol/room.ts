import type { Family } from "../tables/address.js";
import type { Request } from "./messages.js";

/** The least that CONFIGURE takes: room for nothing. What a router is to have room for is stated beside it. */
export const noRoom: Request<"CONFIGURE"> = {
  ports: 0,
  neighbors: 0,
  paths: 0,
  sets: 0,
  pathsPerSet: 1,
  buckets: 1,
  bucketAges: 0,
  distances: 0,
  flows: 0,
  prefixes4: 0,
  prefixes6: 0,
  streams: 0,
  events: 0,
  records: 0,
  bfdSessions: 0,
  reversion: 0,
  histories: 0,
};

/** Longest prefix of each family that takes one unit of room, and what a longer one can take, on any target. */
const rooms = { 4: { longest: 24, beyond: 3 }, 6: { longest: 48, beyond: 4 } };

/** Enough for `prefixes4` or `prefixes6` of CONFIGURE, whatever the profile, for prefixes of these lengths. */
export function roomFor(family: Family, lengths: Iterable<number>): number {
  const { longest, beyond } = rooms[family];
  let room = 0;
  for (const length of lengths) room += length > longest ? beyond : 1;
  return room;
}
