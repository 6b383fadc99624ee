/**
 * Distances from each neighbor to the others and back here, in the metric in use, as a link-state protocol knows them: with
 * these it can be told where a neighbor's packets would go (`backup.ts`). The host tells them; 0 is one that it has not told.
 */
import { align } from "../memory";
import { neighborCount } from "../nexthop/neighbor";

/** A row of u32 for each neighbor: its distance to each, and in place of that to itself the one to this router. 0: none are kept. */
let table: usize = 0;

export function bytesFor(neighbors: u32): usize {
  return align((<usize>(neighbors * neighbors)) << 2);
}

/** For all neighbors that there is room for, or for none. */
export function carve(base: usize, areKept: bool): usize {
  table = areKept ? base : 0;
  forgetDistances();
  return areKept ? base + bytesFor(neighborCount()) : base;
}

export function areKept(): bool {
  return table != 0;
}

/** For when another metric comes into use. */
export function forgetDistances(): void {
  if (areKept()) memory.fill(table, 0, bytesFor(neighborCount()));
}

/** From a neighbor to another, or with `to` the same to this router. */
export function distance(from: u32, to: u32): u32 {
  return areKept() ? load<u32>(placeOf(from, to)) : 0;
}

export function storeDistance(from: u32, to: u32, distance: u32): void {
  store<u32>(placeOf(from, to), distance);
}

function placeOf(from: u32, to: u32): usize {
  return table + ((<usize>(from * neighborCount() + to)) << 2);
}
