/**
 * Eight IPv6 lookups at a time, level by level: all eight pages, then all eight leaves. A lookup that has arrived goes
 * along to page 0 and keeps its leaf, so that nothing branches on where a prefix ends.
 */
import { BASE, PAGE_BYTES, rank } from "./page";
import { CHILD, direct, escaped, leaves, pages } from "./paged6";
import { ESCAPE, setOf } from "./leaves";

function firstLeaf(table: usize, high: u64): u32 {
  return load<u32>(table + ((<u32>(high >> 48)) << 2));
}

function leafIndex(base: usize, leaf: u32, high: u64, shift: u64): u32 {
  const number = leaf & CHILD ? leaf & ~CHILD : 0;
  const page = base + <usize>(number * PAGE_BYTES);
  return load<u32>(page, BASE) + rank(page, <u32>(high >> shift) & 0xff);
}

function nextLeaf(first: usize, leaf: u32, index: u32): u32 {
  const next = load<u32>(first + (index << 2));
  return leaf & CHILD ? next : leaf;
}

function setFor(leaf: u32, address: usize): u32 {
  return leaf != ESCAPE ? setOf(leaf) : escaped(load<u64>(address), load<u64>(address, 8));
}

/** `count` is a multiple of 8. */
export function lookupBatch(addresses: usize, sets: usize, count: u32): void {
  const table = direct;
  const base = pages.base;
  const first = leaves.base;
  for (const end = addresses + (count << 4); addresses < end; addresses += 128, sets += 16) {
    const high0 = load<u64>(addresses);
    const high1 = load<u64>(addresses, 16);
    const high2 = load<u64>(addresses, 32);
    const high3 = load<u64>(addresses, 48);
    const high4 = load<u64>(addresses, 64);
    const high5 = load<u64>(addresses, 80);
    const high6 = load<u64>(addresses, 96);
    const high7 = load<u64>(addresses, 112);

    let leaf0 = firstLeaf(table, high0);
    let leaf1 = firstLeaf(table, high1);
    let leaf2 = firstLeaf(table, high2);
    let leaf3 = firstLeaf(table, high3);
    let leaf4 = firstLeaf(table, high4);
    let leaf5 = firstLeaf(table, high5);
    let leaf6 = firstLeaf(table, high6);
    let leaf7 = firstLeaf(table, high7);

    for (let shift: u64 = 40; shift >= 16; shift -= 8) {
      if (((leaf0 | leaf1 | leaf2 | leaf3 | leaf4 | leaf5 | leaf6 | leaf7) & CHILD) == 0) break;
      const index0 = leafIndex(base, leaf0, high0, shift);
      const index1 = leafIndex(base, leaf1, high1, shift);
      const index2 = leafIndex(base, leaf2, high2, shift);
      const index3 = leafIndex(base, leaf3, high3, shift);
      const index4 = leafIndex(base, leaf4, high4, shift);
      const index5 = leafIndex(base, leaf5, high5, shift);
      const index6 = leafIndex(base, leaf6, high6, shift);
      const index7 = leafIndex(base, leaf7, high7, shift);
      leaf0 = nextLeaf(first, leaf0, index0);
      leaf1 = nextLeaf(first, leaf1, index1);
      leaf2 = nextLeaf(first, leaf2, index2);
      leaf3 = nextLeaf(first, leaf3, index3);
      leaf4 = nextLeaf(first, leaf4, index4);
      leaf5 = nextLeaf(first, leaf5, index5);
      leaf6 = nextLeaf(first, leaf6, index6);
      leaf7 = nextLeaf(first, leaf7, index7);
    }

    store<u16>(sets, setFor(leaf0, addresses));
    store<u16>(sets, setFor(leaf1, addresses + 16), 2);
    store<u16>(sets, setFor(leaf2, addresses + 32), 4);
    store<u16>(sets, setFor(leaf3, addresses + 48), 6);
    store<u16>(sets, setFor(leaf4, addresses + 64), 8);
    store<u16>(sets, setFor(leaf5, addresses + 80), 10);
    store<u16>(sets, setFor(leaf6, addresses + 96), 12);
    store<u16>(sets, setFor(leaf7, addresses + 112), 14);
  }
}
