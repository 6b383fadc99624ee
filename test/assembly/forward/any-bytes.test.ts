/** Whatever bytes come in, the router goes on serving and writes nowhere but where it may. */
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Drop, Verdict } from "../../../host/protocol/words.js";
import { type Bytes, ip4, ip6, oneHopOlder } from "../packet/build.js";
import { Edge, query4, query6 } from "./edge.js";
import { destinations4, destinations6, mutated, ROOM } from "./mutated.js";

interface Input {
  packet: Bytes;
  port: number;
}

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

  test("where flows are pinned and buckets have ages, changes nothing beyond what the router has", async () => {
    const keeping = await Edge.start(profile);
    keeping.configure({ bucketAges: 1, flows: 8 });
    const times = { flowIdle: 2_000_000, bucketIdle: 8000, bucketDeadline: 0 };
    keeping.router.call("FLOWS", { flags: 1, ...times, key: new Uint8Array(8) });
    // Beyond all pools.
    const { memory } = keeping.router.exports;
    const end = memory.buffer.byteLength - 4096;
    fc.assert(
      fc.property(fc.array(inputs, { minLength: BATCH, maxLength: BATCH }), batch => {
        keeping.wait(100_000);
        const beyond = keeping.router.bytes(end, 4096).slice();
        for (const { packet, port } of batch) {
          const buffer = keeping.router.bytes(keeping.router.exports.packetBuffer(), ROOM).fill(0x5a);
          expect(keeping.forward(packet, port).packet.length).toBeLessThanOrEqual(packet.length);
          expect(buffer.subarray(packet.length).every(byte => byte === 0x5a)).toBe(true);
        }
        expect(keeping.router.bytes(end, 4096)).toEqual(beyond);
        expect(keeping.router.call("STATE", {}).flows).toBeLessThanOrEqual(8);
        expect(keeping.forward(query4).packet).toEqual(oneHopOlder(query4));
      }),
      { numRuns: 20_000 / BATCH },
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
