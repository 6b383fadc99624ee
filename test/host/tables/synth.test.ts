import { expect, it } from "vitest";
import { tableStats } from "../../../host/tables/stats.js";
import { synthesize } from "../../../host/tables/synth.js";
import { shape4, shape6 } from "../../../host/tables/synth-shape.js";
import { writeText } from "../../../host/tables/write-text.js";

const text = (options: Parameters<typeof synthesize>[0]) =>
  Buffer.concat([...writeText(synthesize(options))]).toString();

it.each([
  [0, 0],
  [1, 1],
  [7, 3],
  [500, 500],
  [30_000, 10_000],
])("has exactly %i and %i prefixes, none twice", (prefixes4, prefixes6) => {
  // Routes hold no prefix twice, so the count says it.
  const { ipv4, ipv6 } = synthesize({ prefixes4, prefixes6 });
  expect([ipv4.count, ipv6.count]).toEqual([prefixes4, prefixes6]);
});

it("is the same for the same seed, and another for another", () => {
  const options = { prefixes4: 2000, prefixes6: 1000 };
  expect(text({ ...options, seed: 5 })).toBe(text({ ...options, seed: 5 }));
  expect(text({ ...options, seed: 6 })).not.toBe(text({ ...options, seed: 5 }));
});

it("has the shape of the internet's table", () => {
  const { ipv4, ipv6 } = synthesize({ prefixes4: 100_000, prefixes6: 50_000 });
  for (const [routes, shape] of [
    [ipv4, shape4],
    [ipv6, shape6],
  ] as const) {
    const stats = tableStats(routes);
    const all = shape.lengths.reduce((sum, [, count]) => sum + count, 0);
    let outer = 0;
    for (const [length, count, innerPercent] of shape.lengths) {
      outer += count * (1 - innerPercent / 100);
      expect(Math.abs(stats.lengths[length]! - (count / all) * stats.prefixes)).toBeLessThanOrEqual(1);
    }
    // Few prefixes lie in others by chance, as few fit into the space that is left beside others.
    expect(Math.abs(stats.nesting[0]! / stats.prefixes - outer / all)).toBeLessThan(0.05);
    expect(stats.nesting.length).toBeGreaterThan(4);
  }
});

it("fills only blocks that the internet uses, as unevenly as it does", () => {
  const { ipv4 } = synthesize({ prefixes4: 50_000, prefixes6: 0 });
  const blocks = new Array<number>(256).fill(0);
  for (let row = 0; row < ipv4.count; row++) blocks[ipv4.words[row]! >>> 24]!++;
  const used = new Map(shape4.blocks.filter(([, weight]) => weight > 0));
  blocks.forEach((count, block) => {
    if (!used.has(block)) expect(count, `${block}.0.0.0/8`).toBe(0);
  });
  const sorted = blocks.toSorted((a, b) => b - a);
  expect(sorted[0]).toBeGreaterThan(5 * sorted[128]!);
});
