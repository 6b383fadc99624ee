import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gateFigures, gateReports, gateText, isBaseline } from "../../../hil/compare/index.js";
import { measure } from "../../../hil/measure/index.js";
import type { RatedFigure } from "../../../hil/measure/rated.js";
import type { Report } from "../../../hil/measure/result.js";
import type { Observation } from "../../../hil/world/observation.js";
import { InputError } from "../../../host/input-error.js";
import { example, observe } from "../measure/example.js";
import { hostile } from "../report/hostile.js";

const baseline = measure(example());

/** The example's report, after a change, as that of a later run. */
function gated(change: (report: Report) => void, before = baseline) {
  const report = structuredClone(before);
  change(report);
  return gateReports({ name: "a.json", report: before }, { name: "b.json", report });
}

function gatedRuns(before: Observation[], after: Observation[], change: (report: Report) => void = () => {}) {
  const report = measure({ ...example(), observations: after });
  change(report);
  const one = { name: "a.json", report: measure({ ...example(), observations: before }) };
  return gateReports(one, { name: "b.json", report });
}

function names(changes: { name: string }[]): string[] {
  return changes.map(({ name }) => name);
}

describe("a later run of the same target", () => {
  it("is no worse than itself, nor is another build that did the same", () => {
    const found = gated(report => {
      report.generator = "nearhop 0.2.0";
      report.targets[0]!.buildHash = "0123abcd";
    });
    expect(found).toMatchObject({ holds: true, paired: true, worse: [], better: [], gone: [] });
    expect(found.compared).toBeGreaterThan(100);
  });

  it("is worse where a time is longer beyond its accuracy, and better where it is shorter", () => {
    const [quick, slow] = [[observe(20_500)], [observe(60_500)]];
    const worse = gatedRuns(quick, slow);
    expect(worse.holds).toBe(false);
    const gap = worse.worse.find(
      ({ name }) => name === "3 London dies silently: paris-office to 198.51.100.0/24, gap",
    );
    expect(gap).toMatchObject({
      unit: "us",
      baseline: { value: 20_000, low: 10_000, high: 21_000 },
      latest: { value: 60_000, low: 50_000, high: 61_000 },
    });
    expect(names(worse.worse)).toContain("3 London dies silently: router paris, detected after");
    expect(names(worse.worse)).toContain("3 London dies silently: paris-office, queries lost");
    const better = gatedRuns(slow, quick);
    expect(better).toMatchObject({ holds: true, worse: [] });
    expect(names(better.better).sort()).toEqual(names(worse.worse).sort());
  });

  it("is not worse within the accuracy of the packets", () => {
    const { worse } = gatedRuns([observe(20_500)], [observe(29_500)]);
    expect(names(worse).every(name => name.includes("detected after"))).toBe(true);
  });

  it("is worse where a route has a gap that had none", () => {
    const quiet = observe();
    quiet.streams = quiet.streams.map(stream => ({
      ...stream,
      spans: [{ ...stream.spans[0]!, first: 0, packets: stream.packets }],
    }));
    expect(names(gatedRuns([quiet], [observe()]).worse)).toContain(
      "3 London dies silently: paris-office to 198.51.100.0/24, gap",
    );
    const healed = gatedRuns([observe()], [quiet]);
    expect(healed).toMatchObject({ holds: true, gone: [] });
  });

  it("is worse where an expectation failed anew, or is no longer there", () => {
    const [first, second] = baseline.expectations;
    const failed = gated(report => {
      report.expectations[0]!.pass = false;
      report.expectations[2]!.pass = true;
    });
    expect(failed).toMatchObject({ holds: false, worse: [{ name: first!.text, unit: "held" }] });
    expect(failed.better).toHaveLength(1);
    const dropped = gated(report => report.expectations.splice(1, 1));
    expect(dropped).toMatchObject({ holds: false, worse: [], gone: [second!.text] });
  });

  it("is worse where a time is no longer told of what the event disturbed", () => {
    const mute = gated(report => {
      report.statistics = report.statistics.filter(({ figure }) => figure !== "detection");
    });
    expect(mute).toMatchObject({ holds: false, worse: [] });
    expect(mute.gone).toContain("3 London dies silently: router paris, detected after, median");
    expect(mute.gone.every(name => name.includes("detected after"))).toBe(true);
  });

  it("tells one expectation from another with the same words", () => {
    const twice = structuredClone(baseline);
    twice.expectations.push({ ...twice.expectations[0]! });
    const found = gated(report => {
      report.expectations.at(-1)!.pass = false;
    }, twice);
    expect(names(found.worse)).toEqual([`${twice.expectations[0]!.text} (2)`]);
  });

  it("is worse where a conversation broke that was kept, or a route did not settle", () => {
    const found = gated(report => {
      const tally = report.tallies.find(({ client }) => client === "osaka-cafe")!;
      tally.sessions.moved++;
      tally.routes.disturbed++;
    });
    expect(names(found.worse)).toEqual([
      "1 London withdraws: osaka-cafe, routes not settled",
      "1 London withdraws: osaka-cafe, conversations broken",
    ]);
  });
});

