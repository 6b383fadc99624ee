import { describe, expect, it } from "vitest";
import { contenders } from "../../../hil/bench/against/packages.js";
import { BENCH_SCHEMA, type BenchFigures, bench } from "../../../hil/bench/bench.js";
import { judge } from "../../../hil/bench/budgets.js";
import { benchText } from "../../../host/cli/bench-text/index.js";
import { synthesize } from "../../../host/tables/synth.js";

const table = synthesize({ prefixes4: 1200, prefixes6: 1000 });

describe("a whole benchmark", async () => {
  const parts = new Set<string>();
  const figures: BenchFigures = await bench(table, {
    addresses: 256,
    churn: 2000,
    against: await contenders(),
    onProgress: part => parts.add(part),
  });

  it("has every part in its JSON", () => {
    const { budgets, ...read } = JSON.parse(JSON.stringify(figures)) as BenchFigures;
    expect(Object.keys(read)).toEqual([
      "schema",
      "machine",
      "seed",
      "method",
      "forwarding",
      "mcu",
      "loading",
      "failover",
      "scenario",
      "against",
    ]);
    expect(read.schema).toBe(BENCH_SCHEMA);
    expect(Object.keys(read.forwarding.families[0]!)).toEqual([
      "family",
      "prefixes",
      "sets",
      "lookups",
      "sizes",
      "loads",
      "updates",
      "churn",
    ]);
    expect(read.method).toEqual({ often: { warmUp: 3, repeats: 15 }, seldom: { warmUp: 1, repeats: 5 } });
    expect(budgets).toEqual(figures.budgets);
  });

  it("judges every budget, each once", () => {
    const names = figures.budgets.map(({ figure }) => figure);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter(name => name.startsWith("IPv4") && !name.includes("mcu"))).toEqual([
      "IPv4 batched random",
      "IPv4 batched in-prefix",
      "IPv4 one at a time in-prefix",
      "IPv4 batched zipf",
      "IPv4 bytes/prefix, 64 groups",
      "IPv4 bytes/prefix, 1000 groups",
      "IPv4 updates",
      "IPv4 remove p99",
      "IPv4 insert p99",
      "IPv4 replace p99",
      "IPv4 growth by churn",
    ]);
    expect(names).toEqual(
      expect.arrayContaining(["IPv6 mcu, 1000 regional", "text to a table, both", "three-sites wall time"]),
    );
  });

  it("lists every budget in its text, met or missed", () => {
    const text = benchText(figures);
    const listed = text.match(/(>=|<=|<) [\d.]+ (met|missed)/g)!;
    const expected = figures.budgets.map(
      ({ bound, limit, met }) => `${bound} ${limit} ${met ? "met" : "missed"}`,
    );
    expect(listed.sort()).toEqual(expected.sort());
    for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it("says which part it is at", () => {
    expect([...parts]).toEqual(expect.arrayContaining(["IPv4 lookups", "loading", "three-sites"]));
  });

  it("meets a bound that it just reaches, but for one that is to be stayed below", () => {
    const [family] = figures.forwarding.families;
    const latencies = family!.updates.latencies.map(one => ({ ...one, p99: 10 }));
    const churn = { ...family!.churn, all: { bytes: 110, fresh: 100, percent: 10 } };
    const reached = { ...family!, churn, updates: { ...family!.updates, latencies } };
    const judgements = judge({ ...figures, forwarding: { ...figures.forwarding, families: [reached] } });
    const met = new Map(judgements.map(one => [one.figure, one.met]));
    expect(met.get("IPv4 growth by churn")).toBe(true);
    expect(met.get("IPv4 insert p99")).toBe(false);
  });
});
