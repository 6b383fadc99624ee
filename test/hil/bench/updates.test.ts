import { expect, test } from "vitest";
import { addresses } from "../../../hil/bench/addresses.js";
import { churnFigures } from "../../../hil/bench/churn.js";
import { percentiles } from "../../../hil/bench/percentiles.js";
import { updateFigures } from "../../../hil/bench/updates.js";
import { Table } from "../../../host/router/table.js";
import { synthesize } from "../../../host/tables/synth.js";

const table = synthesize({ prefixes4: 4000, prefixes6: 2000, seed: 1 });

test("percentiles are values of nearest rank", () => {
  const values = Float64Array.from({ length: 2000 }, (_, i) => 2000 - i);
  expect(percentiles(values)).toEqual({
    count: 2000,
    p50: 1000,
    p90: 1800,
    p99: 1980,
    p999: 1998,
    max: 2000,
  });
  expect(percentiles(Float64Array.of(7))).toEqual({ count: 1, p50: 7, p90: 7, p99: 7, p999: 7, max: 7 });
});

test("timing updates leaves the table as it was", async () => {
  for (const routes of [table.ipv4, table.ipv6]) {
    const loaded = await Table.of(table);
    const words = addresses("in-prefix", routes, 4000, 3);
    const before = loaded.lookupAll(routes.family, words);
    updateFigures(loaded.router, routes, 500, 1);
    expect(loaded.lookupAll(routes.family, words)).toEqual(before);
  }
});

test("however many random updates there are, a small table stays full, and one of a single prefix works", async () => {
  for (const prefixes4 of [1, 50]) {
    const small = synthesize({ prefixes4, prefixes6: 0, seed: 1 });
    const { prefixes, all } = await churnFigures(await Table.of(small), small.ipv4, 20_000, 1);
    expect(prefixes).toBeGreaterThanOrEqual(0.9 * prefixes4 - 1);
    expect(all.percent).toBeLessThan(10);
  }
});

test("random updates leave a table no larger than one that is loaded afresh, within 10 %", async () => {
  for (const routes of [table.ipv4, table.ipv6]) {
    const loaded = await Table.of(table);
    const { updates, prefixes, lookup, all } = await churnFigures(loaded, routes, 50_000, 1);
    expect(updates).toBe(50_000);
    expect(prefixes).toBeLessThanOrEqual(routes.count);
    expect(prefixes).toBeGreaterThanOrEqual(0.9 * routes.count - 1);
    for (const { bytes, fresh, percent } of [lookup, all]) {
      expect(percent).toBeCloseTo(100 * (bytes / fresh - 1));
      expect(Math.abs(percent)).toBeLessThan(10);
    }
  }
});
