/**
 * IPv6 lookups in groups, level by level: first all leaves of one level, then all of the next. A group is large enough
 * that many lookups wait for memory at once. A lookup that has arrived keeps its leaf, whatever is read on its behalf
 * beyond it, so that nothing branches on where a prefix ends.
 */
import { MCU } from "../profile";
import { leafAt } from "./page";
import { direct, LAST_LEAF, lookup, outer } from "./paged6";

const GROUP: u32 = 128;

/** The leaf of each lookup of the group, u32. Static memory is laid out in both profiles, used or not. */
const LEAVES: usize = memory.data(MCU ? 8 : 512, 8);

/** `count` is a multiple of 4. */
export function lookupBatch(addresses: usize, sets: usize, count: u32): void {
  if (outer.shift == 0) batch<u8>(addresses, sets, count);
  else batch<u16>(addresses, sets, count);
}

/** T is the type of an outer page's leaf. */
function batch<T>(addresses: usize, sets: usize, count: u32): void {
  while (count > 0) {
    const size = min(count, GROUP);
    const end = LEAVES + (size << 2);
    // The upper half of an address lies with its last byte first: bits 0-15 at 6, 16-23 at 5, 40-47 at 2.
    if (startGroup(end, addresses) > LAST_LEAF && advance(end, addresses + 4) > LAST_LEAF)
      advance(end, addresses + 3);
    finishGroup<T>(end, addresses, sets);
    addresses += size << 4;
    sets += size << 1;
    count -= size;
  }
}

/** From the direct table through the flat pages. Gives what tells whether any lookup has not arrived, as `advance` does. */
function startGroup(end: usize, addresses: usize): u32 {
  const table = direct;
  let any: u32 = 0;
  for (let at = LEAVES; at < end; at += 16, addresses += 64) {
    const leaf0 = flatLeaf(table, addresses);
    const leaf1 = flatLeaf(table, addresses + 16);
    const leaf2 = flatLeaf(table, addresses + 32);
    const leaf3 = flatLeaf(table, addresses + 48);
    store<u32>(at, leaf0);
    store<u32>(at, leaf1, 4);
    store<u32>(at, leaf2, 8);
    store<u32>(at, leaf3, 12);
    any |= leaf0 | leaf1 | (leaf2 | leaf3);
  }
  return any;
}

function flatLeaf(direct: usize, address: usize): u32 {
  const leaf = load<u32>(direct + ((<usize>load<u16>(address, 6)) << 2));
  return further(leaf, load<u32>(leaf + ((<u32>load<u8>(address, 5)) << 2)));
}

/** Through the inner pages of one level; `slots` is where the slot in them is read for the first address. */
function advance(end: usize, slots: usize): u32 {
  let any: u32 = 0;
  for (let at = LEAVES; at < end; at += 16, slots += 64) {
    const leaf0 = innerLeaf(load<u32>(at), load<u8>(slots));
    const leaf1 = innerLeaf(load<u32>(at, 4), load<u8>(slots, 16));
    const leaf2 = innerLeaf(load<u32>(at, 8), load<u8>(slots, 32));
    const leaf3 = innerLeaf(load<u32>(at, 12), load<u8>(slots, 48));
    store<u32>(at, leaf0);
    store<u32>(at, leaf1, 4);
    store<u32>(at, leaf2, 8);
    store<u32>(at, leaf3, 12);
    any |= leaf0 | leaf1 | (leaf2 | leaf3);
  }
  return any;
}

function innerLeaf(leaf: u32, slot: u32): u32 {
  return further(leaf, leafAt<u32>(leaf, slot));
}

/** `next` if the lookup has not arrived at `leaf`; an arrived one has read something senseless below the first page. */
function further(leaf: u32, next: u32): u32 {
  return leaf > LAST_LEAF ? next : leaf;
}

/** Through the outer pages. */
function finishGroup<T>(end: usize, addresses: usize, sets: usize): void {
  for (let at = LEAVES; at < end; at += 16, addresses += 64, sets += 8) {
    const leaf0 = outerLeaf<T>(load<u32>(at), addresses);
    const leaf1 = outerLeaf<T>(load<u32>(at, 4), addresses + 16);
    const leaf2 = outerLeaf<T>(load<u32>(at, 8), addresses + 32);
    const leaf3 = outerLeaf<T>(load<u32>(at, 12), addresses + 48);
    // An escape has all bits of T set: only there does adding one carry.
    if (((leaf0 + 1) | (leaf1 + 1) | ((leaf2 + 1) | (leaf3 + 1))) >> (8 * sizeof<T>())) {
      for (let i: usize = 0; i < 4; i++) {
        const address = addresses + (i << 4);
        store<u16>(sets + (i << 1), lookup(load<u64>(address), load<u64>(address, 8)));
      }
      continue;
    }
    store<u16>(sets, leaf0 - 1);
    store<u16>(sets, leaf1 - 1, 2);
    store<u16>(sets, leaf2 - 1, 4);
    store<u16>(sets, leaf3 - 1, 6);
  }
}

function outerLeaf<T>(leaf: u32, address: usize): u32 {
  return further(leaf, leafAt<T>(leaf, load<u8>(address, 2)));
}
