/** Ports, neighbors and next-hop groups: what the packet path needs to send a packet on. */
import * as neighbors from "./neighbor";
import * as ports from "./port";

/** As many groups as route sets, so that a re-selection never lacks one. */
export function bytesFor(portCount: u32, neighborCount: u32, sets: u32, pathsPerSet: u32, buckets: u32): usize {
  return ports.bytesFor(portCount) + neighbors.bytesFor(neighborCount);
}

export function carve(
  base: usize,
  portCount: u32,
  neighborCount: u32,
  sets: u32,
  pathsPerSet: u32,
  buckets: u32,
): usize {
  let at = ports.carve(base, portCount);
  at = neighbors.carve(at, neighborCount);
  return at;
}
