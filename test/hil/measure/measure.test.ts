import { describe, expect, it } from "vitest";
import { measure, report as schema } from "../../../hil/measure/index.js";
import { repairsOf } from "../../../hil/measure/repairs.js";
import { EVENT, example, observe } from "./example.js";

describe("a report", () => {
  it("is what its schema says, no more and no less", () => {
    const found = measure(example());
    expect(schema.parse(found)).toEqual(found);
  });

  it("is the same to the byte for the same input", () => {
    expect(JSON.stringify(measure(example()))).toBe(JSON.stringify(measure(example())));
  });

  it("fails when an expectation does", () => {
    const all = example();
    expect(measure(all).verdict).toBe("fail");
    expect(measure({ ...all, expectations: all.expectations.filter(({ pass }) => pass) }).verdict).toBe(
      "pass",
    );
  });

  it("claims nothing finer than the packets of its closest stream", () => {
    expect(measure(example()).resolution).toEqual({
      value: 10_000,
      reason:
        "the closest packets of a stream are 10000 us apart; the router was never late; a repair is counted in ticks of 0.008 us",
    });
  });

  it("names the site of every client before the first event", () => {
    expect(measure(example()).catchments).toEqual([
      {
        client: "paris-office",
        router: "paris",
        prefix: "198.51.100.0/24",
        site: "London",
        roundTrip: 4_000,
      },
      {
        client: "paris-office",
        router: "paris",
        prefix: "2001:db8:53::/48",
        site: "London",
        roundTrip: 4_000,
      },
      { client: "osaka-cafe", router: "osaka", prefix: "198.51.100.0/24", site: "Tokyo", roundTrip: 8_000 },
      { client: "osaka-cafe", router: "osaka", prefix: "2001:db8:53::/48", site: "Tokyo", roundTrip: 8_000 },
    ]);
  });

  it("draws its timeline from the runs of packets", () => {
    const { timeline, sites } = measure(example());
    expect(sites).toEqual(["London", "New York", "Tokyo"]);
    expect(timeline[0]!.spans.map(({ site, packets }) => [site, packets])).toEqual([
      ["London", 6_001],
      ["New York", 12_999],
      ["London", 11_000],
      [null, 3],
      ["New York", 12_997],
      ["London", 17_000],
    ]);
    expect(timeline[0]!.spans[3]).toMatchObject({ from: 300_001_000, to: 300_031_000 });
  });

  it("judges a run without events or streams", () => {
    const still = { ...observe(), events: [], repairs: [] };
    expect(measure({ ...example(), observations: [still] }).catchments).toHaveLength(4);
    const empty = { ...still, streams: [], loads: [] };
    expect(schema.parse(measure({ ...example(), observations: [empty] })).outcomes).toEqual([]);
  });

  it("needs an observation", () => {
    expect(() => measure({ ...example(), observations: [] })).toThrow("at least one observation");
  });

  it("puts what happens between two events at the same instant down to both", () => {
    const twice = observe();
    twice.events = twice.events.flatMap(event =>
      event.time === EVENT.dies ? [event, { ...event, id: "same-instant" }] : [event],
    );
    const found = measure({ ...example(), observations: [twice] }).outcomes.filter(
      ({ stream }) => stream === 0,
    );
    const first = found.find(({ event }) => event === "london-dies")!;
    expect(found.find(({ event }) => event === "same-instant")).toEqual({ ...first, event: "same-instant" });
  });
});

describe("repairs", () => {
  it("turn ticks into microseconds, exact to one tick", () => {
    const [first] = measure(example()).repairs;
    expect(first).toMatchObject({
      event: "london-withdraws",
      groups: 2,
      repair: { value: 3.24, low: 3.232, high: 3.248 },
      reselect: { value: 10.48, low: 10.472, high: 10.488 },
      timed: true,
    });
  });

  it("are not timed by a virtual clock that stands still while the core computes", () => {
    const { targets } = example();
    const still = observe();
    still.repairs = still.repairs.map(repair => ({ ...repair, repairTicks: 0, reselectTicks: 0 }));
    expect(repairsOf(still, targets).map(({ timed }) => timed)).toEqual([false, false, false, false]);
    const device = targets.map(target => ({ ...target, clock: "device" as const }));
    expect(repairsOf(still, device)[0]).toMatchObject({
      timed: true,
      repair: { value: 0, low: 0, high: 0.008 },
    });
  });
});
