import { beforeAll, describe, expect, test } from "vitest";
import { sample, sampleKinds } from "../../../hil/bench/sample.js";
import { Status } from "../../../host/protocol/words.js";
import type { Family } from "../../../host/tables/address.js";
import type { Routes } from "../../../host/tables/routes.js";
import { synthesize } from "../../../host/tables/synth.js";
import { type Unit, unit } from "../unit.js";
import { entries, realTable } from "./internet.js";
import { wordsFor } from "./room.js";

interface Exports {
  bytesFor(prefixes4: number, prefixes6: number): number;
  carve(base: number, prefixes4: number, prefixes6: number): number;
  insert4(address: number, length: number, set: number): number;
  insert6(high: bigint, low: bigint, length: number, set: number): number;
  tableBytes4(): number;
  tableBytes6(): number;
}

const BASE = 1 << 16;
const HALF = 0xffff_ffff_ffff_ffffn;
const SEEDS = [1, 2];

/**
 * Bytes for each prefix; and the length beyond which a prefix takes so many more, as one in a hundred may. Parts of the
 * internet's table have up to 3 of 1,000 in random places, and 1 to 30 of 1,000 in some regions.
 */
const budgets = { 4: { each: 4.2, longest: 24, more: 8 }, 6: { each: 9, longest: 48, more: 24 } };

const tables = [
  { name: "a synthetic table", table: synthesize({ prefixes4: 200_000, prefixes6: 60_000 }) },
  { name: "the real table", table: realTable() },
].flatMap(({ name, table }) => (table ? [{ name, table }] : []));

describe("the packed tables", () => {
  let core: Unit<Exports> & { memory: { grow(pages: number): number } };
  beforeAll(async () => {
    const names = "bytesFor, carve, insert4, insert6, tableBytes4, tableBytes6";
    core = (await unit<Exports>("mcu", `export { ${names} } from "./fib/index";`)) as typeof core;
    core.memory.grow(16);
  }, 120_000);

  /** Bytes of a table that has just the room for these routes: those carved, the empty other table's too, and those in use. */
  function bytesOf(family: Family, routes: Routes): { carved: number; used: number } {
    const prefixes = entries({ ipv4: routes, ipv6: routes }, family);
    const words = wordsFor("mcu", family, prefixes);
    const capacity: [number, number] = family === 4 ? [words, 0] : [0, words];
    core.carve(BASE, ...capacity);
    for (const { address, length, set } of prefixes) {
      const status =
        family === 4
          ? core.insert4(Number(address), length, set)
          : core.insert6(address >> 64n, address & HALF, length, set);
      expect(status).toBe(Status.OK);
    }
    const used = family === 4 ? core.tableBytes4() : core.tableBytes6();
    return { carved: core.bytesFor(...capacity), used };
  }

  describe.each(tables)("with parts of $name", ({ table }) => {
    for (const family of [4, 6] as const) {
      const routes = family === 4 ? table.ipv4 : table.ipv6;
      for (const size of [1000, 10_000, 50_000]) {
        test.each(sampleKinds)(`IPv${family}: ${size} %s prefixes keep to the budget`, kind => {
          const { each, longest, more } = budgets[family];
          for (const seed of SEEDS) {
            const part = sample(routes, kind, size, seed);
            const long = part.lengths.subarray(0, size).filter(length => length > longest).length;
            const budget = each * size + more * Math.max(0, long - size / 100);
            const { carved, used } = bytesOf(family, part);
            expect(carved).toBeLessThanOrEqual(budget);
            expect(used).toBeLessThanOrEqual(carved);
          }
        });
      }
    }
  });
});
