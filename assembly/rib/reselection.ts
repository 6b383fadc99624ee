/** Re-selection: per route set, never per prefix. Only sets with a path of a neighbor concerned are looked at. */
import { neighbor, neighborCount } from "../nexthop/neighbor";
import { dismissIncumbent, setsVia, setWords } from "./routeset";
import { reselect } from "./selection";

/** Re-selects after the state of one neighbor has changed. Gives the number of sets. */
export function reselectVia(neighbor: u32): u32 {
  let sets: u32 = 0;
  for (let i: u32 = 0; i < setWords(); i++) sets += reselectWord(i, setsVia(neighbor, i));
  return sets;
}

/** Re-selects after the state of a port, and so of all neighbors behind it, has changed. */
export function reselectBehind(port: u32): u32 {
  let sets: u32 = 0;
  for (let i: u32 = 0; i < setWords(); i++) {
    let bits: u32 = 0;
    for (let n: u32 = 0; n < neighborCount(); n++) {
      if (neighbor(n).port == <u8>port) bits |= setsVia(n, i);
    }
    sets += reselectWord(i, bits);
  }
  return sets;
}

/** Re-selects all sets, after the settings have changed. */
export function reselectAll(): u32 {
  let sets: u32 = 0;
  for (let i: u32 = 0; i < setWords(); i++) {
    let bits: u32 = 0;
    for (let n: u32 = 0; n < neighborCount(); n++) bits |= setsVia(n, i);
    sets += reselectWord(i, bits);
  }
  return sets;
}

/** To be called before re-selecting where not only states but ranks have changed: nobody's arrival counts any more. */
export function dismissVia(neighbor: u32): void {
  for (let i: u32 = 0; i < setWords(); i++) dismissWord(i, setsVia(neighbor, i));
}

export function dismissAll(): void {
  for (let n: u32 = 0; n < neighborCount(); n++) dismissVia(n);
}

function reselectWord(index: u32, bits: u32): u32 {
  let sets: u32 = 0;
  for (; bits != 0; bits &= bits - 1) {
    reselect((index << 5) + ctz(bits));
    sets++;
  }
  return sets;
}

function dismissWord(index: u32, bits: u32): void {
  for (; bits != 0; bits &= bits - 1) dismissIncumbent((index << 5) + ctz(bits));
}
