/** Where linear memory goes: the core's static buffers, and the pools that CONFIGURE carves, asked of the core itself. */
import type { Request } from "../../host/protocol/messages.js";
import { Router } from "../../host/router/router.js";

export interface LinearMemory {
  bytes: number;
  /** Buffers that are there however the router is configured. */
  fixed: number;
  /** What is left for pools. */
  pools: number;
  /** Bytes of one more of each; of a route set with 4 paths and 64 buckets. */
  each: { [C in Capacity]: number };
}

/** One of each of what a router can have, and the rooms of `assembly/` that keep something of it. */
export const capacities = {
  ports: "nexthop",
  neighbors: "nexthop, rib, probe",
  paths: "rib",
  sets: "rib, nexthop",
  flows: "flow",
  prefixes4: "fib",
  prefixes6: "fib",
  streams: "probe",
  events: "probe",
  records: "probe",
  bfdSessions: "liveness",
  histories: "reversion",
} as const;
export type Capacity = keyof typeof capacities;

const least: Request<"CONFIGURE"> = {
  ports: 1,
  neighbors: 1,
  paths: 1,
  sets: 1,
  pathsPerSet: 4,
  buckets: 64,
  bucketAges: 0,
  distances: 0,
  flows: 0,
  prefixes4: 1,
  prefixes6: 1,
  streams: 1,
  events: 1,
  records: 1,
  bfdSessions: 1,
  reversion: 0,
  histories: 0,
};

/** So many more that roundings do not show. */
const MORE = 64;

/** Of a board with `bytes` of linear memory. */
export async function linearMemory(module: Uint8Array, bytes: number): Promise<LinearMemory> {
  const router = await Router.of(module);
  const used = (more: Partial<typeof least>) => router.call("CONFIGURE", { ...least, ...more });
  const base = used({});
  const fixed = router.exports.memory.buffer.byteLength - base.bytesUsed - base.bytesFree;
  const names = Object.keys(capacities) as Capacity[];
  const each = names.map(name => {
    const { bytesUsed } = used({ [name]: least[name] + MORE });
    return [name, (bytesUsed - base.bytesUsed) / MORE];
  });
  return { bytes, fixed, pools: bytes - fixed, each: Object.fromEntries(each) };
}
