import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measure } from "../../../hil/measure/index.js";
import type { Statistic } from "../../../hil/measure/result.js";
import type { Observation } from "../../../hil/world/observation.js";
import { EVENT, example, observe } from "./example.js";

/** Of Paris, or of one of its streams. */
function statisticsOf(observations: Observation[]) {
  const { statistics } = measure({ ...example(), observations });
  return (event: string, stream: number | null, figure: Statistic["figure"]) =>
    statistics.find(
      one => one.event === event && one.router === "paris" && one.stream === stream && one.figure === figure,
    );
}

/** The example without its events, as far as packets and the router go. */
function quiet(): Observation {
  const observation = observe();
  return {
    ...observation,
    repairs: [],
    streams: observation.streams.map(stream => ({
      ...stream,
      spans: [{ ...stream.spans[0]!, first: 0, packets: stream.packets }],
    })),
  };
}

describe("statistics", () => {
  it("cover every repeat of the scenario", () => {
    // Paris noticed the death after 30.5, 24.8 and 20.2 ms; packets came at 11, 21 and 31 ms.
    const found = statisticsOf(example().observations);
    const { spread, resolution } = found("london-dies", 0, "routeSpecific")!;
    expect(spread).toMatchObject({
      count: 3,
      min: { value: 21_000, low: 11_000, high: 21_000 },
      median: { value: 31_000, low: 21_000, high: 31_000 },
      p99: { value: 31_000 },
      max: { value: 31_000, low: 21_000, high: 31_000 },
    });
    expect(spread.rsd).toBeCloseTo(0.2087, 4);
    expect(resolution).toBe(10_000);
    expect(found("london-dies", null, "detection")!.spread).toMatchObject({
      min: { value: 20_200 },
      median: { value: 24_800 },
      max: { value: 30_500 },
    });
  });

  it("tell a return from a failure", () => {
    const found = statisticsOf(example().observations);
    expect(found("london-dies", null, "full")!.direction).toBe("initial");
    expect(found("london-returns", null, "full")!.direction).toBe("reversion");
    expect(found("london-returns", 0, "lossOfConnectivity")!.direction).toBe("reversion");
    const once = statisticsOf([quiet(), ...example().observations]);
    expect(once("london-returns", null, "full")!.direction).toBe("reversion");
  });

  it("gather an event that comes again and again", () => {
    const twice = observe();
    twice.events = twice.events.map(event =>
      event.id === "london-dies" ? { ...event, like: "london-withdraws" } : event,
    );
    const found = statisticsOf([twice, twice]);
    expect(found("london-dies", 0, "lost")).toBeUndefined();
    const { spread, histogram } = found("london-withdraws", 0, "lost")!;
    expect(spread).toMatchObject({ count: 4, min: { value: 0 }, median: { value: 1.5 }, max: { value: 3 } });
    expect(histogram).toEqual({ width: 1, first: 0, counts: [2, 0, 0, 2] });
  });

  it("count a time that the event did not disturb with a gap of 0, up to what stays unseen", () => {
    const found = statisticsOf([observe(), quiet()]);
    const spread = (stream: number | null, figure: Statistic["figure"]) =>
      found("london-dies", stream, figure)?.spread;
    expect(spread(0, "lossOfConnectivity")).toMatchObject({
      count: 2,
      min: { value: 0, low: 0, high: 10_000 },
      max: { value: 30_000 },
    });
    expect(spread(0, "lost")).toMatchObject({ count: 2, min: { value: 0 }, max: { value: 3 } });
    expect(spread(0, "routeSpecific")).toMatchObject({ count: 1, min: { value: 31_000 } });
    expect(spread(null, "lossDerivedLossOfConnectivity")).toMatchObject({ count: 2, min: { value: 0 } });
    expect(spread(null, "failover")).toMatchObject({ count: 2, min: { value: 0, high: 10_000 } });
    expect(spread(null, "full")).toMatchObject({ count: 1 });
    expect(measure({ ...example(), observations: [quiet()] }).statistics).toEqual([]);
  });

  it("have the router's own times where its clock counts them", () => {
    const still = observe();
    still.repairs = still.repairs.map(repair => ({ ...repair, repairTicks: 0, reselectTicks: 0 }));
    expect(statisticsOf([still])("london-dies", null, "repair")).toBeUndefined();
    expect(statisticsOf([observe()])("london-dies", null, "repair")!.spread.max).toEqual({
      value: 3.296,
      low: 3.288,
      high: 3.304,
    });
  });

  it("add up what the router did upon one event", () => {
    const twice = observe();
    twice.repairs.push({ ...twice.repairs[2]!, time: EVENT.dies + 40_000 });
    const found = statisticsOf([twice]);
    expect(found("london-dies", null, "repair")!.spread.max.value).toBeCloseTo(6.592);
    expect(found("london-dies", null, "detection")!.spread.max.value).toBe(30_500);
  });
});

describe("tallies", () => {
  const tally = (observations: Observation[], event: string, client: string) =>
    measure({ ...example(), observations }).tallies.find(
      one => one.event === event && one.client === client,
    )!;

  it("add up packets, conversations and routes over all repeats", () => {
    expect(tally([observe(), observe()], "london-dies", "paris-office")).toEqual({
      event: "london-dies",
      client: "paris-office",
      router: "paris",
      direction: "initial",
      routes: { met: 4, disturbed: 4, converged: 4, sustained: 4 },
      queries: { sent: 48_000, delivered: 47_988, lost: 12, duplicated: 0, reordered: 0 },
      sessions: { open: 2, kept: 0, moved: 0, homeDied: 2, neverBegan: 0 },
    });
  });

  it("are there where nothing happened", () => {
    expect(tally([observe(), quiet()], "london-dies", "osaka-cafe")).toMatchObject({
      routes: { met: 4, disturbed: 0, converged: 0 },
      queries: { sent: 48_000, lost: 0 },
      sessions: { open: 2, kept: 2 },
    });
    expect(tally([observe(), quiet()], "london-returns", "paris-office")).toMatchObject({
      direction: "reversion",
      routes: { met: 4, disturbed: 2 },
    });
  });

  it("agree with the outcomes of a single repeat", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), detection => {
        const { outcomes, tallies } = measure({ ...example(), observations: [observe(detection)] });
        for (const { event, client, queries } of tallies) {
          const own = outcomes.filter(
            one => one.event === event && one.client === client && one.transport === "udp",
          );
          expect(queries.lost).toBe(own.reduce((sum, one) => sum + one.queries.lost, 0));
        }
      }),
      { numRuns: 20 },
    );
  });
});
