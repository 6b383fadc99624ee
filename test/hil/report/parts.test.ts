import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadOf } from "../../../hil/measure/spread.js";
import { siteLetters } from "../../../hil/report/naming.js";
import { columnsOf, type Run, stripsOf } from "../../../hil/report/strips.js";
import {
  deviation,
  existing,
  figure,
  instant,
  measured,
  offset,
  share,
  tickOffset,
  time,
} from "../../../hil/report/units.js";

describe("times", () => {
  it.each([
    [0, "0"],
    [3.24, "3.24 µs"],
    [999, "999 µs"],
    [33_500, "33.5 ms"],
    [10_001_000, "10 s"],
    [204_862_000, "205 s"],
  ])("%d is written %s", (value, text) => {
    expect(time(value)).toBe(text);
  });

  it("are instants on a clock, and offsets from one", () => {
    expect(instant(0)).toBe("0:00");
    expect(instant(300_031_000)).toBe("5:00.031");
    expect(instant(3_661_500_000)).toBe("61:01.5");
    expect(offset(30_500)).toBe("+30.5 ms");
    expect(offset(-1_000_000)).toBe("−1 s");
    expect(tickOffset(10_020_000, 20_000)).toBe("+10.02 s");
  });

  it("over many times claim nothing finer than the run resolves", () => {
    const none = [{ value: 0, low: 0, high: 10_000 }];
    const some = [0, 430, 2_430].map(value => ({ value, low: value, high: value + 1_000 }));
    expect(none.map(one => measured(one, 1_000))).toEqual(["< 10 ms"]);
    expect(some.map(one => measured(one, 1_000))).toEqual(["< 1 ms", "< 1 ms", "2.43 ms"]);
    expect(deviation(spreadOf(none), 1_000)).toBe("");
    expect(deviation(spreadOf(some), 1_000)).toMatch(/ %$/);
  });

  it("over many times say in how many they exist, where that is not all", () => {
    const once = spreadOf([{ value: 1, low: 1, high: 1 }]);
    expect(existing(once, 3)).toBe(" (1 of 3)");
    expect(existing(once, 1)).toBe("");
  });

  it("carry their accuracy, rounded outwards, and no digit beyond it", () => {
    expect(figure({ value: 30_000, low: 20_000, high: 31_000 })).toBe("30 ms (20–31)");
    expect(figure({ value: 35_500, low: 22_166.7, high: 35_500 })).toBe("35.5 ms (22.1–35.5)");
    expect(figure({ value: 0, low: 0, high: 10_000 })).toBe("< 10 ms");
    expect(figure({ value: 0, low: 0, high: 0 })).toBe("0");
    expect(figure({ value: 10_001_000, low: 9_991_000, high: 10_001_000 })).toBe("10.001 s (9.991–10.001)");
    expect(figure({ value: 3_400_123, low: 2_400_123, high: 4_400_123 })).toBe("3.4 s (2.4–4.41)");
  });
});

describe("shares", () => {
  it.each([
    [47, 5_000, "0.94 % (47 of 5,000)"],
    [3, 72_000, "0.0042 % (3 of 72,000)"],
    [2, 3, "66.7 % (2 of 3)"],
    [0, 7, "0 % (0 of 7)"],
    [0, 0, "none"],
  ])("of %d in %d are written %s", (part, whole, text) => {
    expect(share(part, whole)).toBe(text);
  });
});

describe("site letters", () => {
  it("are each site's own", () => {
    expect([...siteLetters(["London", "Lisbon", "Xi'an", "Λάρισα"]).values()]).toEqual(["L", "I", "A", "B"]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 20 }), sites => {
        const letters = [...siteLetters(sites).values()];
        expect(new Set(letters).size).toBe(sites.length);
      }),
    );
  });
});

describe("columns", () => {
  const run = (from: number, to: number, site: string | null, at: "network" | "link" = "network"): Run => ({
    from,
    to,
    packets: 1,
    site,
    neighbor: site,
    loss: site === null ? { at, detail: "" } : null,
    roundTrip: site === null ? null : 1,
  });

  it("show the site that answered longest, and any packet lost", () => {
    const columns = columnsOf([run(0, 60, "A"), run(60, 61, null), run(61, 200, "B")], 0, 200, 2);
    expect(columns).toMatchObject([
      { site: "A", lost: true, thinned: false },
      { site: "B", lost: false },
    ]);
  });

  it("tell random loss from a loss of the route", () => {
    expect(
      columnsOf([run(0, 50, "A"), run(50, 51, null, "link"), run(51, 100, "A")], 0, 100, 1),
    ).toMatchObject([{ site: "A", lost: false, thinned: true }]);
  });

  it("are empty where nothing was sent, and cut where a run goes on outside", () => {
    expect(
      columnsOf([run(-50, 30, "A"), run(70, 500, "B")], 0, 100, 10)
        .map(one => one?.site ?? ".")
        .join(""),
    ).toBe("AAA....BBB");
  });

  it("join into strips that cover each lost packet of any runs", () => {
    const pieces = fc.array(
      fc.record({ length: fc.integer({ min: 1, max: 50 }), site: fc.constantFrom("A", "B", null) }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 60 }), (parts, count) => {
        let at = 0;
        const runs = parts.map(({ length, site }) => {
          at += length;
          return run(at - length, at, site);
        });
        const columns = columnsOf(runs, 0, at, count);
        const lost = stripsOf(columns, 0, at, one => (one.lost ? true : null));
        for (const one of runs.filter(({ site }) => site === null))
          expect(lost.some(({ from, to }) => from <= one.from + 1e-6 && to >= one.to - 1e-6)).toBe(true);
        expect(columns.every(one => one !== null)).toBe(true);
      }),
    );
  });
});
