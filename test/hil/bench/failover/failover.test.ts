import { describe, expect, it } from "vitest";
import { type FailoverFigures, failoverFigures } from "../../../../hil/bench/failover/bench.js";
import { judgeFailover } from "../../../../hil/bench/failover/budgets.js";
import { nanoseconds } from "../../../../hil/bench/failover/clock.js";
import { benchmarksOf } from "../../../../hil/bench/failover/convergence.js";
import { type Mode, modes } from "../../../../hil/bench/failover/matrix.js";
import { measure } from "../../../../hil/measure/index.js";
import { ratedFigures } from "../../../../hil/measure/rated.js";
import { failoverBenchText } from "../../../../host/cli/bench-text/failover-bench.js";
import { synthesize } from "../../../../host/tables/synth.js";
import { openWasm } from "../../../../host/target/wasm.js";
import { example } from "../../measure/example.js";

const parts = new Set<string>();

const figures: FailoverFigures = await failoverFigures(
  {
    name: "wasm",
    open: () => openWasm("host"),
    openTimed: () => openWasm("host", nanoseconds),
    table: synthesize({ prefixes4: 10_000, prefixes6: 100 }),
  },
  { generator: "test", seed: 1, repeat: 3, onProgress: part => parts.add(part) },
);

const causes = ["port down", "BFD down", "withdraw", "better path", "metric"];

describe("reactions", () => {
  it("are to every cause, in a table of one prefix and in larger ones", () => {
    expect(figures.reactions.map(({ cause, prefixes }) => [cause, prefixes])).toEqual(
      [1, 10_000].flatMap(prefixes => causes.map(cause => [cause, prefixes])),
    );
  });

  it("touch the one group where a way is lost, and the one route set where all prefixes are concerned, whatever the table", () => {
    const touched = figures.reactions.map(({ groups, sets }) => [groups, sets]);
    const each = [
      [1, 1],
      [1, 1],
      [0, 0],
      [0, 0],
      [0, 1],
    ];
    expect(touched).toEqual([...each, ...each]);
  });

  it("take as long as the repair and the re-selection, and then the packet", () => {
    for (const { repaired, handled, forward, restored } of figures.reactions) {
      expect(restored.repeats).toBe(3);
      if (repaired) expect(handled.min).toBeGreaterThanOrEqual(repaired.min);
      expect(restored.median).toBeCloseTo(handled.median + forward, 9);
    }
  });
});

it("a silent death is found within 3 x 10 ms at every phase, and at no time before two packets are missing", () => {
  const { deaths, step, restored, resolution } = figures.silence;
  expect(deaths * step!).toBeGreaterThan(figures.silence.interval);
  expect(restored.max.high).toBeLessThanOrEqual(30_000 + resolution);
  expect(restored.min.value).toBeGreaterThan(20_000);
});

it("what a router that follows its best path goes through is benchmarked there and back, for every event", () => {
  const names = ["site joins", "metric change", "withdrawal", "silent death", "flap"];
  expect(figures.convergence.map(({ event, direction }) => [event, direction])).toEqual(
    names.flatMap(name => [
      [name, "initial"],
      [name, "reversion"],
    ]),
  );
  for (const { event, direction, benchmarks } of figures.convergence) {
    const { "first route": first, "loss-derived": mean, full, "loss of connectivity": gap } = benchmarks;
    expect(full.count).toBe(3);
    expect(first.median.value).toBeLessThanOrEqual(mean.median.value);
    expect(mean.median.value).toBeLessThanOrEqual(full.median.value);
    if (event === "silent death" && direction === "initial") expect(gap.min.value).toBeGreaterThan(20_000);
    else expect(gap.max.value).toBe(0);
  }
});

it("a router that is left where it was, or does not settle, has no benchmarks, and no spread of the other times", () => {
  const event = { name: "withdrawal", there: {}, back: {}, away: 0, home: 0, byBfd: false };
  const report = measure(example());
  const seen = [{ report, there: "london-dies", back: "london-returns" }];
  expect(benchmarksOf(event, seen, "there").full.count).toBe(1);
  const left = structuredClone(report);
  for (const one of left.convergence) one.state = "undisturbed";
  const once = [...seen, { report: left, there: "london-dies", back: "london-returns" }];
  expect(() => benchmarksOf(event, once, "back")).toThrow(
    "traffic moved and settled 1 of 2 times upon withdrawal, on the way back",
  );
});

it("tables of one size show no difference that a size makes", () => {
  const reactions = figures.reactions.filter(({ prefixes }) => prefixes === 1);
  const alone = { ...figures, reactions, budgets: judgeFailover({ ...figures, reactions }) };
  expect(alone.budgets.map(({ figure }) => figure)).not.toContain("metric, by the table");
  expect(failoverBenchText(alone)).not.toContain("The difference");
});

describe("conversations", () => {
  const cell = (event: string, mode: Mode) =>
    figures.matrix.find(other => other.event === event && other.mode === mode)!;

  it("break where sharing is plain, some of them, and no query is lost, by every event but a death", () => {
    for (const event of ["site joins", "metric change", "withdrawal", "flap"]) {
      const { there } = cell(event, "plain");
      expect(there.moved).toBeGreaterThan(0);
      expect(there.moved).toBeLessThan(there.open);
      for (const mode of modes) expect(cell(event, mode).there.lost).toBe(0);
    }
  });

  it("do not break for a site that joins where buckets wait until they are idle", () => {
    expect(cell("site joins", "resilient").there.moved).toBe(0);
    for (const event of ["metric change", "withdrawal", "silent death", "flap"]) {
      expect(cell(event, "resilient").back.moved).toBe(0);
    }
  });

  it("break for nothing but the death of their own site where they are pinned", () => {
    for (const { event, mode, there, back } of figures.matrix) {
      if (mode === "pinned") expect([there.moved, back.moved]).toEqual([0, 0]);
      if (event === "silent death") expect(there.moved).toBe(0);
      expect(there.died > 0).toBe(event === "silent death");
    }
  });
});

it("every budget is judged once, and is said beside its figure", () => {
  const names = figures.budgets.map(({ figure }) => figure);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining([
      "port down, 1 prefix",
      "metric, by the table",
      "silent death",
      "re-selection",
      "conversations, site joins, pinned",
    ]),
  );
  const text = failoverBenchText(figures);
  const listed = text.match(/(>=|<=|<) [\d.]+ (met|missed)/g)!;
  const expected = figures.budgets.map(
    ({ bound, limit, met }) => `${bound} ${limit} ${met ? "met" : "missed"}`,
  );
  expect(listed.sort()).toEqual(expected.sort());
  expect(text).toContain("ms (to 1.0): 3 times each");
  expect(text).toContain("gap in ms (to 4.0)");
  for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(110);
});

it("the JSON has the figures that a regression gate reads, each once", () => {
  const { figures: rated, subject } = ratedFigures.parse(JSON.parse(JSON.stringify(figures)));
  expect(subject).toBe("failover on wasm-host, seed 1, 3 times each");
  expect(new Set(rated.map(({ name }) => name)).size).toBe(rated.length);
  for (const { value, low, high } of rated) {
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThanOrEqual(value);
  }
});

it("says which part it is at", () => {
  expect([...parts]).toEqual([
    "reactions, 1 prefix",
    "reactions, 10000 prefixes",
    "silent death",
    "convergence",
    "conversations",
    "re-selection",
  ]);
});
