/** Many IPv4 lookups with one call: one after the other, or eight at a time. */
import { escapeOf, setOf } from "./leaf";
import { HEADER_BYTES, leafAt, rank } from "./page";
import { direct, escaped, lookup, pages } from "./paged4";

export function lookupEach(addresses: usize, sets: usize, count: u32): void {
  if (pages.shift == 0) each<u8>(addresses, sets, count);
  else each<u16>(addresses, sets, count);
}

/** `count` is a multiple of 8. */
export function lookupBatch(addresses: usize, sets: usize, count: u32): void {
  if (pages.shift == 0) batch<u8>(addresses, sets, count);
  else batch<u16>(addresses, sets, count);
}

function pageOf(table: usize, address: u32): usize {
  return load<u32>(table + ((address >> 16) << 2));
}

/** T is the type of a leaf. */
function each<T>(addresses: usize, sets: usize, count: u32): void {
  const table = direct;
  for (const end = addresses + (count << 2); addresses < end; addresses += 4, sets += 2)
    store<u16>(sets, setFor<T>(load<u32>(addresses), table));
}

function setFor<T>(address: u32, table: usize): u32 {
  const leaf = leafAt<T>(pageOf(table, address), (address >> 8) & 0xff);
  return leaf != escapeOf(alignof<T>()) ? setOf(leaf) : escaped(address);
}

/** Where the leaf of an address is, but for the constant that its load adds. */
function leafPlace<T>(page: usize, address: u32): usize {
  return page + (rank(page, (address >> 8) & 0xff) << alignof<T>());
}

/**
 * First all eight pages, then all eight places in them, then all eight leaves: no lookup waits for another's memory, and
 * nothing branches but for escapes, which are rare. The leaves come together in a vector.
 */
function batch<T>(addresses: usize, sets: usize, count: u32): void {
  const table = direct;
  for (const end = addresses + (count << 2); addresses < end; addresses += 32, sets += 16) {
    const address0 = load<u32>(addresses);
    const address1 = load<u32>(addresses, 4);
    const address2 = load<u32>(addresses, 8);
    const address3 = load<u32>(addresses, 12);
    const address4 = load<u32>(addresses, 16);
    const address5 = load<u32>(addresses, 20);
    const address6 = load<u32>(addresses, 24);
    const address7 = load<u32>(addresses, 28);

    const page0 = pageOf(table, address0);
    const page1 = pageOf(table, address1);
    const page2 = pageOf(table, address2);
    const page3 = pageOf(table, address3);
    const page4 = pageOf(table, address4);
    const page5 = pageOf(table, address5);
    const page6 = pageOf(table, address6);
    const page7 = pageOf(table, address7);

    const place0 = leafPlace<T>(page0, address0);
    const place1 = leafPlace<T>(page1, address1);
    const place2 = leafPlace<T>(page2, address2);
    const place3 = leafPlace<T>(page3, address3);
    const place4 = leafPlace<T>(page4, address4);
    const place5 = leafPlace<T>(page5, address5);
    const place6 = leafPlace<T>(page6, address6);
    const place7 = leafPlace<T>(page7, address7);

    let leaves = i64x2.splat(0);
    leaves = v128.load_lane<T>(place0, leaves, 0, HEADER_BYTES - sizeof<T>());
    leaves = v128.load_lane<T>(place1, leaves, 1, HEADER_BYTES - sizeof<T>());
    leaves = v128.load_lane<T>(place2, leaves, 2, HEADER_BYTES - sizeof<T>());
    leaves = v128.load_lane<T>(place3, leaves, 3, HEADER_BYTES - sizeof<T>());
    leaves = v128.load_lane<T>(place4, leaves, 4, HEADER_BYTES - sizeof<T>());
    leaves = v128.load_lane<T>(place5, leaves, 5, HEADER_BYTES - sizeof<T>());
    leaves = v128.load_lane<T>(place6, leaves, 6, HEADER_BYTES - sizeof<T>());
    leaves = v128.load_lane<T>(place7, leaves, 7, HEADER_BYTES - sizeof<T>());

    // A lane without a leaf has no bits set, an escape has all.
    if (v128.any_true(v128.eq<T>(leaves, v128.splat<T>(<T>-1)))) {
      for (let at: usize = 0; at < 8; at++)
        store<u16>(sets + (at << 1), lookup(load<u32>(addresses + (at << 2))));
      continue;
    }
    if (sizeof<T>() == 1) leaves = v128.extend_low<u8>(leaves);
    v128.store(sets, v128.sub<u16>(leaves, v128.splat<u16>(1)));
  }
}
