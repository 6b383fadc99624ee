import { beforeEach, describe, expect, test } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { Random } from "../../../host/tables/random.js";
import { Bare, differences, edges, kinds } from "./bare.js";
import { Reference } from "./reference.js";
import { shuffle } from "./shuffle.js";

/** Lengths of which every pair is tried: all of IPv4; of IPv6 those around the ends of pages, and at either end. */
const lengths = {
  4: Array.from({ length: 33 }, (_, length) => length),
  6: [0, 1, ...[16, 24, 32, 40, 48, 56, 64].flatMap(end => [end - 1, end, end + 1]), 127, 128],
};

describe.each(kinds)("$profile, IPv$family", ({ profile, family }) => {
  const bits = family === 4 ? 32 : 128;
  const all = (1n << BigInt(bits)) - 1n;
  let table: Bare;
  let reference: Reference;
  /** Addresses at the edges of every prefix that was ever there. */
  let asked: Set<bigint>;
  /** Bytes of the table without prefixes. */
  let empty: number;

  beforeEach(async () => {
    table = await Bare.load(profile, family);
    // In the `mcu` profile so much room that the index has ranges that are smaller than a short prefix.
    table.clear(profile === "mcu" ? 20_000 : 200);
    reference = new Reference(bits);
    forget();
    empty = table.bytes();
  });

  function forget(): void {
    asked = new Set([0n, 1n, all - 1n, all]);
  }

  function insert(address: bigint, length: number, set: number): void {
    expect(table.insert(address, length, set)).toBe(Status.OK);
    reference.insert(address, length, set);
    for (const edge of edges(address, length, bits)) asked.add(edge);
  }

  function remove(address: bigint, length: number): void {
    expect(table.remove(address, length)).toBe(Status.OK);
    reference.remove(address, length);
  }

  function expectSame(): void {
    expect(differences(table, reference, [...asked])).toEqual([]);
  }

  test("an empty table matches nothing", () => {
    expectSame();
    expect(table.lookup(0n)).toBeNull();
    expect(table.match(all)).toBe(-1);
  });

  test("a default route covers every address, and alone", () => {
    insert(0n, 0, 7);
    expectSame();
    expect(table.match(all)).toBe(0);
    remove(0n, 0);
    expectSame();
  });

  test("a default route comes and goes around others", () => {
    insert(all - 0xffn, bits - 8, 1);
    insert(0n, 12, 2);
    insert(0n, 0, 3);
    expectSame();
    insert(0n, 0, 4);
    expectSame();
    remove(0n, 12);
    expectSame();
    remove(0n, 0);
    expectSame();
  });

  test("address 0 and all ones are addresses like others", () => {
    insert(0n, bits, 1);
    insert(all, bits, 2);
    expectSame();
    insert(0n, 1, 3);
    insert(1n << BigInt(bits - 1), 1, 4);
    expectSame();
    remove(0n, bits);
    remove(all, bits);
    expectSame();
  });

  test("two addresses and one address, side by side", () => {
    insert(0xc6n << 8n, bits - 1, 1);
    insert((0xc6n << 8n) | 1n, bits, 2);
    insert((0xc6n << 8n) | 2n, bits, 3);
    insert((0xc6n << 8n) | 2n, bits - 1, 4);
    expectSame();
    remove((0xc6n << 8n) | 2n, bits);
    remove(0xc6n << 8n, bits - 1);
    expectSame();
  });

  const places = [
    { place: "at address 0", end: 0n },
    { place: "at all ones", end: all },
    { place: "amid others", end: BigInt(`0x${"5a".repeat(bits / 8)}`) },
  ];

  test.each(places)("a prefix of each length alone, $place", ({ end }) => {
    for (let length = 0; length <= bits; length++) {
      forget();
      insert(reference.mask(end, length), length, 7);
      asked.add(end);
      expectSame();
      remove(reference.mask(end, length), length);
      expectSame();
      expect(table.bytes()).toBe(empty);
    }
  });

  test.each(places)("a prefix inside another of each length, $place", ({ end }) => {
    for (const outer of lengths[family]) {
      for (const inner of lengths[family].filter(length => length > outer)) {
        forget();
        insert(reference.mask(end, outer), outer, 1);
        insert(reference.mask(end, inner), inner, 2);
        expectSame();
        remove(reference.mask(end, outer), outer);
        expectSame();
        insert(reference.mask(end, outer), outer, 3);
        expectSame();
        remove(reference.mask(end, inner), inner);
        expectSame();
        remove(reference.mask(end, outer), outer);
        expectSame();
      }
    }
  });

  test("a prefix right behind another of each length", () => {
    for (const first of lengths[family].filter(length => length > 0)) {
      for (const second of lengths[family].filter(length => length > 0)) {
        forget();
        const border = 1n << BigInt(bits - 1);
        insert(border - (1n << BigInt(bits - first)), first, 1);
        insert(border, second, 2);
        expectSame();
        remove(border - (1n << BigInt(bits - first)), first);
        expectSame();
        remove(border, second);
        expectSame();
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
        insert(reference.mask(end, length), length, length);
        expectSame();
      }
      for (const length of inOrder(chain, 2)) {
        remove(reference.mask(end, length), length);
        expectSame();
      }
      expect(table.bytes() - empty).toBeLessThan(512);
    });
  });

  test("all addresses of a small prefix, one by one", () => {
    insert(0n, bits - 6, 99);
    for (let host = 0n; host < 64n; host++) insert(host, bits, Number(host));
    expectSame();
    for (let host = 63n; host >= 0n; host--) remove(host, bits);
    expectSame();
  });

  test("a prefix given again takes the new set", () => {
    insert(0n, 24, 1);
    insert(0n, 24, 2);
    expectSame();
    remove(0n, 24);
    expect(table.remove(0n, 24)).toBe(Status.NOT_FOUND);
    expectSame();
  });

  test("an address is looked up with whatever bits stand behind a prefix", () => {
    const stem = 0x2001n << BigInt(bits - 16);
    for (let length = 0; length <= bits; length++) {
      forget();
      const address = reference.mask(stem, length);
      insert(address, length, 5);
      for (let bit = 0n; bit < BigInt(bits - length); bit++) {
        asked.add(address | (1n << bit));
        asked.add(address | ((1n << (bit + 1n)) - 1n));
      }
      expectSame();
      remove(address, length);
    }
  });

  test("a host bit is refused at every length", () => {
    insert(0n, 0, 1);
    for (let length = 0; length < bits; length++) {
      for (const bit of [0n, BigInt(bits - length - 1)]) {
        expect(table.insert(1n << bit, length, 2)).toBe(Status.HOST_BITS);
        expect(table.remove(1n << bit, length)).toBe(Status.HOST_BITS);
      }
    }
    expectSame();
  });

  test.each([bits + 1, 255, 256, 0xffff_ffff])("length %d is refused", length => {
    expect(table.insert(0n, length, 1)).toBe(Status.BAD_PREFIX_LENGTH);
    expect(table.remove(0n, length)).toBe(Status.BAD_PREFIX_LENGTH);
    expectSame();
  });

  test("the last set is a set, and there is none behind it", () => {
    insert(0n, 8, table.setLimit - 1);
    expectSame();
    expect(table.insert(0n, 9, table.setLimit)).toBe(Status.BAD_VALUE);
    expect(table.insert(0n, 9, 0xffff_ffff)).toBe(Status.BAD_VALUE);
    expectSame();
  });
});
