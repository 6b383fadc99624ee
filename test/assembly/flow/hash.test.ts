import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Bytes,
  concat,
  FRAGMENT,
  ICMP,
  icmp,
  ip4,
  ip6,
  ipv4,
  ipv6,
  TCP,
  UDP,
  u16,
  u32,
} from "../packet/build.js";
import { type Unit, unit } from "../unit.js";

interface Hashes {
  at(): number;
  hash(length: number): number;
}

const source = `
  import { hash4, hash6 } from "./flow/hash";
  import { headerLength } from "./packet/ipv4";
  const buffer = memory.data(256, 8);
  export function at(): usize { return buffer; }
  export function hash(length: u32): u32 {
    return load<u8>(buffer) >> 4 == 4 ? hash4(buffer, headerLength(buffer), length) : hash6(buffer, length);
  }
`;

let core: Unit<Hashes>;
beforeAll(async () => {
  core = await unit<Hashes>("mcu", source);
});

function hash(packet: Bytes): number {
  new Uint8Array(core.memory.buffer, core.at(), 256).fill(0).set(packet);
  return core.hash(packet.length) >>> 0;
}

const client4 = ip4("192.0.2.10");
const server4 = ip4("198.51.100.1");
const client6 = ip6("2001:db8::10");
const server6 = ip6("2001:db8:53::1");

const ports = (from: number, to: number) => concat(u16(from), u16(to), [0, 8, 0, 0]);

describe("packets of one flow have one hash", () => {
  test("whatever their TTL, length, identification and checksum", () => {
    const flow = { source: client4, destination: server4, payload: ports(40000, 53) };
    const first = hash(ipv4(flow));
    const other = { ttl: 3, identification: 7, serviceType: 0x20, payload: concat(flow.payload, [1, 2, 3]) };
    expect(hash(ipv4({ ...flow, ...other }))).toBe(first);
    expect(hash(ipv4({ ...flow, options: [1, 1, 1, 0] }))).toBe(first);

    const flow6 = { source: client6, destination: server6, payload: ports(40000, 53) };
    expect(hash(ipv6({ ...flow6, hopLimit: 3, payload: concat(flow6.payload, [1]) }))).toBe(
      hash(ipv6(flow6)),
    );
  });

  test("all fragments of an IPv4 datagram, of which only the first has ports", () => {
    const datagram = { source: client4, destination: server4 };
    const first = hash(ipv4({ ...datagram, moreFragments: true, payload: ports(40000, 53) }));
    const middle = hash(ipv4({ ...datagram, moreFragments: true, fragmentOffset: 1, payload: ports(1, 2) }));
    const last = hash(ipv4({ ...datagram, fragmentOffset: 2, payload: ports(3, 4) }));
    expect([middle, last]).toEqual([first, first]);
  });

  test("all fragments of an IPv6 packet", () => {
    const fragment = (offset: number, more: number, data: Bytes) =>
      ipv6({
        source: client6,
        destination: server6,
        nextHeader: FRAGMENT,
        payload: concat([UDP, 0], u16((offset << 3) | more), u32(99), data),
      });
    expect(hash(fragment(1, 0, ports(1, 2)))).toBe(hash(fragment(0, 1, ports(40000, 53))));
  });

  test("other protocols, whatever stands where TCP has its ports", () => {
    const echo = (id: number) =>
      ipv4({
        source: client4,
        destination: server4,
        protocol: ICMP,
        payload: icmp({ type: 8, rest: id << 16 }),
      });
    expect(hash(echo(1))).toBe(hash(echo(2)));
  });

  test("a packet that ends before its ports, whatever lies behind it", () => {
    const short = ipv4({ source: client4, destination: server4, payload: new Uint8Array([1, 2, 3]) });
    const view = new Uint8Array(core.memory.buffer, core.at(), 256);
    view.fill(0).set(short);
    const before = core.hash(short.length);
    view[short.length] = 0xff;
    expect(core.hash(short.length)).toBe(before);
  });
});

describe("packets of different flows", () => {
  test("differ in the hash if they differ in one of address, protocol and ports", () => {
    const word = fc.uint8Array({ minLength: 4, maxLength: 4 });
    const other = fc.tuple(word, word).filter(([a, b]) => a.some((byte, i) => byte !== b[i]));
    fc.assert(
      fc.property(other, word, ([a, b], fixed) => {
        const packet = (source: Bytes, destination: Bytes, payload: Bytes, protocol = UDP) =>
          hash(ipv4({ source, destination, protocol, payload: concat(payload, [0, 0, 0, 0]) }));
        expect(packet(a, fixed, fixed)).not.toBe(packet(b, fixed, fixed));
        expect(packet(fixed, a, fixed)).not.toBe(packet(fixed, b, fixed));
        expect(packet(fixed, fixed, a)).not.toBe(packet(fixed, fixed, b));
        expect(packet(fixed, a, fixed, TCP)).not.toBe(packet(fixed, a, fixed, UDP));
      }),
      { numRuns: 1000 },
    );
  });
});

/**
 * Pearson's chi-square of the low six bits against an even spread; its mean is 63, and 1 in 10,000 exceeds
 * 113.
 */
function chiSquare(packets: Bytes[]): number {
  const buckets = new Array<number>(64).fill(0);
  for (const packet of packets) buckets[hash(packet) & 63]!++;
  const even = packets.length / 64;
  return buckets.reduce((sum, count) => sum + (count - even) ** 2 / even, 0);
}

describe("flows spread evenly over 64 buckets", () => {
  const count = 6400;
  const range = (make: (n: number) => Bytes) => Array.from({ length: count }, (_, n) => make(n));
  const flow4 = (source: Bytes, destination: Bytes, from: number, to: number) =>
    ipv4({ source, destination, payload: ports(from, to) });
  const host4 = (n: number) => Uint8Array.from([10, 1, n >> 8, n & 0xff]);
  const host6 = (n: number) => concat(client6.subarray(0, 14), u16(n));
  const network6 = (n: number) => concat(client6.subarray(0, 6), u16(n), client6.subarray(8));

  test.each<[string, (n: number) => Bytes]>([
    ["the next source port", n => flow4(client4, server4, 1024 + n, 53)],
    ["every 64th source port", n => flow4(client4, server4, (n * 64) % 65536, 53 + (n >> 10))],
    ["the next destination port", n => flow4(client4, server4, 40000, n)],
    ["the next source address", n => flow4(host4(n), server4, 40000, 53)],
    ["the next /24", n => flow4(Uint8Array.from([10, n >> 8, n & 0xff, 1]), server4, 40000, 53)],
    ["the next destination address", n => flow4(client4, host4(n), 40000, 53)],
    ["source and destination move together", n => flow4(host4(n), host4(n), 40000, 53)],
    ["source address and port move together", n => flow4(host4(n), server4, 1024 + n, 53)],
    [
      "IPv6: the next source port",
      n => ipv6({ source: client6, destination: server6, payload: ports(n, 53) }),
    ],
    ["IPv6: the next host", n => ipv6({ source: host6(n), destination: server6, payload: ports(40000, 53) })],
    [
      "IPv6: the next /64",
      n => ipv6({ source: network6(n), destination: server6, payload: ports(40000, 53) }),
    ],
    [
      "fragments of the next source",
      n => ipv4({ source: host4(n), destination: server4, moreFragments: true }),
    ],
  ])("%s", (_name, make) => {
    // A sequence may spread more evenly than chance; it must not spread less.
    expect(chiSquare(range(make))).toBeLessThan(113);
  });
});
