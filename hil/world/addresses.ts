/**
 * Addresses of everything that has none in the scenario, from the documentation ranges (RFC 5737, RFC 3849):
 *
 *     link n        192.0.2.(2n+2) the router, .(2n+3) its neighbor; 2001:db8:ffff:n::2 and ::3
 *     client n      203.0.113.(n+1); 2001:db8:fffe::(n+1)
 *     an anycast    the first address in the prefix behind the network's own
 */
import { type Address, fromNumber, fromWords, type Prefix, toWords } from "../../host/tables/address.js";

const LINKS_4 = 0xc000_0202;
const CLIENTS_4 = 0xcb00_7101;
const CLIENTS_IN_BLOCK = 250;

export function linkAddress(link: number, end: "router" | "neighbor"): { ipv4: Address; ipv6: Address } {
  const host = end === "router" ? 0 : 1;
  return {
    ipv4: fromNumber(LINKS_4 + 2 * link + host),
    ipv6: fromWords(6, Uint32Array.of(0x2001_0db8, 0xffff_0000 + link, 0, 2 + host)),
  };
}

export function clientAddress(client: number, family: 4 | 6): Address {
  const number = client % CLIENTS_IN_BLOCK;
  return family === 4
    ? fromNumber(CLIENTS_4 + number)
    : fromWords(6, Uint32Array.of(0x2001_0db8, 0xfffe_0000, 0, number + 1));
}

/** Where queries to a prefix are sent. */
export function anycastAddress(prefix: Prefix): Address {
  const words = toWords(prefix);
  const last = prefix.family === 4 ? 0 : 3;
  if (prefix.length < (prefix.family === 4 ? 32 : 128)) words[last]! += 1;
  return fromWords(prefix.family, words);
}
