import { describe, expect, test } from "vitest";
import { patterns } from "../../../hil/bench/addresses.js";
import { forwardingFigures } from "../../../hil/bench/forwarding.js";
import { ways } from "../../../hil/bench/lookup.js";
import { updateKinds } from "../../../hil/bench/updates.js";
import { totalBytes } from "../../../host/router/parts.js";
import { synthesize } from "../../../host/tables/synth.js";

const table = synthesize({ prefixes4: 1000, prefixes6: 500, seed: 1 });
const options = { addresses: 512, churn: 3000, seed: 1 };

describe("the forwarding tables' figures", async () => {
  const shares: [string, number][] = [];
  const figures = await forwardingFigures(table, options, (part, share) => shares.push([part, share]));

  test("are of both families", () => {
    expect(figures.families.map(({ family, prefixes }) => [family, prefixes])).toEqual([
      [4, 1000],
      [6, 500],
    ]);
  });

  test("have a rate for every pattern of addresses in every way of looking them up", () => {
    for (const { lookups } of figures.families) {
      expect(lookups.map(({ way, pattern }) => [pattern, way])).toEqual(
        patterns.flatMap(pattern => ways.map(way => [pattern, way])),
      );
      for (const { rate } of lookups) expect(rate).toMatchObject({ repeats: 15 });
    }
    expect(figures.calls.median).toBeGreaterThan(0);
  });

  test("count the loads of every address once", () => {
    for (const { loads } of figures.families) {
      expect(loads.map(({ pattern }) => pattern)).toEqual(patterns);
      for (const { counts } of loads) expect(counts.reduce((sum, count) => sum + count, 0)).toBe(512);
    }
  });

  test("have latencies of every kind of update, in ascending order", () => {
    for (const { updates } of figures.families) {
      expect(updates.latencies.map(({ kind, count }) => [kind, count])).toEqual(
        updateKinds.map(kind => [kind, 512]),
      );
      for (const { p50, p90, p99, p999, max } of updates.latencies) {
        const values = [p50, p90, p99, p999, max];
        expect(values).toEqual([...values].sort((a, b) => a - b));
      }
    }
  });

  test("have the size with 64 and with 1,000 groups, the latter no smaller", () => {
    for (const { sizes } of figures.families) {
      expect(sizes.map(({ groups }) => groups)).toEqual([64, 1000]);
      expect(sizes[1]!.bytes).toBeGreaterThanOrEqual(sizes[0]!.bytes);
      for (const { bytes, parts } of sizes) expect(totalBytes(parts.filter(part => part.lookup))).toBe(bytes);
    }
  });

  test("say how far they are, part by part", () => {
    expect([...new Set(shares.map(([part]) => part))]).toEqual(
      [4, 6].flatMap(family => [
        `IPv${family} lookups`,
        `IPv${family} size`,
        `IPv${family} updates`,
        `IPv${family} churn`,
      ]),
    );
    for (const [, share] of shares) expect(share).toBeLessThanOrEqual(1);
  });
});

test("a family without prefixes is left out", async () => {
  const ipv4 = synthesize({ prefixes4: 100, prefixes6: 0, seed: 1 });
  const figures = await forwardingFigures(ipv4, { ...options, addresses: 64 });
  expect(figures.families.map(({ family }) => family)).toEqual([4]);
});
