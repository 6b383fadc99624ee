import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { mcuFigures } from "../../../hil/bench/mcu.js";
import { withMemory } from "../../../hil/bench/module-memory.js";
import { type SampleKind, sample } from "../../../hil/bench/sample.js";
import { modulePath, Router } from "../../../host/router/router.js";
import type { Routes } from "../../../host/tables/routes.js";
import { synthesize } from "../../../host/tables/synth.js";

const table = synthesize({ prefixes4: 12_000, prefixes6: 1500, seed: 1 });

function prefixes(routes: Routes): string[] {
  return Array.from(
    { length: routes.count },
    (_, row) =>
      `${[...routes.words.subarray(row * routes.width, (row + 1) * routes.width)]}/${routes.lengths[row]}`,
  );
}

test.each(["random", "regional"] satisfies SampleKind[])("a %s sample has prefixes of the table", kind => {
  for (const routes of [table.ipv4, table.ipv6]) {
    const part = prefixes(sample(routes, kind, 1000, 5));
    expect(new Set(part).size).toBe(1000);
    expect(prefixes(routes)).toEqual(expect.arrayContaining(part));
    expect(prefixes(sample(routes, kind, 1000, 6))).not.toEqual(part);
  }
});

test("a regional sample is a run of neighbors, a random one comes from everywhere", () => {
  const all = prefixes(table.ipv4);
  const regional = prefixes(sample(table.ipv4, "regional", 1000, 5));
  const first = all.indexOf(regional[0]!);
  expect(all.slice(first, first + 1000)).toEqual(regional);
  const { words } = sample(table.ipv4, "random", 1000, 5);
  expect(new Set(words.map(word => word >>> 28)).size).toBeGreaterThan(8);
});

test("a sample of the whole size is the table", () => {
  for (const kind of ["random", "regional"] as const) {
    expect(prefixes(sample(table.ipv6, kind, 1500, 1))).toEqual(prefixes(table.ipv6));
  }
});

test("the mcu profile is measured with every size that the table has", async () => {
  const figures = [...(await mcuFigures(table.ipv4, 256, 1)), ...(await mcuFigures(table.ipv6, 256, 1))];
  expect(figures.map(one => [one.family, one.prefixes, one.sample])).toEqual([
    [4, 1000, "random"],
    [4, 1000, "regional"],
    [4, 10_000, "random"],
    [4, 10_000, "regional"],
    [6, 1000, "random"],
    [6, 1000, "regional"],
  ]);
  for (const { bytesPerPrefix, loads } of figures) {
    expect(bytesPerPrefix).toBeGreaterThan(0);
    expect(loads.reduce((sum, count) => sum + count, 0)).toBe(256);
  }
});

test("a module is given the memory that it is to have", async () => {
  const module = withMemory(await readFile(modulePath("mcu")), 3, 5);
  const { memory } = (await Router.of(module)).exports;
  expect(memory.buffer.byteLength).toBe(3 * 65536);
  expect(memory.grow(2)).toBe(3);
  expect(() => memory.grow(1)).toThrow();
  expect(() => withMemory(module.subarray(0, 8), 1, 1)).toThrow("expected a module with a memory section");
});
