/** The truth, known to the microsecond, lies in the interval that the report claims, however the packets fall on it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measure } from "../../../hil/measure/index.js";
import type { Figure } from "../../../hil/measure/result.js";
import type { Observation } from "../../../hil/world/observation.js";
import { answeredBy, example, type Fate, lost, SECOND, streamOf } from "./example.js";

const EVENT = SECOND;
const DURATION = 3 * SECOND;
const basis = { ...example(), targets: [] };

/** A failure: nothing answers from `onset` to `onset + outage` after the event, then the other site does. */
const failure = fc.record({
  onset: fc.integer({ min: 0, max: SECOND / 2 }),
  outage: fc.integer({ min: 0, max: SECOND / 2 }),
});
const stream = fc.record({
  start: fc.integer({ min: 0, max: 50_000 }),
  interval: fc.integer({ min: 1_000, max: 50_000 }),
  transport: fc.constantFrom("udp" as const, "tcp" as const),
});

function observe(
  streams: { start: number; interval: number; transport: "udp" | "tcp" }[],
  fates: ((t: number) => Fate)[],
) {
  const observation: Observation = {
    duration: DURATION,
    streams: streams.map((one, index) =>
      streamOf(
        {
          client: `client-${index}`,
          router: "router",
          prefix: "198.51.100.0/24",
          ...one,
          packets: Math.floor((DURATION - one.start) / one.interval),
        },
        fates[index]!,
        one.transport === "tcp" ? 50 : 0,
      ),
    ),
    events: [{ id: "event", like: "event", time: EVENT, kind: "silent-death", text: "A dies", seenBy: [] }],
    repairs: [],
    holds: [],
    loads: [],
    lateness: 0,
  };
  return measure({ ...basis, observations: [observation] });
}

function fateOf({ onset, outage }: { onset: number; outage: number }) {
  return (time: number): Fate => {
    if (time < EVENT + onset) return answeredBy("A", 5_000);
    return time < EVENT + onset + outage ? lost("network", "A is dead") : answeredBy("B", 20_000);
  };
}

function expectToHold(figure: Figure | null, truth: number): void {
  expect(figure).not.toBeNull();
  expect(figure!.low).toBeLessThanOrEqual(truth + 1e-6);
  expect(figure!.high).toBeGreaterThanOrEqual(truth - 1e-6);
  expect(figure!.low).toBeLessThanOrEqual(figure!.value);
  expect(figure!.high).toBeGreaterThanOrEqual(figure!.value);
}

describe("accuracy intervals", () => {
  it("hold the true times of a stream", () => {
    fc.assert(
      fc.property(failure, stream, (happened, sent) => {
        const [outcome] = observe([sent], [fateOf(happened)]).outcomes;
        expectToHold(outcome!.routeSpecific, happened.onset + happened.outage);
        expectToHold(outcome!.lossOfConnectivity, happened.outage);
        expect(outcome!.routeSpecific!.high - outcome!.routeSpecific!.low).toBe(sent.interval);
        expect(outcome!.lossOfConnectivity!.high - outcome!.lossOfConnectivity!.low).toBeGreaterThanOrEqual(
          sent.interval,
        );
        expect(outcome!.lossOfConnectivity!.high - outcome!.lossOfConnectivity!.low).toBeLessThanOrEqual(
          2 * sent.interval,
        );
      }),
      { numRuns: 60 },
    );
  });

  it("hold the true first, last and average times of a router's routes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(failure, stream), { minLength: 1, maxLength: 4 }), streams => {
        const report = observe(
          streams.map(([, sent]) => sent),
          streams.map(([happened]) => fateOf(happened)),
        );
        const ends = streams.map(([{ onset, outage }]) => onset + outage);
        const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
        const [found] = report.convergence;
        expectToHold(found!.firstRoute, Math.min(...ends));
        expectToHold(found!.full, Math.max(...ends));
        expectToHold(found!.lossDerived, average(ends));
        expectToHold(found!.lossDerivedLossOfConnectivity, average(streams.map(([{ outage }]) => outage)));
      }),
      { numRuns: 30 },
    );
  });

  it("hold although a lossy link hides some of the packets", () => {
    fc.assert(
      fc.property(failure, stream, fc.integer({ min: 2, max: 20 }), (happened, sent, every) => {
        const fate = fateOf(happened);
        let packet = 0;
        const lossy = (time: number) => (packet++ % every === 0 ? lost("link", "lossy") : fate(time));
        const [outcome] = observe([{ ...sent, transport: "udp" }], [lossy]).outcomes;
        expectToHold(outcome!.routeSpecific, happened.onset + happened.outage);
        expectToHold(outcome!.lossOfConnectivity, happened.outage);
      }),
      { numRuns: 40 },
    );
  });

  it("grow by the lateness of the router", () => {
    const late = example();
    late.observations = late.observations.map(one => ({ ...one, lateness: 700 }));
    const found = measure(late).outcomes.find(
      ({ event, stream }) => event === "london-dies" && stream === 0,
    )!;
    expect(found.lossOfConnectivity).toEqual({ value: 30_000, low: 19_300, high: 31_700 });
    expect(found.routeSpecific).toEqual({ value: 31_000, low: 20_300, high: 31_700 });
  });
});

describe("sums", () => {
  it("hold for any streams", () => {
    fc.assert(
      fc.property(failure, stream, (happened, sent) => {
        const report = observe([sent], [fateOf(happened)]);
        for (const { queries, sessions, losses } of report.outcomes) {
          expect(queries.sent).toBe(queries.delivered + queries.lost - queries.duplicated);
          expect(queries.lost).toBe(losses.reduce((sum, { packets }) => sum + packets, 0));
          expect(sessions.open).toBe(sessions.kept + sessions.moved + sessions.homeDied);
        }
      }),
      { numRuns: 30 },
    );
  });
});
