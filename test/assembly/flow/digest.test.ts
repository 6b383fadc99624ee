import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Unit, unit } from "../unit.js";
import { halfSipHash } from "./half-sip-hash.js";

interface Digests {
  at(): number;
  setKey(first: number, second: number): void;
  digest(at: number, words: number, halves: number): void;
  firstHalf(): number;
  secondHalf(): number;
}

const source = `
  import { high, low } from "./flow/digest";
  export { digest, setKey } from "./flow/digest";
  const buffer = memory.data(256, 8);
  export function at(): usize { return buffer; }
  export function firstHalf(): u32 { return low; }
  export function secondHalf(): u32 { return high; }
`;

/** Of its authors, for two and four rounds: messages 0, 1, 2, ... of 0, 4, 8 and 12 bytes under the key 0 to 7. */
const published = ["218d1f59b9b83cc8", "d5e78a175be52ea1", "edfee820bce4858c", "7bc71f9faef5c799"];

test("the reference gives what the authors of HalfSipHash publish", () => {
  const counting = (length: number) => Uint8Array.from({ length }, (_, i) => i);
  const digests = published.map((_, words) => {
    const digest = halfSipHash(counting(8), counting(4 * words), { compression: 2, finalization: 4 });
    return Buffer.from(Uint32Array.of(...digest).buffer).toString("hex");
  });
  expect(digests).toEqual(published);
});

describe.each(["host", "mcu"] as const)("the digest, profile %s", profile => {
  let core: Unit<Digests>;
  beforeAll(async () => {
    core = await unit<Digests>(profile, source);
  });

  test("is HalfSipHash-1-3", () => {
    const key = fc.uint8Array({ minLength: 8, maxLength: 8 });
    const message = fc
      .nat({ max: 16 })
      .chain(words => fc.uint8Array({ minLength: 4 * words, maxLength: 4 * words }));
    fc.assert(
      fc.property(key, message, (key, message) => {
        const view = new DataView(key.buffer, key.byteOffset);
        core.setKey(view.getUint32(0, true), view.getUint32(4, true));
        new Uint8Array(core.memory.buffer, core.at(), message.length).set(message);
        const expected = halfSipHash(key, message, { compression: 1, finalization: 3 });
        core.digest(core.at(), message.length / 4, 2);
        expect([core.firstHalf() >>> 0, core.secondHalf() >>> 0]).toEqual(expected);
        core.digest(core.at(), message.length / 4, 1);
        expect(core.firstHalf() >>> 0).toBe(expected[0]);
      }),
    );
  });
});
