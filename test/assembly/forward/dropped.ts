/** Packets that the router of edge.ts drops, with the reason. */
import type { Drop } from "../../../host/protocol/words.js";
import {
  type Bytes,
  concat,
  DESTINATION_OPTIONS,
  ip4,
  ip6,
  ipv4,
  ipv6,
  ROUTING,
  UDP,
  udp,
} from "../packet/build.js";
import {
  client4,
  client6,
  narrow4,
  narrow6,
  own4,
  query4,
  query6,
  server4,
  server6,
  unknown4,
  unknown6,
  unresolved4,
  unresolved6,
} from "./edge.js";

export const from4 = (destination: Bytes, fields = {}) => ipv4({ source: client4, destination, ...fields });
export const from6 = (destination: Bytes, fields = {}) => ipv6({ source: client6, destination, ...fields });
const source4 = (text: string) => ipv4({ source: ip4(text), destination: server4 });
const source6 = (text: string) => ipv6({ source: ip6(text), destination: server6 });
export const routing6 = (type: number, left: number) =>
  concat([UDP, 2, type, left, 0, 0, 0, 0], ip6("2001:db8::99"), udp(client6, server6, 1, 2));

export type Reason = keyof typeof Drop;

/** A packet for every reason that needs no port to be down. */
export const dropped: [reason: Reason, name: string, packet: Bytes][] = [
  ["TOO_SHORT", "no bytes at all", new Uint8Array()],
  ["TOO_SHORT", "IPv4 cut within its header", query4.subarray(0, 19)],
  ["TOO_SHORT", "IPv6 cut within its header", query6.subarray(0, 39)],
  ["TOO_SHORT", "one byte", Uint8Array.of(0x45)],
  ["BAD_VERSION", "version 0", from4(server4, { version: 0 })],
  ["BAD_VERSION", "version 5", from4(server4, { version: 5 })],
  ["BAD_VERSION", "version 15", from6(server6, { version: 15 })],
  ["BAD_HEADER_LENGTH", "a header of 4 words", from4(server4, { headerWords: 4 })],
  ["BAD_HEADER_LENGTH", "a header longer than the packet", from4(server4, { headerWords: 15 })],
  ["BAD_HEADER_LENGTH", "an option without length", from4(server4, { options: [1, 1, 1, 148] })],
  ["BAD_HEADER_LENGTH", "an option of length 0", from4(server4, { options: [148, 0, 0, 0] })],
  ["BAD_HEADER_LENGTH", "an option of length 1", from4(server4, { options: [148, 1, 0, 0] })],
  ["BAD_HEADER_LENGTH", "an option longer than the header", from4(server4, { options: [148, 5, 0, 0] })],
  ["BAD_TOTAL_LENGTH", "IPv4 shorter than its header", from4(server4, { totalLength: 19 })],
  ["BAD_TOTAL_LENGTH", "IPv4 longer than what came", from4(server4, { totalLength: query4.length + 1 })],
  ["BAD_TOTAL_LENGTH", "IPv6 longer than what came", from6(server6, { payloadLength: query6.length - 39 })],
  ["BAD_TOTAL_LENGTH", "the longest IPv6", from6(server6, { payloadLength: 65535 })],
  ["BAD_CHECKSUM", "a checksum of 0", from4(server4, { checksum: 0 })],
  ["BAD_CHECKSUM", "a wrong option byte", spoiled(from4(server4, { options: [148, 4, 0, 0] }), 23)],
  ...["0.0.0.0", "0.1.2.3", "127.0.0.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"].map(
    address => ["MARTIAN_SOURCE", address, source4(address)] as [Reason, string, Bytes],
  ),
  ["MARTIAN_SOURCE", "169.254.1.1", source4("169.254.1.1")],
  ...["::", "::1", "ff02::1", "::ffff:c000:20a", "fe80::1", "febf::1"].map(
    address => ["MARTIAN_SOURCE", address, source6(address)] as [Reason, string, Bytes],
  ),
  ...["0.0.0.0", "0.1.2.3", "127.0.0.1", "169.254.1.1", "224.0.0.5", "240.0.0.1", "255.255.255.255"].map(
    address => ["MARTIAN_DESTINATION", address, from4(ip4(address))] as [Reason, string, Bytes],
  ),
  ...["::", "::1", "ff02::1", "ff0e::1", "::ffff:c000:20a", "fe80::99"].map(
    address => ["MARTIAN_DESTINATION", address, from6(ip6(address))] as [Reason, string, Bytes],
  ),
  ["SOURCE_ROUTED", "a loose source route", from4(server4, { options: [131, 7, 4, 192, 0, 2, 9, 0] })],
  ["SOURCE_ROUTED", "a strict source route", from4(server4, { options: [137, 7, 4, 192, 0, 2, 9, 0] })],
  ["SOURCE_ROUTED", "one behind other options", from4(server4, { options: [1, 148, 4, 0, 0, 131, 3, 4] })],
  ["SOURCE_ROUTED", "one addressed to this router", from4(own4, { options: [131, 7, 4, 192, 0, 2, 9, 0] })],
  [
    "SOURCE_ROUTED",
    "an IPv6 type 0 routing header",
    from6(server6, { nextHeader: ROUTING, payload: routing6(0, 1) }),
  ],
  [
    "SOURCE_ROUTED",
    "one behind destination options",
    from6(server6, {
      nextHeader: DESTINATION_OPTIONS,
      payload: concat([ROUTING, 0, 1, 4, 0, 0, 0, 0], routing6(0, 1)),
    }),
  ],
  ["TTL_EXPIRED", "TTL 1", from4(server4, { ttl: 1 })],
  ["TTL_EXPIRED", "TTL 0", from4(server4, { ttl: 0 })],
  ["TTL_EXPIRED", "hop limit 1", from6(server6, { hopLimit: 1 })],
  ["TTL_EXPIRED", "hop limit 0", from6(server6, { hopLimit: 0 })],
  ["NO_ROUTE", "IPv4", from4(unknown4)],
  ["NO_ROUTE", "IPv6", from6(unknown6)],
  ["NO_NEXT_HOP", "IPv4 whose only path does not resolve", from4(unresolved4)],
  ["NO_NEXT_HOP", "IPv6 whose only path does not resolve", from6(unresolved6)],
  [
    "TOO_BIG",
    "IPv4 one byte over the MTU",
    from4(narrow4, { payload: new Uint8Array(81), dontFragment: true }),
  ],
  ["TOO_BIG", "IPv4 that may be fragmented: it is not", from4(narrow4, { payload: new Uint8Array(81) })],
  ["TOO_BIG", "IPv6 one byte over the MTU", from6(narrow6, { payload: new Uint8Array(61) })],
];

function spoiled(packet: Bytes, at: number): Bytes {
  const copy = packet.slice();
  copy[at]! ^= 1;
  return copy;
}
