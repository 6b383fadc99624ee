/**
 * The forwarding tables: destination address -> route set, by longest-prefix match. Two structures answer behind
 * one interface: `paged` in the `host` profile, `packed` in the `mcu` profile. docs/forwarding-tables.md explains both.
 *
 * Addresses are numbers; an IPv6 address is its upper and lower half. A set is a number below `SET_LIMIT`, and
 * `NO_SET` stands for none. A table that is full refuses with `TABLE_FULL` and stays as it is. `paged` carved for n
 * prefixes takes any n. `packed` has n words, of which a prefix takes as many as packed4.ts and packed6.ts say. What is
 * in use depends on the prefixes in a table and not on how they came, so updates can always be undone, last first.
 */
import { MCU } from "../profile";
import { Status } from "../status";
import { Part } from "../words";
import * as paged4 from "./paged4";
import * as batch4 from "./paged4-batch";
import * as update4 from "./paged4-update";
import * as paged6 from "./paged6";
import * as batch6 from "./paged6-batch";
import * as update6 from "./paged6-update";
import * as packed4 from "./packed4";
import * as packed6 from "./packed6";

export function bytesFor(prefixes4: u32, prefixes6: u32): usize {
  if (MCU) return packed4.bytesFor(prefixes4) + packed6.bytesFor(prefixes6);
  else return paged4.bytesFor(prefixes4) + paged6.bytesFor(prefixes6);
}

export function carve(base: usize, prefixes4: u32, prefixes6: u32): usize {
  if (MCU) return packed6.carve(packed4.carve(base, prefixes4), prefixes6);
  else return paged6.carve(paged4.carve(base, prefixes4), prefixes6);
}

/** Inserts the prefix or replaces its set. */
export function insert4(address: u32, length: u32, set: u32): Status {
  if (MCU) return packed4.insert(address, length, set);
  else return update4.insert(address, length, set);
}

export function remove4(address: u32, length: u32): Status {
  if (MCU) return packed4.remove(address, length);
  else return update4.remove(address, length);
}

/** The set of exactly this prefix. */
export function get4(address: u32, length: u32): u32 {
  if (MCU) return packed4.get(address, length);
  else return paged4.get(address, length);
}

/** The set of the longest prefix around the address. */
export function lookup4(address: u32): u32 {
  if (MCU) return packed4.lookup(address);
  else return paged4.lookup(address);
}

/** Length of the longest prefix around the address, -1 for none. */
export function match4(address: u32): i32 {
  if (MCU) return packed4.match(address);
  else return paged4.match(address);
}

/** Loads of the table, each dependent on the one before, that the lookup of this address takes. */
export function loads4(address: u32): u32 {
  if (MCU) return packed4.loads(address);
  else return paged4.loads(address);
}

/** Looks up `count` addresses, u32 each, one after the other, and writes their sets, u16 each. */
export function lookupEach4(addresses: usize, sets: usize, count: u32): void {
  if (!MCU) {
    batch4.lookupEach(addresses, sets, count);
  } else {
    for (const end = addresses + (count << 2); addresses < end; addresses += 4, sets += 2)
      store<u16>(sets, lookup4(load<u32>(addresses)));
  }
}

/** The same, several at a time where that is faster. */
export function lookupBatch4(addresses: usize, sets: usize, count: u32): void {
  let done: u32 = 0;
  if (!MCU) {
    done = count & ~7;
    batch4.lookupBatch(addresses, sets, done);
  }
  lookupEach4(addresses + (done << 2), sets + (done << 1), count - done);
}

export function count4(): u32 {
  if (MCU) return packed4.count();
  else return paged4.count();
}

/** Bytes in use for lookups, without what only updates need. */
export function tableBytes4(): u32 {
  let bytes: u32 = 0;
  for (let part: i32 = 0; part < Part.PREFIXES; part++) bytes += partBytes4(part);
  return bytes;
}

/** Bytes in use in a `Part`; 0 where the profile's table has no such part. */
export function partBytes4(part: u32): u32 {
  if (MCU) return packed4.partBytes(part);
  else return paged4.partBytes(part);
}

export function insert6(high: u64, low: u64, length: u32, set: u32): Status {
  if (MCU) return packed6.insert(high, low, length, set);
  else return update6.insert(high, low, length, set);
}

export function remove6(high: u64, low: u64, length: u32): Status {
  if (MCU) return packed6.remove(high, low, length);
  else return update6.remove(high, low, length);
}

export function get6(high: u64, low: u64, length: u32): u32 {
  if (MCU) return packed6.get(high, low, length);
  else return paged6.get(high, low, length);
}

export function lookup6(high: u64, low: u64): u32 {
  if (MCU) return packed6.lookup(high, low);
  else return paged6.lookup(high, low);
}

export function match6(high: u64, low: u64): i32 {
  if (MCU) return packed6.match(high, low);
  else return paged6.match(high, low);
}

export function loads6(high: u64, low: u64): u32 {
  if (MCU) return packed6.loads(high, low);
  else return paged6.loads(high, low);
}

/** The same as for IPv4; an address is two u64, its upper half first. */
export function lookupEach6(addresses: usize, sets: usize, count: u32): void {
  for (const end = addresses + (count << 4); addresses < end; addresses += 16, sets += 2)
    store<u16>(sets, lookup6(load<u64>(addresses), load<u64>(addresses, 8)));
}

export function lookupBatch6(addresses: usize, sets: usize, count: u32): void {
  let done: u32 = 0;
  if (!MCU) {
    done = count & ~3;
    batch6.lookupBatch(addresses, sets, done);
  }
  lookupEach6(addresses + (done << 4), sets + (done << 1), count - done);
}

export function count6(): u32 {
  if (MCU) return packed6.count();
  else return paged6.count();
}

export function tableBytes6(): u32 {
  let bytes: u32 = 0;
  for (let part: i32 = 0; part < Part.PREFIXES; part++) bytes += partBytes6(part);
  return bytes;
}

export function partBytes6(part: u32): u32 {
  if (MCU) return packed6.partBytes(part);
  else return paged6.partBytes(part);
}
