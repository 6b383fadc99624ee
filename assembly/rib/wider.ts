/**
 * The way out when all paths of the longest match are down. A route that cannot be resolved is no route (RFC 4271 section
 * 9.1.2.1), so the next shorter prefix that leads anywhere takes over, as if the longest had been withdrawn.
 *
 * The FIB is not touched for that: a failover stays free of prefixes, and packets to such a destination look through the
 * lengths above it, one exact lookup each, until the routes are withdrawn or a neighbor is back.
 */
import { get4, get6, match4, match6 } from "../fib/index";
import { memberCount } from "../nexthop/group";
import { NO_SET } from "../profile";
import { groupOf } from "./routeset";

function leadsAnywhere(set: u32): bool {
  return set != NO_SET && memberCount(groupOf(set)) != 0;
}

/** Length of the longest prefix around the address that has a next hop, -1 for none. Not for a bare table. */
export function usableLength4(address: u32): i32 {
  for (let length = match4(address); length >= 0; length--) {
    if (leadsAnywhere(get4(address & leading32(length), length))) return length;
  }
  return -1;
}

export function usableLength6(high: u64, low: u64): i32 {
  for (let length = match6(high, low); length >= 0; length--) {
    const inHigh = min(length, 64);
    if (leadsAnywhere(get6(high & leading64(inHigh), low & leading64(length - inHigh), length)))
      return length;
  }
  return -1;
}

/** The set of the longest prefix around the address that has a next hop, NO_SET for none. Not for a bare table. */
export function usableSet4(address: u32): u32 {
  const length = usableLength4(address);
  return length < 0 ? NO_SET : get4(address & leading32(length), length);
}

export function usableSet6(high: u64, low: u64): u32 {
  const length = usableLength6(high, low);
  if (length < 0) return NO_SET;
  const inHigh = min(length, 64);
  return get6(high & leading64(inHigh), low & leading64(length - inHigh), length);
}

/** The first `length` of 32 bits. */
function leading32(length: i32): u32 {
  return length == 0 ? 0 : ~0 << (32 - length);
}

/** The first `length` of 64 bits. */
function leading64(length: i32): u64 {
  return length == 0 ? 0 : (<u64>~0) << (64 - length);
}
