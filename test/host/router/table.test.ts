import { beforeEach, describe, expect, test } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { NO_SET, Table } from "../../../host/router/table.js";
import { parseAddress, parsePrefix, toWords } from "../../../host/tables/address.js";
import { synthesize } from "../../../host/tables/synth.js";

const documentation = [
  {
    family: 4,
    prefix: "198.51.100.0/24",
    inner: "198.51.100.128/25",
    inside: "198.51.100.200",
    outside: "198.51.101.0",
  },
  {
    family: 6,
    prefix: "2001:db8::/32",
    inner: "2001:db8:53::/48",
    inside: "2001:db8:53::1",
    outside: "2001:db9::",
  },
] as const;

describe.each(documentation)("IPv$family", ({ family, prefix, inner, inside, outside }) => {
  let table: Table;
  beforeEach(async () => {
    table = await Table.create({ prefixes4: 2, prefixes6: 2 });
    table.insert(parsePrefix(prefix), 1);
    table.insert(parsePrefix(inner), 2);
  });

  test("the longest prefix around an address answers, with its set and its length", () => {
    expect(table.lookup(parseAddress(inside))).toBe(2);
    expect(table.match(parseAddress(inside))).toBe(parsePrefix(inner).length);
    expect(table.lookup(parseAddress(outside))).toBeNull();
    expect(table.match(parseAddress(outside))).toBeNull();
  });

  test("a prefix that is removed gives way to the one around it", () => {
    expect(table.remove(parsePrefix(inner))).toBe(true);
    expect(table.lookup(parseAddress(inside))).toBe(1);
    expect(table.remove(parsePrefix(inner))).toBe(false);
  });

  test("a full table refuses a new prefix and takes a new set", () => {
    const another = parsePrefix(family === 4 ? "203.0.113.0/24" : "2001:db8:1::/48");
    expect(() => table.insert(another, 3)).toThrow(expect.objectContaining({ status: Status.TABLE_FULL }));
    table.insert(parsePrefix(inner), 3);
    expect(table.lookup(parseAddress(inside))).toBe(3);
  });

  test("many addresses at once, in their order", () => {
    const width = family === 4 ? 1 : 4;
    const asked = [inside, outside, inside, prefix.split("/")[0]!];
    const some = asked.flatMap(text => [...toWords(parseAddress(text)).subarray(0, width)]);
    const repeats = 5000;
    const words = Uint32Array.from({ length: some.length * repeats }, (_, i) => some[i % some.length]!);
    const expected = Uint16Array.from({ length: 4 * repeats }, (_, i) => [2, NO_SET, 2, 1][i % 4]!);
    expect(table.lookupAll(family, words)).toEqual(expected);
  });
});

test("a table that does not fit is refused", async () => {
  await expect(Table.create({ prefixes4: 4_000_000, prefixes6: 4_000_000 })).rejects.toThrow(
    expect.objectContaining({ status: Status.CAPACITY }),
  );
});

test("loading says how far it is, through both families", async () => {
  const shares: number[] = [];
  await Table.of(synthesize({ prefixes4: 300, prefixes6: 100, seed: 1 }), share => shares.push(share));
  expect(shares).toEqual([0, 0.75]);
});

test("a whole table is loaded with the numbers of its next hops as sets", async () => {
  const routes = synthesize({ prefixes4: 500, prefixes6: 500, seed: 1 });
  const table = await Table.of(routes);
  for (const { family, count, words, width, lengths, nextHopOf, nextHops } of [routes.ipv4, routes.ipv6]) {
    const sets = table.lookupAll(family, words.subarray(0, count * width));
    // The first address of a prefix is in that prefix, or in a longer one that begins there and stands behind it.
    for (let row = 0; row < count; row++) {
      expect(sets[row]).toBeLessThan(nextHops.length);
      const next = words.subarray((row + 1) * width, (row + 2) * width);
      const isSame = row + 1 < count && next.every((word, i) => word === words[row * width + i]);
      if (!isSame)
        expect({ row, length: lengths[row], set: sets[row] }).toMatchObject({ set: nextHopOf[row] });
    }
    expect(table.bytes(family)).toBeGreaterThan(0);
  }
});
