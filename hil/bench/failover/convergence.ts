/**
 * The benchmarks of RFC 6412, and RFC 6414's times, of a router that follows its best path: what happens to the nearer of two
 * sites moves all its routes, and what follows brings them back.
 */
import type { Target } from "../../../host/target/target.js";
import { TargetError } from "../../../host/target-error.js";
import type { Convergence, Figure, Spread } from "../../measure/result.js";
import { spreadOf } from "../../measure/spread.js";
import { type NamedEvent, namedEvents, routing, SITE } from "./events.js";
import { type HappeningOptions, happen, type Network, resolutionOf, type Seen } from "./happenings.js";
import { scenarioOf } from "./scenario-of.js";

export const benchmarks = {
  "first route": (one: Convergence) => one.firstRoute,
  full: (one: Convergence) => one.full,
  "loss-derived": (one: Convergence) => one.lossDerived,
  "loss of connectivity": (one: Convergence) => one.lossDerivedLossOfConnectivity,
  failover: (one: Convergence) => one.failover,
} satisfies Record<string, (one: Convergence) => Figure | null>;

export type Benchmark = keyof typeof benchmarks;

export interface ConvergenceFigures {
  event: string;
  /** Upon the event, or upon what brings the traffic back. */
  direction: "initial" | "reversion";
  /** Microseconds, over all times, and the finest that they can claim. */
  benchmarks: Record<Benchmark, Spread>;
  resolution: number;
}

const ROUTER = "Paris";
const FAR = "New York";
const COSTS = { near: 10, far: 20, beyond: 40 };
const client = { router: ROUTER, queries: 1000 };
const events = namedEvents(ROUTER, [COSTS.near, COSTS.beyond]);

export async function convergence(
  target: Target,
  { onProgress, ...options }: HappeningOptions,
): Promise<ConvergenceFigures[]> {
  const figures: ConvergenceFigures[] = [];
  for (const [number, event] of events.entries()) {
    const part = (share: number) => onProgress((number + share) / events.length);
    const seen = await happen(target, networkOf(event), event, { ...options, onProgress: part });
    const told = { event: event.name, resolution: resolutionOf(seen) };
    figures.push(
      { ...told, direction: "initial", benchmarks: benchmarksOf(event, seen, "there") },
      { ...told, direction: "reversion", benchmarks: benchmarksOf(event, seen, "back") },
    );
  }
  return figures;
}

function networkOf({ byBfd }: NamedEvent): Network {
  return run =>
    scenarioOf("convergence", {
      ...run,
      routing: routing(byBfd),
      sites: { [SITE]: {}, [FAR]: {} },
      routers: { [ROUTER]: {} },
      // Two routes, so that the first and the last to settle are not one.
      clients: { office: client, home: client },
      links: [
        { between: [ROUTER, SITE], rtt: "4ms", cost: COSTS.near },
        { between: [ROUTER, FAR], rtt: "79ms", cost: COSTS.far },
      ],
    });
}

/** Throws a TargetError where an event moved nothing, or traffic did not settle upon it: then a figure would stand for the other times alone. */
export function benchmarksOf(
  { name }: NamedEvent,
  seen: readonly Seen[],
  which: "there" | "back",
): Record<Benchmark, Spread> {
  const met = seen.map(one => one.report.convergence.find(({ event }) => event === one[which])!);
  const settled = met.filter(({ state }) => state === "converged").length;
  if (settled < met.length) {
    const event = which === "there" ? name : `${name}, on the way back`;
    throw new TargetError(`traffic moved and settled ${settled} of ${met.length} times upon ${event}`);
  }
  const entries = Object.entries(benchmarks).map(([name, of]) => [name, spreadOf(met.map(one => of(one)!))]);
  return Object.fromEntries(entries);
}
