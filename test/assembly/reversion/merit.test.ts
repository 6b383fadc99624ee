import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Unit, unit } from "../unit.js";

interface Arithmetic {
  decayed(penalty: number, elapsed: bigint, halfLife: number): number;
  decayTime(penalty: number, to: number, halfLife: number): bigint;
  ceilingOf(reuse: number, time: number, halfLife: number): number;
}

/** Half-lives from a millisecond to an hour, in microseconds. */
const halfLife = fc.integer({ min: 1000, max: 3_600_000_000 });
/** Of a half-life: steps of the table of powers, and what is lost with each multiplication. */
const ACCURACY = 1 / 2000;
const ONE = 65536;

describe.each(["host", "mcu"] as const)("a penalty in the %s profile", profile => {
  let merit: Unit<Arithmetic>;
  beforeAll(async () => {
    merit = await unit<Arithmetic>(
      profile,
      `export { decayed, decayTime, ceilingOf } from "./reversion/merit";`,
    );
  });
  const decayed = (penalty: number, elapsed: number, half: number) =>
    merit.decayed(penalty, BigInt(elapsed), half) >>> 0;

  it("decays as 2^-(t / half-life)", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 2 ** 32 - 1 }),
        halfLife,
        fc.double({ min: 0, max: 8, noNaN: true }),
        (p, half, n) => {
          const elapsed = Math.round(n * half);
          const exact = p * 2 ** (-elapsed / half);
          expect(Math.abs(decayed(p, elapsed, half) - exact)).toBeLessThanOrEqual(exact * ACCURACY + 16);
        },
      ),
    );
  });

  it("has halved after a half-life, and is nothing after 32", () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 32 - 1 }), halfLife, (penalty, half) => {
        expect(decayed(penalty, half, half)).toBe(Math.floor(penalty / 2));
        expect(decayed(penalty, 32 * half, half)).toBe(0);
        expect(decayed(penalty, Number.MAX_SAFE_INTEGER, half)).toBe(0);
      }),
    );
  });

  it("takes half-life x log2(penalty / threshold) to decay to a threshold", () => {
    const penalty = fc.integer({ min: ONE, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(penalty, fc.integer({ min: 1, max: 0xffff }), halfLife, (from, threshold, half) => {
        const exact = Math.max(0, half * Math.log2(from / (threshold * ONE)));
        const time = Number(merit.decayTime(from, threshold * ONE, half));
        expect(Math.abs(time - exact)).toBeLessThanOrEqual(half * ACCURACY + 16);
      }),
    );
  });

  it("has a ceiling from which it decays to the threshold in the longest time", () => {
    const reuse = fc.integer({ min: 1, max: 4000 });
    fc.assert(
      fc.property(reuse, halfLife, fc.double({ min: 0, max: 4, noNaN: true }), (threshold, half, n) => {
        const longest = Math.min(Math.round(n * half), 2 ** 32 - 1);
        const exact = threshold * ONE * 2 ** (longest / half);
        const ceiling = merit.ceilingOf(threshold, longest, half) >>> 0;
        expect(Math.abs(ceiling - exact)).toBeLessThanOrEqual(exact * ACCURACY + 16);
      }),
    );
  });

  it("has a ceiling of 65,535 at most, however long the longest time is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 0xffff }),
        fc.nat({ max: 2 ** 32 - 1 }),
        halfLife,
        (reuse, time, half) => {
          const ceiling = merit.ceilingOf(reuse, time, half) >>> 0;
          expect(ceiling).toBeGreaterThanOrEqual(reuse * ONE * (1 - ACCURACY));
          expect(Number(merit.decayTime(ceiling, reuse * ONE, half))).toBeLessThanOrEqual(
            time + half * ACCURACY,
          );
        },
      ),
    );
  });
});
