import { beforeEach, describe, expect, test } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { Bare, differences, edges, kinds } from "./bare.js";
import { Reference } from "./reference.js";

describe.each(kinds)("$profile, IPv$family", ({ profile, family }) => {
  const bits = family === 4 ? 32 : 128;
  const all = (1n << BigInt(bits)) - 1n;
  let table: Bare;
  let reference: Reference;
  /** Addresses at the edges of every prefix that was ever there. */
  let asked: bigint[];

  beforeEach(async () => {
    table = await Bare.load(profile, family);
    table.clear(200);
    reference = new Reference(bits);
    asked = [0n, 1n, all - 1n, all];
  });

  function insert(address: bigint, length: number, set: number): void {
    expect(table.insert(address, length, set)).toBe(Status.OK);
    reference.insert(address, length, set);
    asked.push(...edges(address, length, bits));
  }

  function remove(address: bigint, length: number): void {
    expect(table.remove(address, length)).toBe(Status.OK);
    reference.remove(address, length);
  }

  function expectSame(): void {
    expect(differences(table, reference, asked)).toEqual([]);
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

  test.each([0n, all, 0x5555n << BigInt(bits - 16)])("a chain of every length around %s", end => {
    for (let length = 0; length <= bits; length++) insert(reference.mask(end, length), length, length);
    expectSame();
    // Every other one from within, then the rest from outside.
    for (let length = bits - 1; length > 0; length -= 2) remove(reference.mask(end, length), length);
    expectSame();
    for (let length = 0; length <= bits; length += 2) {
      remove(reference.mask(end, length), length);
      expectSame();
    }
    expect(table.lookup(end)).toBeNull();
  });

  test("a chain that grows outwards", () => {
    for (let length = bits; length >= 0; length--) {
      insert(reference.mask(all, length), length, length);
      expectSame();
    }
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
