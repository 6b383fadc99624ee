import { beforeEach, describe, expect, test } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { Random } from "../../../host/tables/random.js";
import { Bare, kinds } from "./bare.js";
import { shuffle } from "./shuffle.js";
import { SideBySide } from "./side-by-side.js";

/** Lengths of which every pair is tried: all of IPv4; of IPv6 those around the ends of pages, and at either end. */
const lengths = {
  4: Array.from({ length: 33 }, (_, length) => length),
  6: [0, 1, ...[16, 24, 32, 40, 48, 56, 64].flatMap(end => [end - 1, end, end + 1]), 127, 128],
};

describe.each(kinds)("$profile, IPv$family", ({ profile, family }) => {
  const bits = family === 4 ? 32 : 128;
  const all = (1n << BigInt(bits)) - 1n;
  let table: Bare;
  let both: SideBySide;
  /** Bytes of the table without prefixes. */
  let empty: number;

  beforeEach(async () => {
    table = await Bare.load(profile, family);
    // In the `mcu` profile so much room that the index has ranges that are smaller than a short prefix.
    table.clear(profile === "mcu" ? 20_000 : 200);
    both = new SideBySide(table);
    empty = table.bytes();
  });

  test("an empty table matches nothing", () => {
    both.expectSame();
    expect(table.lookup(0n)).toBeNull();
    expect(table.match(all)).toBe(-1);
  });

  test("a default route covers every address, and alone", () => {
    both.insert(0n, 0, 7);
    both.expectSame();
    expect(table.match(all)).toBe(0);
    both.remove(0n, 0);
    both.expectSame();
  });

  test("a default route comes and goes around others", () => {
    both.insert(all - 0xffn, bits - 8, 1);
    both.insert(0n, 12, 2);
    both.insert(0n, 0, 3);
    both.expectSame();
    both.insert(0n, 0, 4);
    both.expectSame();
    both.remove(0n, 12);
    both.expectSame();
    both.remove(0n, 0);
    both.expectSame();
  });

  test("address 0 and all ones are addresses like others", () => {
    both.insert(0n, bits, 1);
    both.insert(all, bits, 2);
    both.expectSame();
    both.insert(0n, 1, 3);
    both.insert(1n << BigInt(bits - 1), 1, 4);
    both.expectSame();
    both.remove(0n, bits);
    both.remove(all, bits);
    both.expectSame();
  });

  test("two addresses and one address, side by side", () => {
    both.insert(0xc6n << 8n, bits - 1, 1);
    both.insert((0xc6n << 8n) | 1n, bits, 2);
    both.insert((0xc6n << 8n) | 2n, bits, 3);
    both.insert((0xc6n << 8n) | 2n, bits - 1, 4);
    both.expectSame();
    both.remove((0xc6n << 8n) | 2n, bits);
    both.remove(0xc6n << 8n, bits - 1);
    both.expectSame();
  });

  const places = [
    { place: "at address 0", end: 0n },
    { place: "at all ones", end: all },
    { place: "amid others", end: BigInt(`0x${"5a".repeat(bits / 8)}`) },
  ];

  test.each(places)("a prefix of each length alone, $place", ({ end }) => {
    for (let length = 0; length <= bits; length++) {
      both.forget();
      both.insert(both.reference.mask(end, length), length, 7);
      both.asked.add(end);
      both.expectSame();
      both.remove(both.reference.mask(end, length), length);
      both.expectSame();
      expect(table.bytes()).toBe(empty);
    }
  });

  test.each(places)("a prefix inside another of each length, $place", ({ end }) => {
    for (const outer of lengths[family]) {
      for (const inner of lengths[family].filter(length => length > outer)) {
        both.forget();
        both.insert(both.reference.mask(end, outer), outer, 1);
        both.insert(both.reference.mask(end, inner), inner, 2);
        both.expectSame();
        both.remove(both.reference.mask(end, outer), outer);
        both.expectSame();
        both.insert(both.reference.mask(end, outer), outer, 3);
        both.expectSame();
        both.remove(both.reference.mask(end, inner), inner);
        both.expectSame();
        both.remove(both.reference.mask(end, outer), outer);
        both.expectSame();
      }
    }
  });

  test("a prefix right behind another of each length", () => {
    for (const first of lengths[family].filter(length => length > 0)) {
      for (const second of lengths[family].filter(length => length > 0)) {
        both.forget();
        const border = 1n << BigInt(bits - 1);
        both.insert(border - (1n << BigInt(bits - first)), first, 1);
        both.insert(border, second, 2);
        both.expectSame();
        both.remove(border - (1n << BigInt(bits - first)), first);
        both.expectSame();
        both.remove(border, second);
        both.expectSame();
      }
    }
  });

  const orders = {
    "from the top": (chain: number[]) => chain,
    "from the bottom": (chain: number[]) => chain.toReversed(),
    "in random order": (chain: number[], seed: number) => shuffle([...chain], new Random(seed)),
  };

  describe.each(places)("a chain of all lengths, $place", ({ end }) => {
    test.each(Object.entries(orders))("comes and goes %s", (_, inOrder) => {
      const chain = Array.from({ length: bits + 1 }, (_, length) => length);
      for (const length of inOrder(chain, 1)) {
        both.insert(both.reference.mask(end, length), length, length);
        both.expectSame();
      }
      for (const length of inOrder(chain, 2)) {
        both.remove(both.reference.mask(end, length), length);
        both.expectSame();
      }
      expect(table.bytes() - empty).toBeLessThan(512);
    });
  });

  test("all addresses of a small prefix, one by one", () => {
    both.insert(0n, bits - 6, 99);
    for (let host = 0n; host < 64n; host++) both.insert(host, bits, Number(host));
    both.expectSame();
    for (let host = 63n; host >= 0n; host--) both.remove(host, bits);
    both.expectSame();
  });

  test("a prefix given again takes the new set", () => {
    both.insert(0n, 24, 1);
    both.insert(0n, 24, 2);
    both.expectSame();
    both.remove(0n, 24);
    expect(table.remove(0n, 24)).toBe(Status.NOT_FOUND);
    both.expectSame();
  });

  test("an address is looked up with whatever bits stand behind a prefix", () => {
    const stem = 0x2001n << BigInt(bits - 16);
    for (let length = 0; length <= bits; length++) {
      both.forget();
      const address = both.reference.mask(stem, length);
      both.insert(address, length, 5);
      for (let bit = 0n; bit < BigInt(bits - length); bit++) {
        both.asked.add(address | (1n << bit));
        both.asked.add(address | ((1n << (bit + 1n)) - 1n));
      }
      both.expectSame();
      both.remove(address, length);
    }
  });

  test("a host bit is refused at every length", () => {
    both.insert(0n, 0, 1);
    for (let length = 0; length < bits; length++) {
      for (const bit of [0n, BigInt(bits - length - 1)]) {
        expect(table.insert(1n << bit, length, 2)).toBe(Status.HOST_BITS);
        expect(table.remove(1n << bit, length)).toBe(Status.HOST_BITS);
      }
    }
    both.expectSame();
  });

  test.each([bits + 1, 255, 256, 0xffff_ffff])("length %d is refused", length => {
    expect(table.insert(0n, length, 1)).toBe(Status.BAD_PREFIX_LENGTH);
    expect(table.remove(0n, length)).toBe(Status.BAD_PREFIX_LENGTH);
    both.expectSame();
  });

  test("the last set is a set, and there is none behind it", () => {
    both.insert(0n, 8, table.setLimit - 1);
    both.expectSame();
    expect(table.insert(0n, 9, table.setLimit)).toBe(Status.BAD_VALUE);
    expect(table.insert(0n, 9, 0xffff_ffff)).toBe(Status.BAD_VALUE);
    both.expectSame();
  });
});
