/** Neighbors: adjacent routers or sites, numbered from 0, each reached through a port. */
import { align } from "../memory";
import { isPort, port } from "./port";

/** Bits of a neighbor's `flags`. */
export const enum NeighborFlag {
  /** It came back, and its paths are a last resort for a while yet (`reversion`). */
  HELD_BACK = 1,
  /** It cannot ask to be left (RFC 8326). */
  IGNORE_SHUTDOWN = 2,
}

@unmanaged
export class Neighbor {
  /** Device time in microseconds at which its last keep-alive came; kept by `liveness`. */
  lastHeard: u64;
  /** An IPv4 address stands in the upper 32 bits, the rest is zero. */
  addressHigh: u64;
  addressLow: u64;
  asn: u32;
  routerId: u32;
  /** Of the link to it: cost, and latency in microseconds. */
  cost: u32;
  latency: u32;
  /** Silence after which it is down, in microseconds; 0 for never. */
  holdTime: u32;
  port: u8;
  up: u8;
  defined: u8;
  /** Bits of `NeighborFlag`. */
  flags: u8;
}

const NEIGHBOR_BYTES: usize = 48;

let table: usize = 0;
let capacity: u32 = 0;

export function bytesFor(neighbors: u32): usize {
  return align(<usize>neighbors * NEIGHBOR_BYTES);
}

export function carve(base: usize, neighbors: u32): usize {
  table = base;
  capacity = neighbors;
  memory.fill(base, 0, bytesFor(neighbors));
  return base + bytesFor(neighbors);
}

/** How many neighbors there is room for. */
export function neighborCount(): u32 {
  return capacity;
}

/** Whether `number` was defined. */
export function isNeighbor(number: u32): bool {
  return number < capacity && neighbor(number).defined != 0;
}

/** The neighbor `number`, which must lie below `neighborCount`. */
export function neighbor(number: u32): Neighbor {
  return changetype<Neighbor>(table + <usize>number * NEIGHBOR_BYTES);
}

/** Whether its paths are a last resort for now. */
export function isHeldBack(number: u32): bool {
  return (neighbor(number).flags & NeighborFlag.HELD_BACK) != 0;
}

/** Whether a path of it with the community of RFC 8326 is one like any other. */
export function ignoresShutdown(number: u32): bool {
  return (neighbor(number).flags & NeighborFlag.IGNORE_SHUTDOWN) != 0;
}

export function ignoreShutdown(number: u32, ignored: bool): void {
  const it = neighbor(number);
  it.flags = <u8>(
    (ignored ? it.flags | NeighborFlag.IGNORE_SHUTDOWN : it.flags & ~NeighborFlag.IGNORE_SHUTDOWN)
  );
}

/** Whether packets can be sent to it: defined, up, and through a port that is up. */
export function usable(number: u32): bool {
  if (!isNeighbor(number)) return false;
  const it = neighbor(number);
  return it.up != 0 && isPort(it.port) && port(it.port).up != 0;
}
