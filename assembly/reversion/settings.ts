/** How each neighbor is let back, where there is memory for that. */
import { align } from "../memory";
import { Damping } from "./merit";

@unmanaged
export class Reversion extends Damping {
  /** How long it must have stayed up, in microseconds. */
  waitToRestore: u32;
}

const SIZE: usize = 20;

let table: usize = 0;
let capacity: u32 = 0;

export function bytesFor(neighbors: u32): usize {
  return align(<usize>neighbors * SIZE);
}

export function carve(base: usize, neighbors: u32): usize {
  table = base;
  capacity = neighbors;
  memory.fill(base, 0, bytesFor(neighbors));
  return base + bytesFor(neighbors);
}

/** Whether neighbors can be held back. */
export function hasReversion(): bool {
  return capacity != 0;
}

/** The settings of a neighbor, where `hasReversion`. */
export function reversionOf(neighbor: u32): Reversion {
  return changetype<Reversion>(table + <usize>neighbor * SIZE);
}
