/** Ports, neighbors and next-hop groups: what the packet path needs to send a packet on. */
import * as group from "./group";
import * as neighbor from "./neighbor";
import * as port from "./port";

/** As many groups as route sets (`group.ts` says why that is enough), each with as many members as a set has paths. */
export function bytesFor(
  ports: u32,
  neighbors: u32,
  sets: u32,
  pathsPerSet: u32,
  buckets: u32,
  bucketAges: bool,
): usize {
  return (
    port.bytesFor(ports) +
    neighbor.bytesFor(neighbors) +
    group.bytesFor(neighbors, sets, pathsPerSet, buckets, bucketAges)
  );
}

export function carve(
  base: usize,
  ports: u32,
  neighbors: u32,
  sets: u32,
  pathsPerSet: u32,
  buckets: u32,
  bucketAges: bool,
): usize {
  let at = port.carve(base, ports);
  at = neighbor.carve(at, neighbors);
  return group.carve(at, neighbors, sets, pathsPerSet, buckets, bucketAges);
}
