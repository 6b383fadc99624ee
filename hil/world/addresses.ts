/**
 * Addresses of everything that has none in the scenario, from the documentation ranges (RFC 5737, RFC 3849):
 *
 *     link n        192.0.2.(2n+2) the router, .(2n+3) its neighbor; 2001:db8:ffff:n::2 and ::3
 *     client n      203.0.113.(n+1); 2001:db8:fffe::(n+1)
 *     an anycast    the first address in the prefix behind the network's own that a router forwards to
 */
import {
  type Address,
  covers,
  type Family,
  fromNumber,
  fromWords,
  type Prefix,
  parsePrefix,
  toWords,
} from "../../host/tables/address.js";

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

/** No router forwards to these: RFC 1812 section 5.3.7, RFC 4291 sections 2.4 and 2.5, RFC 6890. */
const MARTIANS = [
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/127",
  "::ffff:0.0.0.0/96",
  "fe80::/10",
  "ff00::/8",
].map(parsePrefix);

/** Where queries to `prefix` are sent by routers with up to `ports` ports; null where it has no address that would do. */
export function targetIn(prefix: Prefix, ports: number): Address | null {
  const bits = prefix.family === 4 ? 32 : 128;
  const reserved: Prefix[] = [...MARTIANS];
  for (let link = 0; link < ports; link++) {
    for (const end of ["router", "neighbor"] as const) {
      const { ipv4, ipv6 } = linkAddress(link, end);
      reserved.push({ ...ipv4, length: 32 }, { ...ipv6, length: 128 });
    }
  }
  const base = numberOf(prefix);
  const end = base + (1n << BigInt(bits - prefix.length));
  let value = prefix.length < bits ? base + 1n : base;
  while (value < end) {
    const address = addressOf(prefix.family, value);
    const around = reserved.find(other => covers(other, address));
    if (!around) return address;
    value = numberOf(around) + (1n << BigInt(bits - around.length));
  }
  return null;
}

function numberOf(address: Address): bigint {
  const words = [...toWords(address)].slice(0, address.family === 4 ? 1 : 4);
  return words.reduce((value, word) => (value << 32n) | BigInt(word), 0n);
}

function addressOf(family: Family, value: bigint): Address {
  const words = Uint32Array.from([96n, 64n, 32n, 0n], shift => Number((value >> shift) & 0xffff_ffffn));
  return fromWords(family, family === 4 ? words.subarray(3) : words);
}
