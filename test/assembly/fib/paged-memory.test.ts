import { beforeEach, describe, expect, test } from "vitest";
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
  test("pages exist only where prefixes end", async () => {
    const table = await Bare.load("host", 6);
    table.clear(1000);
    const empty = table.bytes();
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
