import { beforeAll, describe, expect, test } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { Random } from "../../../host/tables/random.js";
import type { PrefixTable } from "../../../host/tables/routes.js";
import { synthesize } from "../../../host/tables/synth.js";
import { Bare, differences, edges } from "./bare.js";
import { type Entry, entries, realTable } from "./internet.js";
import { Reference } from "./reference.js";
import { shuffle } from "./shuffle.js";

/** The real one, or, where it is not at hand, a small one of the same shape. */
describe("a whole internet table", () => {
  let whole: PrefixTable;
  beforeAll(() => {
    whole = realTable() ?? synthesize({ prefixes4: 20_000, prefixes6: 5_000, seed: 1 });
  }, 120_000);

  test.each([4, 6] as const)(
    "IPv%d, with inserts and deletes interleaved",
    async family => {
      const bits = family === 4 ? 32 : 128;
      const random = new Random(family);
      const waiting = shuffle(entries(whole, family), random);
      const present: Entry[] = [];
      const table = await Bare.load("host", family);
      table.clear(waiting.length);
      const empty = table.bytes();
      const reference = new Reference(bits);
      const total = waiting.length;

      const insertNext = () => {
        const entry = waiting.pop()!;
        if (table.insert(entry.address, entry.length, entry.set) !== Status.OK)
          throw new Error("insert refused");
        reference.insert(entry.address, entry.length, entry.set);
        present.push(entry);
      };
      const removeAny = () => {
        const at = random.below(present.length);
        const entry = present[at]!;
        present[at] = present.at(-1)!;
        present.pop();
        if (table.remove(entry.address, entry.length) !== Status.OK) throw new Error("remove refused");
        reference.remove(entry.address, entry.length);
        return entry;
      };
      const expectSame = (samples: number) => {
        const asked = Array.from({ length: samples }, () => present[random.below(present.length)]!).flatMap(
          ({ address, length }) => {
            const host = BigInt(bits - length);
            const inside = address | (BigInt(random.next()) & ((1n << host) - 1n));
            return [...edges(address, length, bits), inside];
          },
        );
        expect(differences(table, reference, asked)).toEqual([]);
      };

      // The table fills up while a tenth of what comes goes again, and comes back later.
      for (let step = 0; waiting.length > 0; step++) {
        insertNext();
        if (step % 10 === 9) {
          const other = random.below(waiting.length + 1);
          waiting.push(removeAny());
          [waiting[other], waiting[waiting.length - 1]] = [waiting.at(-1)!, waiting[other]!];
        }
        if (step % Math.ceil(total / 10) === 0) expectSame(400);
      }
      expectSame(10_000);

      // Sets change and a default route comes and goes while it is full but for one.
      const last = removeAny();
      table.insert(0n, 0, 63);
      reference.insert(0n, 0, 63);
      for (let i = 0; i < total / 50; i++) {
        const entry = present[random.below(present.length)]!;
        entry.set = random.below(64);
        expect(table.insert(entry.address, entry.length, entry.set)).toBe(Status.OK);
        reference.insert(entry.address, entry.length, entry.set);
      }
      expectSame(4000);
      expect(table.insert(last.address, last.length, 1)).toBe(Status.TABLE_FULL);
      table.remove(0n, 0);
      reference.remove(0n, 0);
      expectSame(2000);

      while (present.length > total / 2) removeAny();
      expectSame(4000);
      while (present.length > 0) removeAny();
      // No page is left behind; the buckets of escapes do not shrink.
      expect(table.bytes() - empty).toBeLessThan(64 * 1024);
      expect(table.lookup(0n)).toBeNull();
    },
    300_000,
  );
});
