import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Random } from "../../../host/tables/random.js";
import { Bare, kinds } from "./bare.js";
import { shuffle } from "./shuffle.js";
import { SideBySide } from "./side-by-side.js";

/**
 * Leaves of the `host` profile are one byte for sets 0 to 253, and two from the first set beyond: nothing may be lost
 * where that happens, however it comes about. In `mcu` the same sets, as far as there are, must do as well.
 */
describe.each(kinds)("$profile, IPv$family", ({ profile, family }) => {
  const bits = family === 4 ? 32 : 128;
  /** Length of prefixes that end with a page; longer ones are escapes. */
  const whole = family === 4 ? 24 : 48;
  const stem = family === 4 ? 0n : 0x2001_0db8n << 16n;
  let table: Bare;
  let both: SideBySide;

  beforeAll(async () => {
    table = await Bare.load(profile, family);
  });

  beforeEach(() => {
    // An escape takes up to four words in the `mcu` profile.
    table.clear(1000);
    both = new SideBySide(table);
    // Two pages that are alike, with an escape each.
    for (const page of [0x8000, 0x8100]) {
      for (let slot = 0; slot < 8; slot++) both.insert(addressOf(page + 5 * slot), whole, slot % 3);
      both.insert(addressOf(page) | 1n, bits, 4);
    }
  });

  /** Place of a prefix that ends with a page: its page and, in the last byte, its slot. */
  function addressOf(place: number): bigint {
    return (stem | BigInt(place)) << BigInt(bits - whole);
  }

  /** Each set has a place of its own, 64 to a page. */
  function placeOf(set: number): number {
    return ((set >> 6) << 8) | ((set & 63) * 3);
  }

  const orders = [
    { order: "ascending", sorted: (sets: number[]) => sets },
    { order: "descending", sorted: (sets: number[]) => sets.toReversed() },
    { order: "random", sorted: (sets: number[]) => shuffle([...sets], new Random(1)) },
  ];
  const counts = profile === "mcu" ? [254, 255] : [254, 255, 256];

  describe.each(counts)("%d sets", count => {
    const all = Array.from({ length: count }, (_, set) => set);

    test.each(orders)("in $order order", ({ sorted }) => {
      const sets = sorted(all);
      sets.forEach((set, i) => {
        both.insert(addressOf(placeOf(set)), whole, set);
        if (set % 16 === 0) both.insert(addressOf(placeOf(set)) | 3n, bits, (set + 1) % count);
        if (set >= 252 || i % 32 === 0) both.expectSame();
      });
      both.expectSame();
      for (const set of all) expect(table.lookup(addressOf(placeOf(set)))).toBe(set);
      sets.forEach((set, i) => {
        both.remove(addressOf(placeOf(set)), whole);
        if (set >= 252 || i % 32 === 0) both.expectSame();
      });
      both.expectSame();
    });

    test("the last ones as other sets of prefixes that are there", () => {
      for (const set of all) both.insert(addressOf(placeOf(set)), whole, set % 252);
      both.expectSame();
      const last = all.slice(252);
      // One of two pages that are alike, one with a run to itself, an escape, and what an escape falls back to.
      const places = [0x8005, placeOf(7), placeOf(100), 0x8100];
      for (const place of places) {
        for (const set of last) {
          both.insert(addressOf(place), whole, set);
          both.expectSame();
        }
      }
      both.insert(addressOf(0x8000) | 1n, bits, count - 1);
      both.expectSame();
      for (const place of places) {
        both.insert(addressOf(place), whole, 1);
        both.expectSame();
      }
    });

    test("the last ones as a route around everything", () => {
      for (const set of all.slice(0, 253)) both.insert(addressOf(placeOf(set)), whole, set);
      for (const set of all.slice(253)) {
        both.insert(0n, 0, set);
        both.insert(stem << BigInt(bits - whole), whole - 16, set);
        both.insert(addressOf(0x8000), whole - 8, set);
        both.expectSame();
      }
      both.remove(addressOf(0x8000), whole - 8);
      both.remove(stem << BigInt(bits - whole), whole - 16);
      both.expectSame();
      both.remove(0n, 0);
      both.expectSame();
    });
  });
});
