import { beforeEach, describe, expect, test } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { Random } from "../../../host/tables/random.js";
import { Bare, edges } from "./bare.js";

const ROOM = 6000;

/**
 * The most loads of a lookup in the packed tables among `words` words and `long` longer prefixes, as packed4.ts and
 * packed6.ts derive it.
 */
const bounds = {
  4: (words: number, long: number) => 20 * log(words) + 10 * log(long) + 36,
  6: (words: number, long: number) => 49 * log(words) + 82 * log(long) + 130,
};

function log(count: number): number {
  return Math.ceil(Math.log2(count + 1));
}

/** A lookup ends within so many loads, whatever is in the table: no prefix that others hide is walked to step by step. */
describe.each([4, 6] as const)("mcu, IPv%d", family => {
  const bits = family === 4 ? 32 : 128;
  const all = (1n << BigInt(bits)) - 1n;
  /** Length of the longest prefixes that are words. */
  const whole = family === 4 ? 24 : 48;
  let table: Bare;
  let words: number;
  let long: number;
  let asked: bigint[];

  beforeEach(async () => {
    table = await Bare.load("mcu", family);
    table.clear(ROOM);
    words = 0;
    long = 0;
    asked = [0n, all];
  });

  function insert(near: bigint, length: number): void {
    const host = BigInt(bits - length);
    const address = (near >> host) << host;
    expect(table.insert(address, length, 1)).toBe(Status.OK);
    // As if each longer one had a marker to itself: a bound that is no lower.
    words++;
    if (length > whole) long++;
    asked.push(...edges(address, length, bits));
  }

  function loadsOf(address: bigint): number {
    const { loads4, loads6 } = table.router.exports;
    return family === 4 ? loads4(Number(address)) : loads6(address >> 64n, BigInt.asUintN(64, address));
  }

  function expectBounded(): void {
    const bound = bounds[family](words, long);
    const beyond = asked
      .map(address => ({ address: address.toString(16), loads: loadsOf(address) }))
      .filter(({ loads }) => loads > bound);
    expect({ bound, beyond }).toEqual({ bound, beyond: [] });
  }

  test.each([
    { depth: "as deep as words go", length: whole },
    { depth: "as deep as addresses", length: bits },
  ])("where a prefix parts from the address at every bit, $depth", ({ length }) => {
    for (let bit = 1; bit <= length; bit++) insert(all ^ (1n << BigInt(bits - bit)), length);
    expectBounded();
    insert(0n, 0);
    insert(all, length - 1);
    expectBounded();
  });

  test("where each of these is found among thousands, which takes most of what the bound allows", () => {
    // In the /5 of the prefixes that part from the last address late enough to be in it.
    const start = (all >> BigInt(bits - 5)) << BigInt(bits - 5);
    for (let i = 0; i < 5000; i++) insert(start + (BigInt(i) << BigInt(bits - whole)), whole);
    for (let bit = 6; bit <= whole; bit++) insert(all ^ (1n << BigInt(bits - bit)), whole);
    expectBounded();
    expect(loadsOf(all)).toBeGreaterThan(0.7 * bounds[family](words, long));
  });

  test.each([whole, bits])("behind a row of /%d inside a short prefix", length => {
    insert(0n, 6);
    for (let i = 0; i < 1200; i++) insert(BigInt(i) << BigInt(bits - length), length);
    asked.push((1n << BigInt(bits - 6)) - 1n);
    expectBounded();
  });

  test("among prefixes of all lengths, drawn at random", () => {
    const random = new Random(family);
    for (let i = 0; i < 1000; i++) {
      // Few ones or few zeros, so that many lie in one another.
      let near = random.below(2) === 0 ? 0n : all;
      for (let change = 0; change < 4; change++) near ^= 1n << BigInt(random.below(bits));
      insert(near, random.below(bits + 1));
    }
    expectBounded();
  });
});
