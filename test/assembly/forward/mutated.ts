/** Packets of every kind that the receive path tells apart, for the router of edge.ts, and what becomes of them in transit. */
import fc from "fast-check";
import {
  type Bytes,
  checksum,
  concat,
  DESTINATION_OPTIONS,
  FRAGMENT,
  ICMP,
  ICMPV6,
  icmp,
  ipv4,
  ipv6,
  ROUTING,
  TCP,
  TcpFlag,
  tcp,
  UDP,
  u16,
} from "../packet/build.js";
import {
  client4,
  client6,
  narrow4,
  narrow6,
  own4,
  own6,
  server4,
  server6,
  unknown4,
  unknown6,
} from "./edge.js";

/** Longest packet that is tried: what the smaller profile has room for. */
export const ROOM = 256;

export const destinations4 = [server4, narrow4, own4, unknown4];
export const destinations6 = [server6, narrow6, own6, unknown6];
const data = new Uint8Array(96).map((_, i) => i);
const { SYN, ACK } = TcpFlag;
/** What a server answers, and an ICMP error quotes. */
const answer4 = { destination: client4, protocol: TCP, payload: tcp(443, 40_000, ACK) };
const answer6 = { destination: client6, nextHeader: TCP, payload: tcp(443, 40_000, ACK) };
const extension = (next: number, rest: Bytes) => concat([next, 0, 1, 4, 0, 0, 0, 0], rest);

/** Valid packets of every kind that the receive path tells apart. */
export const valid: Bytes[] = [
  ...destinations4.flatMap(destination =>
    [
      {},
      { payload: data, dontFragment: true },
      { options: [148, 4, 0, 0, 7, 7, 4, 0, 0, 0, 0, 0] },
      { options: [131, 7, 4, 192, 0, 2, 9, 0] },
      { fragmentOffset: 3, moreFragments: true },
      { ttl: 1, protocol: ICMP, payload: icmp({ type: 8, data }) },
      { protocol: TCP, payload: tcp(40_000, 443, SYN) },
      { protocol: TCP, payload: tcp(40_000, 443, ACK) },
      {
        protocol: ICMP,
        payload: icmp({ type: 3, code: 4, data: ipv4({ source: destination, ...answer4 }) }),
      },
    ].map(fields => ipv4({ source: client4, destination, ...fields })),
  ),
  ...destinations6.flatMap(destination =>
    [
      {},
      { payload: data },
      { hopLimit: 1, nextHeader: ICMPV6, payload: icmp({ type: 128, data }, [client6, destination]) },
      {
        nextHeader: DESTINATION_OPTIONS,
        payload: extension(ICMPV6, icmp({ type: 1 }, [client6, destination])),
      },
      { nextHeader: TCP, payload: tcp(40_000, 443, SYN) },
      { nextHeader: TCP, payload: tcp(40_000, 443, ACK) },
      { nextHeader: ICMPV6, payload: icmp({ type: 2, data: ipv6({ source: destination, ...answer6 }) }) },
      { nextHeader: FRAGMENT, payload: concat([ICMPV6, 0], u16(16), data) },
      { nextHeader: ROUTING, payload: extension(DESTINATION_OPTIONS, extension(UDP, data)) },
      { nextHeader: 51, payload: concat([UDP, 4], data) },
    ].map(fields => ipv6({ source: client6, destination, ...fields })),
  ),
];

/**
 * A valid packet with a few bytes changed, cut short or made longer; its header checksum perhaps made right
 * again.
 */
export const mutated = fc
  .record({
    base: fc.constantFrom(...valid),
    edits: fc.array(fc.tuple(fc.oneof({ weight: 3, arbitrary: fc.nat(47) }, fc.nat(ROOM - 1)), fc.nat(255)), {
      maxLength: 4,
    }),
    cut: fc.oneof({ weight: 3, arbitrary: fc.constant(ROOM) }, fc.nat(ROOM)),
    more: fc.oneof({ weight: 3, arbitrary: fc.constant(new Uint8Array()) }, fc.uint8Array({ maxLength: 40 })),
    repaired: fc.boolean(),
  })
  .map(({ base, edits, cut, more, repaired }) => {
    const packet = concat(base.subarray(0, cut), more).slice(0, ROOM);
    for (const [at, value] of edits) if (at < packet.length) packet[at] = value;
    const headerLength = ((packet[0] ?? 0) % 16) * 4;
    if (repaired && packet[0]! >> 4 === 4 && headerLength >= 20 && headerLength <= packet.length) {
      packet.set([0, 0], 10);
      packet.set(u16(checksum(packet.subarray(0, headerLength))), 10);
    }
    return packet;
  });
