import { describe, expect, it } from "vitest";
import { measure } from "../../../hil/measure/index.js";
import { example } from "./example.js";

const report = measure(example());
const outcome = (event: string, stream: number) =>
  report.outcomes.find(one => one.event === event && one.stream === stream)!;
const convergence = (event: string, router: string) =>
  report.convergence.find(one => one.event === event && one.router === router)!;

describe("one stream after an event", () => {
  it("converges with the first packet that the new site answers", () => {
    // Packets at 60.001 s (still London) and 60.011 s (New York); Paris moved at 60.002 s.
    expect(outcome("london-withdraws", 0)).toMatchObject({
      state: "converged",
      before: "London",
      after: "New York",
      roundTripBefore: 4_000,
      roundTripAfter: 79_000,
      routeSpecific: { value: 11_000, low: 1_000, high: 11_000 },
    });
  });

  it("hides at most the time between two packets where it moves without a loss", () => {
    expect(outcome("london-withdraws", 0).lossOfConnectivity).toEqual({ value: 0, low: 0, high: 10_000 });
    // The first packet after the event, 3.5 ms later, already came from New York; no gap is claimed finer than the interval.
    expect(outcome("london-withdraws", 1)).toMatchObject({
      routeSpecific: { value: 3_500, low: 0, high: 10_000 },
      lossOfConnectivity: { value: 0, low: 0, high: 10_000 },
    });
  });

  it("is without connectivity for its lost packets times its interval", () => {
    // Lost at 300.001, 300.011 and 300.021 s; answered at 300.031 s; London died at 300 s, Paris noticed at 300.0305 s.
    expect(outcome("london-dies", 0)).toMatchObject({
      routeSpecific: { value: 31_000, low: 21_000, high: 31_000 },
      lossOfConnectivity: { value: 30_000, low: 20_000, high: 31_000 },
      queries: { sent: 12_000, delivered: 11_997, lost: 3 },
      losses: [{ at: "network", detail: "London is dead", packets: 3 }],
    });
    expect(outcome("london-dies", 2)).toMatchObject({
      routeSpecific: { value: 42_000, low: 22_000, high: 42_000 },
      lossOfConnectivity: { value: 40_000, low: 20_000, high: 42_000 },
    });
  });

  it("tells the return to its first site from a failure", () => {
    expect(outcome("london-dies", 0).direction).toBe("initial");
    expect(outcome("london-returns", 0)).toMatchObject({
      direction: "reversion",
      routeSpecific: { value: 10_001_000, low: 9_991_000, high: 10_001_000 },
    });
  });

  it("is undisturbed by an event elsewhere, and by the random loss of a link", () => {
    expect(outcome("london-announces", 4)).toMatchObject({
      state: "undisturbed",
      before: "Tokyo",
      after: "Tokyo",
      routeSpecific: null,
      lossOfConnectivity: null,
      queries: { lost: 1 },
      losses: [{ at: "link", detail: "Osaka-Tokyo", packets: 1 }],
    });
  });

  it("was watched in its settled state until the next event", () => {
    expect(outcome("london-dies", 0).sustained).toEqual({
      window: 5_000_000,
      watched: 119_969_000,
      held: true,
    });
  });
});

describe("all routes of a router after an event", () => {
  it("have a first, a last and an average convergence, each by its densest stream", () => {
    // Settled after 31 and 33.5 ms, by packets that follow others at 21 and 23.5 ms; the conversation samples more sparsely.
    const found = convergence("london-dies", "paris");
    expect(report.streams.map(({ representative }) => representative)).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
    expect(found).toMatchObject({
      state: "converged",
      direction: "initial",
      routes: 2,
      disturbed: 2,
      propagation: 30_500,
      firstRoute: { value: 31_000, low: 21_000, high: 31_000 },
      full: { value: 33_500, low: 23_500, high: 33_500 },
      lossDerived: { value: 32_250, low: 22_250, high: 32_250 },
      lossDerivedLossOfConnectivity: { value: 30_000, low: 20_000, high: 32_250 },
    });
  });

  it("are undisturbed where none of them is", () => {
    expect(convergence("london-dies", "osaka")).toMatchObject({
      state: "undisturbed",
      disturbed: 0,
      propagation: null,
      firstRoute: null,
      full: null,
    });
  });

  it("revert together", () => {
    expect(convergence("london-returns", "paris").direction).toBe("reversion");
  });
});
