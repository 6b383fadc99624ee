import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Bytes,
  concat,
  FRAGMENT,
  ICMP,
  ICMPV6,
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
  setByFlowLabel(on: boolean): void;
}

const source = `
  import { hash4, hash6 } from "./flow/hash";
  import { headerLength } from "./packet/ipv4";
  export { setByFlowLabel } from "./flow/hash";
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

describe("an ICMP error has the hash of the flow that it is about", () => {
  const TOO_BIG = { 4: { type: 3, code: 4 }, 6: { type: 2 } };
  const router4 = ip4("203.0.113.7");
  const router6 = ip6("2001:db8:7::7");
  /** What the client sends, and what the server sends that is too big for some router on its way. */
  const flow4 = { source: client4, destination: server4, protocol: TCP, payload: ports(40000, 443) };
  const answer4 = { source: server4, destination: client4, protocol: TCP, payload: ports(443, 40000) };
  const flow6 = { source: client6, destination: server6, nextHeader: UDP, payload: ports(40000, 443) };
  const answer6 = { source: server6, destination: client6, nextHeader: UDP, payload: ports(443, 40000) };

  /** An error about `quoted`, of which it holds `bytes`, for the server. */
  const error4 = (quoted: Bytes, bytes = quoted.length, options: number[] = []) =>
    ipv4({
      source: router4,
      destination: server4,
      protocol: ICMP,
      options,
      payload: icmp({ ...TOO_BIG[4], rest: 1280, data: quoted.subarray(0, bytes) }),
    });
  const error6 = (quoted: Bytes, bytes = quoted.length) =>
    ipv6({
      source: router6,
      destination: server6,
      nextHeader: ICMPV6,
      payload: icmp({ ...TOO_BIG[6], rest: 1280, data: quoted.subarray(0, bytes) }, [router6, server6]),
    });

  test("whose packets go the other way, so that it reaches the server that holds the session", () => {
    expect(hash(error4(ipv4(answer4)))).toBe(hash(ipv4(flow4)));
    expect(hash(error6(ipv6(answer6)))).toBe(hash(ipv6(flow6)));
  });

  test("with options in either header, and with no more than 8 bytes of the transport", () => {
    const nops = [1, 1, 1, 0];
    const quoted = ipv4({ ...answer4, options: nops });
    expect(hash(error4(quoted, 24 + 8, nops))).toBe(hash(ipv4(flow4)));
  });

  test("of the flow's fragments and extension headers that have ports, too", () => {
    const first = ipv4({ ...answer4, moreFragments: true });
    expect(hash(error4(first))).toBe(hash(ipv4(flow4)));
    const payload = concat([UDP, 0], u16(1), u32(99), answer6.payload);
    expect(hash(error6(ipv6({ ...answer6, nextHeader: FRAGMENT, payload })))).toBe(hash(ipv6(flow6)));
  });

  test("as packets without ports, where it tells none", () => {
    const later = ipv4({ ...answer4, fragmentOffset: 10 });
    const fragment = ipv4({ ...flow4, fragmentOffset: 10 });
    expect(hash(error4(later))).toBe(hash(fragment));
    expect(hash(error4(ipv4(answer4), 20))).toBe(hash(fragment));
    expect(hash(error6(ipv6(answer6), 43))).toBe(hash(ipv6({ ...flow6, payload: Uint8Array.of(1) })));
  });

  test("only if what it quotes came from where it goes, and begins with a header", () => {
    const plain = hash(ipv4({ source: router4, destination: server4, protocol: ICMP }));
    expect(hash(error4(ipv4({ ...answer4, source: ip4("198.51.100.2") })))).toBe(plain);
    expect(hash(error4(ipv4({ ...answer4, version: 6 })))).toBe(plain);
    expect(hash(error4(ipv4({ ...answer4, headerWords: 4 })))).toBe(plain);
    expect(hash(error4(ipv4(answer4), 19))).toBe(plain);
    const plain6 = hash(ipv6({ source: router6, destination: server6, nextHeader: ICMPV6 }));
    expect(hash(error6(ipv6({ ...answer6, source: ip6("2001:db8:53::2") })))).toBe(plain6);
    expect(hash(error6(ipv6({ ...answer6, version: 4 })))).toBe(plain6);
    expect(hash(error6(ipv6(answer6), 39))).toBe(plain6);
  });

  test("and an ICMP message that is no error has that of its addresses, whatever it carries", () => {
    const echo = { type: 8, data: ipv4(answer4) };
    const plain = hash(ipv4({ source: router4, destination: server4, protocol: ICMP }));
    expect(hash(ipv4({ source: router4, destination: server4, protocol: ICMP, payload: icmp(echo) }))).toBe(
      plain,
    );
  });
});

describe("the flow label, if it counts,", () => {
  const flow = { source: client6, destination: server6, payload: ports(40000, 53) };
  const fragment = (offset: number, more: number, data: Bytes) => ({
    ...flow,
    nextHeader: FRAGMENT,
    payload: concat([UDP, 0], u16((offset << 3) | more), u32(99), data),
  });
  const withLabels = (act: () => void) => {
    core.setByFlowLabel(true);
    try {
      act();
    } finally {
      core.setByFlowLabel(false);
    }
  };

  test("stands for ports and protocol, in fragments as well", () => {
    withLabels(() => {
      const labelled = hash(ipv6({ ...flow, flowLabel: 0x12345 }));
      expect(hash(ipv6({ ...flow, flowLabel: 0x12345, payload: ports(1, 2), nextHeader: TCP }))).toBe(
        labelled,
      );
      expect(hash(ipv6({ ...fragment(9, 0, ports(3, 4)), flowLabel: 0x12345 }))).toBe(labelled);
    });
  });

  test("tells flows apart by each of its bits, and not by the traffic class beside it", () => {
    withLabels(() => {
      const bits = Array.from({ length: 20 }, (_, bit) => hash(ipv6({ ...flow, flowLabel: 1 << bit })));
      expect(new Set(bits).size).toBe(20);
      expect(hash(ipv6({ ...flow, flowLabel: (0xff << 20) | 1 }))).toBe(bits[0]);
    });
  });

  test("is none where it is 0: ports count then", () => {
    const plain = hash(ipv6(flow));
    withLabels(() => {
      expect(hash(ipv6(flow))).toBe(plain);
      expect(hash(ipv6({ ...flow, payload: ports(40001, 53) }))).not.toBe(plain);
    });
  });

  test("otherwise makes no difference", () => {
    expect(hash(ipv6({ ...flow, flowLabel: 0x12345 }))).toBe(hash(ipv6(flow)));
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
