/**
 * From what was observed to the report. Pure: the same input gives the same report, key order included, so that its JSON is the
 * same to the byte.
 */
import type { Observation } from "../world/observation.js";
import { catchmentsOf } from "./catchment.js";
import { convergenceOf } from "./convergence.js";
import { outcomeOf, SUSTAINED_WINDOW } from "./outcome.js";
import { repairsOf } from "./repairs.js";
import { resolutionOf } from "./resolution.js";
import { type Expectation, type Outcome, REPORT_SCHEMA, type Report, type TargetInfo } from "./result.js";
import { statisticsOf, type Trial } from "./statistics.js";
import { streamsOf } from "./streams.js";
import { talliesOf } from "./tallies.js";
import { sitesOf, timelineOf } from "./timeline.js";

export interface Measurement {
  /** Name and version of the program: "nearhop 0.1.0". */
  generator: string;
  scenario: Report["scenario"];
  targets: TargetInfo[];
  seed: number;
  /** One a repeat, at least one; the first is shown, all are summed up. */
  observations: Observation[];
  expectations: Expectation[];
}

export function measure(measurement: Measurement): Report {
  const { observations, expectations, targets } = measurement;
  const shown = observations[0];
  if (shown === undefined) throw new RangeError("a report needs at least one observation");
  const trials = observations.map(observation => trialOf(observation, targets));
  return {
    schema: REPORT_SCHEMA,
    generator: measurement.generator,
    scenario: measurement.scenario,
    targets,
    seed: measurement.seed,
    repeats: observations.length,
    verdict: expectations.every(({ pass }) => pass) ? "pass" : "fail",
    duration: shown.duration,
    method: {
      basis: "adapted from RFC 6412, RFC 6413 and RFC 6414",
      sustainedWindow: SUSTAINED_WINDOW,
      forwardingDelayThreshold: null,
    },
    resolution: resolutionOf(observations, targets),
    lateness: Math.max(...observations.map(({ lateness }) => lateness)),
    expectations,
    sites: sitesOf(observations),
    streams: streamsOf(shown),
    catchments: catchmentsOf(shown),
    events: shown.events,
    convergence: trials[0]!.convergence,
    outcomes: trials[0]!.outcomes,
    repairs: trials[0]!.repairs,
    holds: shown.holds,
    loads: shown.loads,
    statistics: statisticsOf(trials),
    tallies: talliesOf(trials),
    timeline: timelineOf(shown),
  };
}

function trialOf(observation: Observation, targets: TargetInfo[]): Trial {
  const routers = [...new Set(observation.streams.map(({ router }) => router))];
  const streams = streamsOf(observation);
  const outcomes: Outcome[] = [];
  const convergence: Trial["convergence"] = [];
  for (const event of observation.events) {
    const met = streams.map((_, index) => outcomeOf(observation, event, index));
    outcomes.push(...met.map(({ outcome }) => outcome));
    const routes = met.filter((_, index) => streams[index]!.representative);
    for (const router of routers)
      convergence.push(
        convergenceOf(
          observation,
          event,
          router,
          routes.filter(({ outcome }) => outcome.router === router),
        ),
      );
  }
  const { events, lateness } = observation;
  return { events, outcomes, convergence, repairs: repairsOf(observation, targets), streams, lateness };
}
