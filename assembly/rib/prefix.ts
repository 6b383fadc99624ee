/** One prefix of a batch, {length u8, address 4 or 16 bytes in network order}, and its entry in the FIB. */
import { readAddress32, readAddress64 } from "../console/wire";
import * as fib from "../fib/index";
import { Status } from "../status";

export let isIPv4: bool = true;
export let length: u32 = 0;

/** An IPv4 address is `low` alone. */
export let high: u64 = 0;
export let low: u64 = 0;

/** Bytes of a prefix in a batch. */
export function prefixBytes(family: u32): u32 {
  return family == 4 ? 5 : 17;
}

/** Makes the prefix at `at` the one that the functions below concern. */
export function readPrefix(family: u32, at: usize): void {
  isIPv4 = family == 4;
  length = load<u8>(at);
  high = isIPv4 ? 0 : readAddress64(at + 1);
  low = isIPv4 ? <u64>readAddress32(at + 1) : readAddress64(at + 9);
}

/** The same for a prefix that is known. */
export function setPrefix(family4: bool, prefixLength: u32, upper: u64, lower: u64): void {
  isIPv4 = family4;
  length = prefixLength;
  high = upper;
  low = lower;
}

export function checkPrefix(): Status {
  if (length > <u32>(isIPv4 ? 32 : 128)) return Status.BAD_PREFIX_LENGTH;
  return hasHostBits() ? Status.HOST_BITS : Status.OK;
}

/** The route set of the prefix, or NO_SET. */
export function currentSet(): u32 {
  return isIPv4 ? fib.get4(<u32>low, length) : fib.get6(high, low, length);
}

export function assignSet(set: u32): Status {
  return isIPv4 ? fib.insert4(<u32>low, length, set) : fib.insert6(high, low, length, set);
}

export function eraseSet(): void {
  if (isIPv4) fib.remove4(<u32>low, length);
  else fib.remove6(high, low, length);
}

function hasHostBits(): bool {
  if (isIPv4) return length < 32 && (<u32>low) << length != 0;
  if (length >= 64) return length < 128 && low << (length - 64) != 0;
  return low != 0 || high << length != 0;
}