describe("conversations that never begin", () => {
  /** A router that lets none of them through any more: nothing can break then. */
  function shutOut(report: Report) {
    for (const { sessions } of report.tallies) {
      sessions.neverBegan += sessions.open;
      Object.assign(sessions, { open: 0, kept: 0, moved: 0, homeDied: 0 });
    }
  }

  it("are worse than those that were kept, or broke", () => {
    const found = gated(shutOut);
    expect(names(found.worse)).toContain("3 London dies silently: paris-office, conversations refused");
  });

  it("are worse of another seed too, where those that began tell nothing of those that would", () => {
    const open = structuredClone(baseline);
    for (const { sessions } of open.tallies) {
      if (sessions.open > 0) Object.assign(sessions, { open: 100, kept: 50, moved: 50, homeDied: 0 });
    }
    const found = gated(report => {
      report.seed++;
      shutOut(report);
    }, open);
    expect(names(found.worse)).toContain("3 London dies silently: paris-office, conversations refused");
    expect(names(found.better)).toEqual([]);
  });
});

describe("a run of another seed", () => {
  const many = (seed: number) =>
    Array.from({ length: 40 }, (_, i) => observe(20_000 + ((i * 7 + seed) % 11) * 1_000));
  const reseeded = (report: Report) => {
    report.seed++;
  };

  it("is compared by medians and shares, and is no worse for other phases", () => {
    const found = gatedRuns(many(0), many(5), reseeded);
    expect(found).toMatchObject({ holds: true, paired: false, worse: [], better: [] });
    expect(found.compared).toBeGreaterThan(50);
  });

  it("is worse where its median is, beyond doubt", () => {
    const slow = many(0).map((_, i) => observe(50_000 + (i % 11) * 1_000));
    const { worse } = gatedRuns(many(0), slow, reseeded);
    expect(names(worse)).toContain("3 London dies silently: router paris, full convergence, median");
    expect(names(worse).some(name => /p99|max/.test(name))).toBe(false);
  });

  it("has too few values for a median where there are less than eight", () => {
    const found = gatedRuns([observe(20_500)], [observe(60_500)], reseeded);
    expect(found).toMatchObject({ holds: true, worse: [] });
  });

  it("of silicon is never the same, though its seed is", () => {
    const found = gated(() => {}, {
      ...baseline,
      targets: baseline.targets.map(target => ({ ...target, clock: "device" as const })),
    });
    expect(found.paired).toBe(false);
  });

  it("of another scenario is refused", () => {
    const gate = () =>
      gated(report => {
        report.events[1]!.time++;
      });
    expect(gate).toThrow(InputError);
    expect(gate).toThrow('b.json: expected event 2 "London announces again" at 180000000 us as in a.json');
  });
});

