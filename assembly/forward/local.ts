/**
 * Whether an address is one of the router's own: that of any of its ports, whichever the packet came in by
 * (RFC 1812 section 5.2.3).
 */
import { isPort, port } from "../nexthop/port";

export function isOwn4(address: u32): bool {
  for (let number: u32 = 0; isPort(number); number++) {
    if (port(number).address4 == address) return true;
  }
  return false;
}

export function isOwn6(high: u64, low: u64): bool {
  for (let number: u32 = 0; isPort(number); number++) {
    const own = port(number);
    if (own.address6Low == low && own.address6High == high) return true;
  }
  return false;
}
