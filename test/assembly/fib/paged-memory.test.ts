import { beforeEach, describe, expect, test } from "vitest";
import { Part } from "../../../host/protocol/words.js";
import { Bare } from "./bare.js";

/** What the `paged` tables of the `host` profile take. */
describe("IPv4", () => {
  let table: Bare;
  let empty: number;

  beforeEach(async () => {
    table = await Bare.load("host", 4);
    table.clear(5000);
    empty = table.bytes();
  });

  const slash16 = (number: number) => BigInt(number) << 16n;

  test("a /16 that is one set throughout takes nothing beyond the first with that set", () => {
    table.insert(slash16(0), 16, 5);
    const one = table.bytes();
    for (let number = 1; number < 2000; number++) table.insert(slash16(number), 16, 5);
    expect(table.bytes()).toBe(one);
  });

  test("pages of equal content are one page", () => {
    const fill = (number: number) => {
      for (let inner = 0n; inner < 4n; inner++) {
        table.insert(slash16(number) | (inner << 12n), 24, Number(inner));
      }
    };
    fill(0);
    const one = table.bytes();
    for (let number = 1; number < 100; number++) fill(number);
    expect(table.bytes()).toBe(one);
  });

  test("a shared page is left as it is for the others when one /16 changes", () => {
    for (const number of [1, 2]) table.insert(slash16(number) | 0x300n, 24, 7);
    table.insert(slash16(1) | 0x500n, 24, 8);
    expect(table.lookup(slash16(1) | 0x501n)).toBe(8);
    expect(table.lookup(slash16(2) | 0x501n)).toBe(null);
    table.remove(slash16(1) | 0x500n, 24);
    expect(table.lookup(slash16(1) | 0x301n)).toBe(7);
    expect(table.lookup(slash16(2) | 0x301n)).toBe(7);
  });

  test("what is given back is used again: the bytes depend on what is there, not on how it came", () => {
    const prefixes = Array.from({ length: 4000 }, (_, i) => ({
      address: slash16(i % 200) | ((BigInt(i * 7) % 256n) << 8n),
      length: 24,
    }));
    for (const { address, length } of prefixes) table.insert(address, length, Number(address % 200n));
    const full = table.bytes();
    for (let round = 0; round < 5; round++) {
      for (const { address, length } of prefixes) table.remove(address, length);
      expect(table.bytes()).toBe(empty);
      for (const { address, length } of prefixes.toReversed()) {
        table.insert(address, length, Number(address % 200n));
      }
      expect(table.bytes()).toBe(full);
    }
  });

  test("leaves are one byte up to 254 sets, and two from the first set beyond", () => {
    const address = (set: number) => slash16(set >> 8) | (BigInt(set & 0xff) << 8n);
    for (let set = 0; set < 254; set++) table.insert(address(set), 24, set);
    table.insert(address(1) | 1n, 32, 3);
    const narrow = table.bytes();
    for (let set = 0; set < 254; set++) expect(table.lookup(address(set))).toBe(set);

    // A set for a set: there are no more leaves than before, but they are wider.
    table.insert(address(253), 24, 254);
    expect(table.bytes() - narrow).toBeGreaterThanOrEqual(254);
    for (let set = 0; set < 253; set++) expect(table.lookup(address(set))).toBe(set);
    expect(table.lookup(address(253))).toBe(254);
    expect(table.lookup(address(1) | 1n)).toBe(3);
    expect(table.lookup(address(254))).toBe(null);
  });

  test("a table that begins anew has leaves of one byte again", () => {
    table.insert(slash16(1) | 0x300n, 24, 7);
    const narrow = table.bytes();
    table.insert(slash16(9), 16, 300);
    table.clear(5000);
    expect(table.bytes()).toBe(empty);
    table.insert(slash16(1) | 0x300n, 24, 7);
    expect(table.bytes()).toBe(narrow);
  });

  test("pages are shared across the change of width", () => {
    table.insert(slash16(1) | 0x300n, 24, 7);
    table.insert(slash16(9), 16, 300);
    const before = table.bytes();
    table.insert(slash16(2) | 0x300n, 24, 7);
    expect(table.bytes()).toBe(before);
  });
});

describe("IPv6", () => {
  let table: Bare;
  let empty: number;

  beforeEach(async () => {
    table = await Bare.load("host", 6);
    table.clear(1000);
    empty = table.bytes();
  });

  /** 2001:db8::/40 and those that follow it. */
  const slash40 = (number: number) => (0x20010db8n << 96n) | (BigInt(number) << 88n);
  const slash48 = (number: number, slot: number) => slash40(number) | (BigInt(slot) << 80n);

  test("outer pages of equal content are one page", () => {
    for (const slot of [1, 7, 9]) table.insert(slash48(0, slot), 48, slot);
    const one = table.partBytes(Part.HEADERS);
    for (let number = 1; number < 200; number++) {
      for (const slot of [1, 7, 9]) table.insert(slash48(number, slot), 48, slot);
    }
    expect(table.partBytes(Part.HEADERS)).toBe(one);
    for (let number = 0; number < 200; number++) {
      expect([1, 2, 7, 9].map(slot => table.lookup(slash48(number, slot)))).toEqual([1, null, 7, 9]);
    }
  });

  test("a shared outer page is left as it is for the others when one /40 changes", () => {
    for (const number of [1, 2, 3]) table.insert(slash48(number, 3), 48, 7);
    table.insert(slash48(2, 5), 48, 8);
    table.insert(slash48(2, 3) | 1n, 128, 9);
    expect(table.lookup(slash48(2, 5))).toBe(8);
    expect(table.lookup(slash48(2, 3) | 1n)).toBe(9);
    for (const number of [1, 3]) {
      expect(table.lookup(slash48(number, 5))).toBe(null);
      expect(table.lookup(slash48(number, 3) | 1n)).toBe(7);
    }
    table.remove(slash48(1, 3), 48);
    expect([1, 2, 3].map(number => table.lookup(slash48(number, 3)))).toEqual([null, 7, 7]);
  });

  test("outer pages are shared across the change of width", () => {
    table.insert(slash48(1, 3), 48, 7);
    table.insert(slash40(9), 40, 300);
    const before = table.partBytes(Part.HEADERS);
    table.insert(slash48(2, 3), 48, 7);
    expect(table.partBytes(Part.HEADERS)).toBe(before);
  });

  test("pages exist only where prefixes end", () => {
    table.insert(0x2001n << 112n, 16, 1);
    expect(table.bytes()).toBe(empty);
    const lengths = [24, 32, 40, 48, 64, 128];
    const address = 0x20010db8n << 96n;
    for (const length of lengths) table.insert(address, length, length);
    expect(table.bytes()).toBeGreaterThan(empty);
    for (const length of lengths) table.remove(address, length);
    expect(table.bytes()).toBe(empty);
  });
});
