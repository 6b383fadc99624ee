/**
 * The forwarding tables: destination address -> route set, by longest-prefix match. Two structures answer behind
 * one interface: `paged` in the `host` profile, `sorted` in the `mcu` profile.
 *
 * Addresses are numbers; an IPv6 address is its upper and lower half. A set is a number below `SET_LIMIT`, and
 * `NO_SET` stands for none. A table carved for n prefixes takes any n prefixes: `TABLE_FULL` means that there are n
 * already, so that giving back what was there before never fails.
 */
import { NO_SET } from "../profile";
import { Status } from "../status";

export function bytesFor(prefixes4: u32, prefixes6: u32): usize {
  return 0;
}

export function carve(base: usize, prefixes4: u32, prefixes6: u32): usize {
  return base;
}

export function insert4(address: u32, length: u32, set: u32): Status {
  return Status.TABLE_FULL;
}

export function remove4(address: u32, length: u32): Status {
  return Status.NOT_FOUND;
}

export function get4(address: u32, length: u32): u32 {
  return NO_SET;
}

export function lookup4(address: u32): u32 {
  return NO_SET;
}

export function match4(address: u32): i32 {
  return -1;
}

export function lookupBatch4(addresses: usize, sets: usize, count: u32): void {}

export function count4(): u32 {
  return 0;
}

export function tableBytes4(): u32 {
  return 0;
}

export function insert6(high: u64, low: u64, length: u32, set: u32): Status {
  return Status.TABLE_FULL;
}

export function remove6(high: u64, low: u64, length: u32): Status {
  return Status.NOT_FOUND;
}

export function get6(high: u64, low: u64, length: u32): u32 {
  return NO_SET;
}

export function lookup6(high: u64, low: u64): u32 {
  return NO_SET;
}

export function match6(high: u64, low: u64): i32 {
  return -1;
}

export function lookupBatch6(addresses: usize, sets: usize, count: u32): void {}

export function count6(): u32 {
  return 0;
}

export function tableBytes6(): u32 {
  return 0;
}
