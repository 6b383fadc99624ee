/** Whatever bytes come in, the router goes on serving and writes nowhere but where it may. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Drop, Verdict } from "../../../host/protocol/words.js";
import {
  type Bytes,
  checksum,
  concat,
  DESTINATION_OPTIONS,
  FRAGMENT,
  ICMP,
  ICMPV6,
  icmp,
  ip4,
  ip6,
  ipv4,
  ipv6,
  oneHopOlder,
  ROUTING,
  UDP,
  u16,
} from "../packet/build.js";
import {
  client4,
  client6,
  Edge,
  narrow4,
  narrow6,
  own4,
  own6,
  query4,
  query6,
  server4,
  server6,
  unknown4,
  unknown6,
} from "./edge.js";

/** Longest packet that is tried: what the smaller profile has room for. */
const ROOM = 256;

const destinations4 = [server4, narrow4, own4, unknown4];
const destinations6 = [server6, narrow6, own6, unknown6];
const data = new Uint8Array(96).map((_, i) => i);
const extension = (next: number, rest: Bytes) => concat([next, 0, 1, 4, 0, 0, 0, 0], rest);

/** Valid packets of every kind that the receive path tells apart. */
const valid: Bytes[] = [
  ...destinations4.flatMap(destination =>
    [
      {},
      { payload: data, dontFragment: true },
      { options: [148, 4, 0, 0, 7, 7, 4, 0, 0, 0, 0, 0] },
      { options: [131, 7, 4, 192, 0, 2, 9, 0] },
      { fragmentOffset: 3, moreFragments: true },
      { ttl: 1, protocol: ICMP, payload: icmp({ type: 8, data }) },
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
      { nextHeader: FRAGMENT, payload: concat([ICMPV6, 0], u16(16), data) },
      { nextHeader: ROUTING, payload: extension(DESTINATION_OPTIONS, extension(UDP, data)) },
      { nextHeader: 51, payload: concat([UDP, 4], data) },
    ].map(fields => ipv6({ source: client6, destination, ...fields })),
  ),
];

interface Input {
  packet: Bytes;
  port: number;
}

/**
 * A valid packet with a few bytes changed, cut short or made longer; its header checksum perhaps made right
 * again.
 */
const mutated = fc
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

const inputs: fc.Arbitrary<Input> = fc.record({
  packet: fc.oneof({ weight: 9, arbitrary: mutated }, fc.uint8Array({ maxLength: ROOM })),
  port: fc.oneof({ weight: 9, arbitrary: fc.nat(2) }, fc.nat(255)),
});

describe.each(["host", "mcu"] as const)("any bytes, profile %s", profile => {
  const BATCH = 200;
  let edge: Edge;
  let mayChange: [at: number, length: number][] = [];

  /** Two ways to the servers, so that the flow's hash matters. */
  function shareServers(): void {
    edge.setMaxPaths(2);
    edge.announce(1, ip4("198.51.100.0"), 24);
    edge.announce(1, ip6("2001:db8:53::"), 48);
  }

  /** Linear memory, with zeros where the receive path may write. */
  function untouchable(): Buffer {
    const memory = Buffer.from(edge.router.exports.memory.buffer.slice(0));
    for (const [at, length] of mayChange) memory.fill(0, at, at + length);
    return memory;
  }

  /** Addresses of the bytes that `action` changes. */
  function changedBy(action: () => void): number[] {
    const before = untouchable();
    action();
    const after = untouchable();
    const changed: number[] = [];
    for (let at = 0; at < before.length; at++) if (before[at] !== after[at]) changed.push(at);
    return changed;
  }

  /**
   * The forwarding table may keep what it looks for in memory of its own: the 8-byte words that requests for a way by
   * themselves change.
   */
  function lookupScratch(): [at: number, length: number][] {
    const touched = [...destinations4, ...destinations6].flatMap(destination =>
      // Each by itself: what one request writes, the next may write back.
      [0, 9, 23, 31, 47, 64, 127].flatMap(bit => {
        const address = new Uint8Array(16);
        address.set(destination);
        if (bit >> 3 < destination.length) address[bit >> 3]! ^= 0x80 >> (bit & 7);
        return changedBy(() =>
          edge.router.call("LOOKUP", { family: destination.length === 4 ? 4 : 6, address }),
        );
      }),
    );
    return [...new Set(touched.map(at => at & ~7))].map(at => [at, 8]);
  }

  beforeAll(async () => {
    edge = await Edge.start(profile);
    shareServers();
    const { packetBuffer, replyBuffer } = edge.router.exports;
    mayChange = lookupScratch();
    // Where the drop counters are shows when one of them counts.
    const [counter] = changedBy(() => edge.forward(new Uint8Array()));
    mayChange.push(
      [packetBuffer(), ROOM],
      [replyBuffer(), profile === "host" ? 1280 : 128],
      [counter! - 4 * Drop.TOO_SHORT, 4 * Object.keys(Drop).length],
    );
  });

  test("changes nothing outside the packet, the reply and the counters; the router serves on", () => {
    fc.assert(
      fc.property(fc.array(inputs, { minLength: BATCH, maxLength: BATCH }), batch => {
        // The rate limit shall not keep ICMP errors from being tried.
        edge.wait(100_000);
        const memory = untouchable();
        for (const { packet, port } of batch) {
          const buffer = edge.router.bytes(edge.router.exports.packetBuffer(), ROOM).fill(0x5a);
          const { packet: out } = edge.forward(packet, port);
          expect(out.length).toBeLessThanOrEqual(packet.length);
          expect(buffer.subarray(packet.length).every(byte => byte === 0x5a)).toBe(true);
        }
        expect(untouchable().equals(memory)).toBe(true);
        for (const query of [query4, query6]) {
          const { verdict, packet } = edge.forward(query);
          expect({ verdict, packet }).toEqual({ verdict: Verdict.FORWARDED, packet: oneHopOlder(query) });
        }
      }),
      { numRuns: 100_000 / BATCH },
    );
  });

  test("what lies behind a packet does not matter to it", () => {
    fc.assert(
      fc.property(inputs, ({ packet, port }) => {
        const outcomes = [0x00, 0xff].map(behind => {
          edge.wait(20_000);
          edge.router.bytes(edge.router.exports.packetBuffer(), ROOM).fill(behind);
          return edge.forward(packet, port);
        });
        expect(outcomes[0]).toEqual(outcomes[1]);
      }),
      { numRuns: 5000 },
    );
  });
});
