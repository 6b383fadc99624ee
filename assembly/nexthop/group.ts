/** Next-hop groups. */
import { NONE } from "../words";

export function resolve(group: u32, hash: u32): u32 {
  return NONE;
}

export function repair(neighbor: u32): u32 {
  return 0;
}

export function memberCount(group: u32): u32 {
  return 0;
}

export function memberNeighbor(group: u32, index: u32): u32 {
  return NONE;
}

export function memberWeight(group: u32, index: u32): u32 {
  return 0;
}

export function backupOf(group: u32): u32 {
  return NONE;
}
