import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Unit, unit } from "../unit.js";
import { checksum, ip4, ipv4, oneHopOlder, read16, u16 } from "./build.js";

interface Checksums {
  at(): number;
  checksum(at: number, length: number): number;
  checksumHolds(packet: number, headerLength: number): number;
  decrementTimeToLive(packet: number): void;
}

const source = `
  import { complete, sum } from "./packet/checksum";
  export { checksumHolds, decrementTimeToLive } from "./packet/ipv4";
  const buffer = memory.data(65536, 8);
  export function at(): usize { return buffer; }
  export function checksum(at: usize, length: u32): u32 { return bswap<u16>(<u16>complete(sum(at, length))); }
`;

let core: Unit<Checksums>;
beforeAll(async () => {
  core = await unit<Checksums>("mcu", source);
});

function place(bytes: Uint8Array): Uint8Array {
  const view = new Uint8Array(core.memory.buffer, core.at(), bytes.length);
  view.set(bytes);
  return view;
}

describe("the internet checksum", () => {
  test("equals the slow sum, for every length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
        place(bytes);
        expect(core.checksum(core.at(), bytes.length)).toBe(checksum(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  test("carries around in the longest packet of all ones", () => {
    const bytes = new Uint8Array(65535).fill(0xff);
    place(bytes);
    expect(core.checksum(core.at(), bytes.length)).toBe(checksum(bytes));
  });
});

describe("decrementing the TTL", () => {
  const address = fc.uint8Array({ minLength: 4, maxLength: 4 });

  test("gives the checksum that a full recomputation gives, for every TTL", () => {
    const header = fc.record({
      source: address,
      destination: address,
      protocol: fc.nat(255),
      identification: fc.nat(65535),
    });
    fc.assert(
      fc.property(header, fields => {
        for (let ttl = 1; ttl < 256; ttl++) {
          const packet = ipv4({ ...fields, ttl, payload: new Uint8Array() });
          const view = place(packet);
          core.decrementTimeToLive(core.at());
          expect(view).toEqual(oneHopOlder(packet));
          expect(core.checksumHolds(core.at(), 20)).toBe(1);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("stays right where the checksum wraps, and from the zero that is all ones", () => {
    const wrapping = new Set([0x0000, 0x0001, 0xfeff, 0xff00, 0xfffe]);
    for (let identification = 0; identification < 65536; identification++) {
      const packet = ipv4({
        source: ip4("192.0.2.1"),
        destination: ip4("198.51.100.1"),
        identification,
        payload: new Uint8Array(),
      });
      const sum = read16(packet, 10);
      if (!wrapping.delete(sum)) continue;
      for (const form of sum === 0 ? [0, 0xffff] : [sum]) {
        const view = place(packet);
        view.set(u16(form), 10);
        core.decrementTimeToLive(core.at());
        expect(view).toEqual(oneHopOlder(packet));
      }
    }
    expect(wrapping.size).toBe(0);
  });
});
