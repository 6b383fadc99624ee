/** The RIB: prefixes, paths, route sets. */
import { Status } from "../status";
import { NONE, Step } from "../words";

export { definePath, draftPath } from "./path";
export { groupOf } from "./routeset";
export { setSettings } from "./settings";

/** What `explain` found. */
export let step: Step = Step.NONE;
export let best: u32 = NONE;
export let backup: u32 = NONE;
export let paths: u32 = 0;

export function bytesFor(neighbors: u32, pathCount: u32, sets: u32, pathsPerSet: u32): usize {
  return 0;
}

export function carve(base: usize, neighbors: u32, pathCount: u32, sets: u32, pathsPerSet: u32): usize {
  return base;
}

/** The path of `slot` to every prefix of the batch {length u8, address 4 or 16 bytes in network order}, or to none. */
export function announce(slot: u32, family: u32, prefixes: usize, bytes: u32): Status {
  return Status.OK;
}

export function withdraw(neighbor: u32, family: u32, prefixes: usize, bytes: u32): Status {
  return Status.OK;
}

/** Index of the prefix for which the last batch was refused. */
export function offender(): u32 {
  return 0;
}

/** How many routes the last `withdraw` removed. */
export function removed(): u32 {
  return 0;
}

/** Fills `step`, `best`, `backup` and `paths` for a route set. */
export function explain(set: u32): void {}