describe("a baseline", () => {
  it("is of the same kind of target", () => {
    const other = structuredClone(baseline);
    expect(isBaseline(baseline, other)).toBe(true);
    other.targets[0]!.board = "mps2-an385";
    expect(isBaseline(baseline, other)).toBe(false);
  });
});

describe("the figures of a benchmark", () => {
  const rated = (
    name: string,
    low: number,
    high: number,
    better: "lower" | "higher" = "lower",
  ): RatedFigure => ({
    name,
    unit: "cycles",
    better,
    value: (low + high) / 2,
    low,
    high,
  });
  const file = (name: string, figures: RatedFigure[], subject = "failover on pico") => ({
    name,
    figures: { schema: "nearhop-figures/1" as const, generator: "nearhop 0.1.0", subject, figures },
  });
  const gateOf = (before: RatedFigure[], after: RatedFigure[]) =>
    gateFigures(file("a.json", before), file("b.json", after));

  it("are worse where their interval does not meet the baseline's, by the direction in which they are", () => {
    const before = [rated("repair", 10, 12), rated("rate", 10, 12, "higher")];
    expect(gateOf(before, [rated("repair", 12, 15), rated("rate", 8, 10, "higher")]).holds).toBe(true);
    const worse = gateOf(before, [rated("repair", 13, 15), rated("rate", 7, 9, "higher")]);
    expect(worse).toMatchObject({ holds: false, compared: 2, better: [] });
    expect(names(worse.worse)).toEqual(["repair", "rate"]);
    const better = gateOf(before, [rated("repair", 7, 9), rated("rate", 13, 15, "higher")]);
    expect(better).toMatchObject({ holds: true, worse: [] });
    expect(better.better).toHaveLength(2);
  });

  it("are missing where the latest has none, and may be new", () => {
    const found = gateOf([rated("repair", 1, 1)], [rated("reselect", 1, 1)]);
    expect(found).toMatchObject({ holds: false, compared: 0, gone: ["repair"], worse: [] });
    expect(gateOf([], [rated("reselect", 1, 1)]).holds).toBe(true);
  });

  it("of different subjects are refused", () => {
    const gate = () => gateFigures(file("a.json", []), file("b.json", [], "failover on wasm"));
    expect(gate).toThrow(
      'b.json: expected figures of "failover on pico" as in a.json, found "failover on wasm"',
    );
  });

  it("are never both worse and better, and turn round with their order", () => {
    const interval = fc.tuple(fc.nat(20), fc.nat(5)).map(([low, width]) => rated("x", low, low + width));
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        const [there, back] = [gateOf([a], [b]), gateOf([b], [a])];
        expect(there.worse.length + there.better.length).toBeLessThanOrEqual(1);
        expect(there.worse.length).toBe(back.better.length);
        expect(there.better.length).toBe(back.worse.length);
      }),
    );
  });
});

describe("a gate on the terminal", () => {
  const layout = { columns: 80, colour: false };

  it("says what became worse, from what to what", () => {
    const text = gateText(gatedRuns([observe(20_500)], [observe(60_500)]), layout);
    expect(text).toMatch(/^WORSE$/m);
    expect(text.replace(/\s+/g, " ")).toContain(
      "· 3 London dies silently: router paris, average gap: 20 ms (10–22.3) → 60 ms (50–62.3)",
    );
    expect(text).toMatch(/and \d+ more, which --json writes/);
  });

  it("says so where nothing did", () => {
    const text = gateText(
      gated(() => {}),
      layout,
    );
    expect(text).toMatch(/^NO WORSE$/m);
    expect(text).toContain("0 worse, 0 better");
  });

  it("stays within its columns and prints no control characters, whatever the names", () => {
    const report = hostile();
    const text = gateText(
      gated(one => {
        for (const expectation of one.expectations) expectation.pass = false;
      }, report),
      layout,
    );
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });
});
