/**
 * A link falls silent, and BFD with 3 x 10 ms finds it: how long until traffic is back, whatever the phase of the death
 * between two packets of the session. It is what the packets of a stream saw, by the rig's own measure: RFC 6412's
 * Route-Specific Convergence Time.
 *
 * - Where a run takes no time, each death has its own, which is like the one before but for a death 100 us later; together they
 *   are later by more than an interval. So no phase is left out.
 * - Else there are several in a run, each at a seeded phase: so many that the smallest board has memory for them.
 */
import type { Target } from "../../../host/target/target.js";
import { TargetError } from "../../../host/target-error.js";
import type { Figure, Report, Spread } from "../../measure/result.js";
import { spreadOf } from "../../measure/spread.js";
import { printTime } from "../../scenario/quantity.js";
import type { Scenario } from "../../scenario/scenario.js";
import { draw, keyOf } from "../../world/random.js";
import { measured } from "../measured.js";
import { keptOpen } from "./kept-open.js";
import { scenarioOf } from "./scenario-of.js";

export interface SilenceFigures {
  /** Microseconds between two of the session's packets, and how many in a row may be missing. */
  interval: number;
  multiplier: number;
  deaths: number;
  /** Microseconds from one death's phase to the next; null where phases are seeded. */
  step: number | null;
  /** Microseconds from the death to the first packet by the other way, and between two packets that could tell. */
  restored: Spread;
  resolution: number;
}

const INTERVAL = 10_000;
const MULTIPLIER = 3;

/** In a run with several. */
const DEATHS = 10;

/** A sweep covers an interval and a quarter more. */
const STEP = 100;
const STEPS = 125;

/** The session runs at full speed before the first death. */
const SETTLED = 200_000;
/** For how long a death lasts, and until the session is up again, as it then begins at a packet a second. */
const DOWN = 200_000;
const UP = 1_500_000;

/** Queries a second: as close as a step on a virtual clock, and as a board plays them with ease. */
const QUERIES = { sweep: 10_000, scatter: 1000 };

function network(deaths: readonly number[], queries: number): Scenario {
  const link = ["Paris", "London"];
  return scenarioOf("silence", {
    duration: printTime(deaths.at(-1)! + DOWN + UP),
    prefixes: ["198.51.100.0/24"],
    routing: { protocol: "ebgp", bfd: { interval: printTime(INTERVAL), multiplier: MULTIPLIER } },
    sites: { London: {}, "New York": {} },
    routers: { Paris: {} },
    clients: { office: { router: "Paris", queries } },
    links: [
      { between: link, rtt: "4ms" },
      { between: ["Paris", "New York"], rtt: "79ms" },
    ],
    events: deaths.flatMap(at => [
      { at: printTime(at), silent_death: link },
      { at: printTime(at + DOWN), return: link },
    ]),
  });
}

export interface SilenceOptions {
  readonly seed: number;
  /** Deaths at seeded phases; null for a sweep. */
  readonly repeat: number | null;
  readonly onProgress: (share: number) => void;
}

/** `target` stays open. */
export async function silence(
  target: Target,
  { seed, repeat, onProgress }: SilenceOptions,
): Promise<SilenceFigures> {
  const runs = repeat === null ? sweep() : scatter(repeat, seed);
  const queries = repeat === null ? QUERIES.sweep : QUERIES.scatter;
  const figures: Figure[] = [];
  for (const [turn, deaths] of runs.entries()) {
    const report = await measured(network(deaths, queries), {
      openTarget: async () => keptOpen(target),
      seed: repeat === null ? seed : keyOf(seed, "silence", turn),
      onProgress: share => onProgress((turn + share) / runs.length),
    });
    figures.push(...restorations(report));
  }
  return {
    interval: INTERVAL,
    multiplier: MULTIPLIER,
    deaths: figures.length,
    step: repeat === null ? STEP : null,
    restored: spreadOf(figures),
    resolution: 1e6 / queries,
  };
}

/** From each death to the first packet of what the route settled on. */
function restorations({ events, outcomes }: Report): Figure[] {
  const deaths = new Set(events.filter(({ kind }) => kind === "silent_death").map(({ id }) => id));
  return outcomes
    .filter(({ event }) => deaths.has(event))
    .map(({ event, routeSpecific }) => {
      if (routeSpecific === null) throw new TargetError(`traffic was not restored after ${event}`);
      return routeSpecific;
    });
}

/** One death a run. */
function sweep(): number[][] {
  return Array.from({ length: STEPS }, (_, step) => [SETTLED + step * STEP]);
}

/** Several deaths a run. */
function scatter(repeat: number, seed: number): number[][] {
  const key = keyOf(seed, "phases");
  const phase = (death: number) => Math.floor(draw(key, death) * INTERVAL);
  return Array.from({ length: Math.ceil(repeat / DEATHS) }, (_, run) =>
    Array.from({ length: Math.min(DEATHS, repeat - run * DEATHS) }, (_, turn) => {
      return SETTLED + turn * (DOWN + UP) + phase(run * DEATHS + turn);
    }),
  );
}
