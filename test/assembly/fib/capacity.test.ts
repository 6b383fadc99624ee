import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { kinds } from "./bare.js";
import { type Entry, Pools } from "./pools.js";
import { wordsFor } from "./room.js";

/** `count` prefixes of one length, `stride` prefixes of that length apart. */
function row(bits: number, count: number, length: number, stride = 1n, limit = 250): Entry[] {
  const step = stride << BigInt(bits - length);
  return Array.from({ length: count }, (_, i) => ({ address: BigInt(i) * step, length, set: i % limit }));
}

describe.each(kinds)("$profile, IPv$family", ({ profile, family }) => {
  const bits = family === 4 ? 32 : 128;
  let pools: Pools;
  beforeAll(async () => {
    pools = await Pools.load(profile, family);
  }, 120_000);

  /** A prefix that takes room in every table, and that none of the rows has. */
  const another = { address: 0n, length: 15, set: 1 };

  /** Fills a table of just that size, asks for every prefix, and empties it again. */
  function expectRoom(entries: Entry[]): void {
    pools.carve(wordsFor(profile, family, entries));
    const refused = entries.filter(entry => pools.insert(entry) !== Status.OK);
    expect(refused).toEqual([]);
    expect(pools.count()).toBe(entries.length);
    expect(pools.insert(another)).toBe(Status.TABLE_FULL);
    const lost = entries.filter(entry => pools.get(entry) !== entry.set);
    expect(lost).toEqual([]);
    // The last address of each is in no longer prefix here.
    const wrong = entries.filter(
      ({ address, length, set }) => pools.lookup(address + (1n << BigInt(bits - length)) - 1n) !== set,
    );
    expect(wrong).toEqual([]);
    const stuck = entries.filter(entry => pools.remove(entry) !== Status.OK);
    expect(stuck).toEqual([]);
    expect(pools.count()).toBe(0);
    expect(pools.isFenceWhole()).toBe(true);
  }

  const count = profile === "mcu" ? 500 : 3000;
  const lengths = family === 4 ? [16, 17, 20, 24, 25, 32] : [16, 17, 24, 25, 32, 33, 40, 41, 48, 49, 64, 128];

  test.each(lengths)("has room for all prefixes of /%d that it was carved for, side by side", length => {
    expectRoom(row(bits, count, length));
  });

  test.each(lengths)("has room for as many of /%d with gaps", length => {
    expectRoom(row(bits, count, length, 2n));
  });

  test.each(lengths.filter(length => length > 16))(
    "has room for as many of /%d, each in a /16 of its own",
    length => {
      expectRoom(row(bits, count, length, 1n << BigInt(length - 16)));
    },
  );

  test.each(lengths.filter(length => length > 16))(
    "has room for as many of /%d, each in the midst of pages of its own",
    length => {
      // Splits the runs of each page at two places, and more sets than fit one byte make leaves wide.
      const host = BigInt(bits - length);
      const midst = ((0x5555_5555_5555_5555_5555_5555_5555n >> BigInt(128 - bits)) >> host) << host;
      const entries = row(bits, count, length, 1n << BigInt(length - 16), profile === "mcu" ? 250 : count);
      expectRoom(entries.map(entry => ({ ...entry, address: entry.address | midst })));
    },
  );

  test("has room for prefixes inside prefixes", () => {
    const outer = row(bits, count / 2, 22, 1n);
    const inner = outer.map(({ address, set }) => ({ address, length: 24, set: set + 1 }));
    expectRoom([...outer, ...inner]);
    expectRoom([...inner, ...outer]);
  });

  test("a full table refuses one more, and anything wrong, without a trace", () => {
    const entries = row(bits, 50, 26, 3n);
    pools.carve(wordsFor(profile, family, entries));
    for (const entry of entries) pools.insert(entry);
    const before = pools.snapshot();
    const absent = { address: 1n << BigInt(bits - 26), length: 26, set: 1 };
    expect(pools.insert(absent)).toBe(Status.TABLE_FULL);
    expect(pools.insert({ ...absent, length: bits })).toBe(Status.TABLE_FULL);
    expect(pools.insert(another)).toBe(Status.TABLE_FULL);
    expect(pools.remove(absent)).toBe(Status.NOT_FOUND);
    expect(pools.insert({ ...absent, length: 3 })).toBe(Status.HOST_BITS);
    expect(pools.insert({ ...absent, length: bits + 1 })).toBe(Status.BAD_PREFIX_LENGTH);
    expect(pools.insert({ ...absent, set: 0xffff })).toBe(Status.BAD_VALUE);
    expect(pools.snapshot().equals(before)).toBe(true);
  });

  test("no room at all", () => {
    pools.carve(0);
    expect(pools.insert(another)).toBe(Status.TABLE_FULL);
    expect(pools.get(another)).toBe(pools.lookup(0n));
    expect(pools.isFenceWhole()).toBe(true);
  });

  test("what was there before a batch can always be given back, in any order", () => {
    const most = 12;
    const prefix = fc.tuple(fc.nat(bits), fc.nat(5), fc.nat(250)).map(([length, number, set]): Entry => {
      const host = BigInt(bits - length);
      return { address: ((BigInt(number) << BigInt(bits - 3)) >> host) << host, length, set };
    });
    const entries = fc.uniqueArray(prefix, {
      minLength: most,
      maxLength: 40,
      selector: ({ address, length }) => `${address}/${length}`,
    });
    fc.assert(
      fc.property(entries, fc.nat(most), fc.infiniteStream(fc.nat(1 << 20)), (all, gone, order) => {
        const old = all.slice(0, most);
        pools.carve(wordsFor(profile, family, old));
        for (const entry of old) expect(pools.insert(entry)).toBe(Status.OK);
        // The batch: some go, new ones come until one is refused.
        const removed = old.slice(0, gone);
        for (const entry of removed) expect(pools.remove(entry)).toBe(Status.OK);
        const added = all.slice(most).filter(entry => pools.insert(entry) === Status.OK);
        for (const entry of added) expect(pools.remove(entry)).toBe(Status.OK);
        const shuffled = removed
          .map(entry => ({ entry, key: order.next().value }))
          .sort((a, b) => a.key - b.key);
        for (const { entry } of shuffled) expect(pools.insert(entry)).toBe(Status.OK);
        for (const entry of old) expect(pools.get(entry)).toBe(entry.set);
        expect(pools.isFenceWhole()).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  if (profile === "mcu" && family === 4) {
    test("there is always room for all prefixes of /0 to /4", () => {
      pools.carve(0);
      const entries = [0, 1, 2, 3, 4].flatMap(length => row(bits, 1 << length, length, 1n, 16));
      for (const entry of entries) expect(pools.insert(entry)).toBe(Status.OK);
      for (const entry of entries) expect(pools.get(entry)).toBe(entry.set);
      expect(pools.count()).toBe(31);
      expect(pools.isFenceWhole()).toBe(true);
    });
  }

  if (profile === "mcu") {
    const longest = family === 4 ? 24 : 48;

    test(`a prefix beyond /${longest} takes its marker's room with it`, () => {
      const long = row(bits, 3, bits, 1n);
      pools.carve(wordsFor(profile, family, long));
      for (const entry of long) expect(pools.insert(entry)).toBe(Status.OK);
      const slots = row(bits, 20, longest, 1n);
      expect(pools.insert(slots[0]!)).toBe(Status.TABLE_FULL);
      for (const entry of long) expect(pools.remove(entry)).toBe(Status.OK);
      const taken = slots.filter(entry => pools.insert(entry) === Status.OK);
      expect(taken.length).toBe(wordsFor(profile, family, long));
      for (const entry of taken) expect(pools.lookup(entry.address)).toBe(entry.set);
      expect(pools.isFenceWhole()).toBe(true);
    });
  }

  if (profile === "host") {
    test.each(lengths.filter(length => length >= 16))("65,536 prefixes of /%d", length => {
      expectRoom(row(bits, 65536, length));
    });

    test("65,536 pages, no two alike", () => {
      const halves = row(bits, 65536, 17, 2n, 65534);
      const quarters = halves.map(({ address, set }) => ({ address, length: 18, set: (set + 1) % 65534 }));
      expectRoom([...halves, ...quarters]);
    });
  }
});
