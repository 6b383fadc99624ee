/**
 * Whether an address is one of the router's own: that of any of its ports, whichever the packet came in by
 * (RFC 1812 section 5.2.3).
 *
 * Hardly any packet is to the router, so its ports are asked only about addresses whose lowest five bits are also those of
 * a port's address.
 */
import { isPort, port } from "../nexthop/port";

/** A bit for each number that the lowest bits of an own address make. */
let marks4: u32 = 0;
let marks6: u32 = 0;

/** The ports have other addresses now. */
export function learnOwn(): void {
  marks4 = 0;
  marks6 = 0;
  for (let number: u32 = 0; isPort(number); number++) {
    marks4 |= markOf(port(number).address4);
    marks6 |= markOf(<u32>port(number).address6Low);
  }
}

export function isOwn4(address: u32): bool {
  return (marks4 & markOf(address)) != 0 && isPort4(address);
}

export function isOwn6(high: u64, low: u64): bool {
  return (marks6 & markOf(<u32>low)) != 0 && isPort6(high, low);
}

function markOf(word: u32): u32 {
  return 1 << (word & 31);
}

function isPort4(address: u32): bool {
  for (let number: u32 = 0; isPort(number); number++) {
    if (port(number).address4 == address) return true;
  }
  return false;
}

function isPort6(high: u64, low: u64): bool {
  for (let number: u32 = 0; isPort(number); number++) {
    const own = port(number);
    if (own.address6Low == low && own.address6High == high) return true;
  }
  return false;
}
