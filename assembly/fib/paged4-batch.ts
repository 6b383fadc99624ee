/**
 * Eight IPv4 lookups at a time: first all eight pages, then all eight places in them, then all eight leaves. No lookup
 * waits for another's memory, and nothing branches but for escapes, which are rare.
 */
import { BASE, PAGE_BYTES, rank } from "./page";
import { direct, leaves, lookup, pages } from "./paged4";

/** `count` is a multiple of 8. */
export function lookupBatch(addresses: usize, sets: usize, count: u32): void {
  if (leaves.shift == 0) batch<u8>(addresses, sets, count);
  else batch<u16>(addresses, sets, count);
}

function pageOf(table: usize, base: usize, address: u32): usize {
  return base + <usize>load<u16>(table + ((address >> 16) << 1)) * PAGE_BYTES;
}

function leafIndex(page: usize, address: u32): u32 {
  return load<u32>(page, BASE) + rank(page, (address >> 8) & 0xff);
}

/** T is the type of a leaf. */
function batch<T>(addresses: usize, sets: usize, count: u32): void {
  const table = direct;
  const base = pages.base;
  const first = leaves.base;
  const shift: u32 = sizeof<T>() >> 1;
  for (const end = addresses + (count << 2); addresses < end; addresses += 32, sets += 16) {
    const address0 = load<u32>(addresses);
    const address1 = load<u32>(addresses, 4);
    const address2 = load<u32>(addresses, 8);
    const address3 = load<u32>(addresses, 12);
    const address4 = load<u32>(addresses, 16);
    const address5 = load<u32>(addresses, 20);
    const address6 = load<u32>(addresses, 24);
    const address7 = load<u32>(addresses, 28);

    const page0 = pageOf(table, base, address0);
    const page1 = pageOf(table, base, address1);
    const page2 = pageOf(table, base, address2);
    const page3 = pageOf(table, base, address3);
    const page4 = pageOf(table, base, address4);
    const page5 = pageOf(table, base, address5);
    const page6 = pageOf(table, base, address6);
    const page7 = pageOf(table, base, address7);

    const index0 = leafIndex(page0, address0);
    const index1 = leafIndex(page1, address1);
    const index2 = leafIndex(page2, address2);
    const index3 = leafIndex(page3, address3);
    const index4 = leafIndex(page4, address4);
    const index5 = leafIndex(page5, address5);
    const index6 = leafIndex(page6, address6);
    const index7 = leafIndex(page7, address7);

    const leaf0 = <u32>load<T>(first + (index0 << shift));
    const leaf1 = <u32>load<T>(first + (index1 << shift));
    const leaf2 = <u32>load<T>(first + (index2 << shift));
    const leaf3 = <u32>load<T>(first + (index3 << shift));
    const leaf4 = <u32>load<T>(first + (index4 << shift));
    const leaf5 = <u32>load<T>(first + (index5 << shift));
    const leaf6 = <u32>load<T>(first + (index6 << shift));
    const leaf7 = <u32>load<T>(first + (index7 << shift));

    // An escape has all bits of T set: only there does adding one carry.
    const low = (leaf0 + 1) | (leaf1 + 1) | ((leaf2 + 1) | (leaf3 + 1));
    const high = (leaf4 + 1) | (leaf5 + 1) | ((leaf6 + 1) | (leaf7 + 1));
    if ((low | high) >> (8 * sizeof<T>())) {
      for (let at: usize = 0; at < 8; at++)
        store<u16>(sets + (at << 1), lookup(load<u32>(addresses + (at << 2))));
      continue;
    }
    store<u16>(sets, leaf0 - 1);
    store<u16>(sets, leaf1 - 1, 2);
    store<u16>(sets, leaf2 - 1, 4);
    store<u16>(sets, leaf3 - 1, 6);
    store<u16>(sets, leaf4 - 1, 8);
    store<u16>(sets, leaf5 - 1, 10);
    store<u16>(sets, leaf6 - 1, 12);
    store<u16>(sets, leaf7 - 1, 14);
  }
}
