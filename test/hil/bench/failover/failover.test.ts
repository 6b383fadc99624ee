import { describe, expect, it } from "vitest";
import { type FailoverFigures, failoverFigures } from "../../../../hil/bench/failover/bench.js";
import { nanoseconds } from "../../../../hil/bench/failover/clock.js";
import { ratedFigures } from "../../../../hil/measure/rated.js";
import { failoverBenchText } from "../../../../host/cli/bench-text/failover-bench.js";
import { synthesize } from "../../../../host/tables/synth.js";
import { openWasm } from "../../../../host/target/wasm.js";

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

it("every budget is judged once, and is said beside its figure", () => {
  const names = figures.budgets.map(({ figure }) => figure);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining(["port down, 1 prefix", "metric, by the table", "silent death", "re-selection"]),
  );
  const text = failoverBenchText(figures);
  const listed = text.match(/(>=|<=|<) [\d.]+ (met|missed)/g)!;
  const expected = figures.budgets.map(
    ({ bound, limit, met }) => `${bound} ${limit} ${met ? "met" : "missed"}`,
  );
  expect(listed.sort()).toEqual(expected.sort());
  for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(110);
});

it("the JSON has the figures that a regression gate reads, each once", () => {
  const { figures: rated, subject } = ratedFigures.parse(JSON.parse(JSON.stringify(figures)));
  expect(subject).toBe("failover on wasm-host");
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
    "re-selection",
  ]);
});
