/**
 * The way out when all paths of the longest match are down. A route that cannot be resolved is no route (RFC 4271
 * section 9.1.2.1), so the next shorter prefix that leads anywhere takes over, as if the longest had been withdrawn.
 *
 * The FIB is not touched for that: a failover stays free of prefixes, and packets to such a destination look through
 * the shorter lengths, one exact lookup each, until the routes are withdrawn or a neighbor is back.
 */
import { get4, get6, match4, match6 } from "../fib/index";
import { mask4, maskHigh, maskLow } from "../fib/masks";
import { memberCount } from "../nexthop/group";
import { NO_SET } from "../profile";
import { groupOf } from "./routeset";

/** Length of the prefix that was found; -1 for none. */
export let usableLength: i32 = -1;

/** The set of the longest prefix around the address that has a next hop, NO_SET for none. Not for a bare table. */
export function usableSet4(address: u32): u32 {
  for (usableLength = match4(address); usableLength >= 0; usableLength--) {
    const set = get4(address & mask4(usableLength), usableLength);
    if (leadsAnywhere(set)) return set;
  }
  return NO_SET;
}

/** The same for IPv6. */
export function usableSet6(high: u64, low: u64): u32 {
  for (usableLength = match6(high, low); usableLength >= 0; usableLength--) {
    const set = get6(high & maskHigh(usableLength), low & maskLow(usableLength), usableLength);
    if (leadsAnywhere(set)) return set;
  }
  return NO_SET;
}

function leadsAnywhere(set: u32): bool {
  return set != NO_SET && memberCount(groupOf(set)) != 0;
}
