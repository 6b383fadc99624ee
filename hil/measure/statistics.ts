/**
 * Over the repeats of a scenario (RFC 6413 section 5.8: timers and schedulers make every trial differ).
 *
 * - median: the middle value, or the mean of the two middle ones
 * - p99: the nearest rank, value number ceil(0.99 * n) of the sorted n; with fewer than a hundred repeats it is the maximum
 * - RSD: the sample standard deviation (n - 1) over the mean; 0 for one repeat or a mean of 0
 */
import { exactly, greatest } from "./figure.js";
import { unseenGap } from "./gap.js";
import type { Convergence, Figure, Outcome, Statistic, StatisticName, Stream, Summary } from "./result.js";

/** What one repeat showed. */
export interface Trial {
  outcomes: Outcome[];
  convergence: Convergence[];
  streams: Stream[];
  lateness: number;
}

export function summarize(figures: Figure[]): Summary {
  const values = figures.map(({ value }) => value).sort((a, b) => a - b);
  const count = values.length;
  const average = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / Math.max(count - 1, 1);
  return {
    repeats: count,
    min: values[0]!,
    median: (values[(count - 1) >> 1]! + values[count >> 1]!) / 2,
    p99: values[Math.ceil(0.99 * count) - 1]!,
    max: values[count - 1]!,
    rsd: average === 0 ? 0 : Math.sqrt(variance) / average,
    low: Math.min(...figures.map(({ low }) => low)),
    high: Math.max(...figures.map(({ high }) => high)),
  };
}

/**
 * One entry for every figure that any of the trials has, in the order of the trials' convergence and outcomes. Where an event disturbed
 * a route in some of them, the others count too: with a gap of 0 to what stays unseen, and the packets and conversations that they lost.
 */
export function statisticsOf(trials: Trial[]): Statistic[] {
  const gathered = new Map<string, { key: Key; figures: Figure[]; disturbed: boolean }>();
  for (const trial of trials)
    for (const { key, figure, disturbed } of [
      ...trial.convergence.flatMap(one => routerFigures(trial, one)),
      ...trial.outcomes.flatMap(one => streamFigures(trial, one)),
    ]) {
      if (figure === null) continue;
      const name = JSON.stringify(key);
      const known = gathered.get(name) ?? { key, figures: [], disturbed: false };
      known.figures.push(figure);
      known.disturbed ||= disturbed;
      gathered.set(name, known);
    }
  return [...gathered.values()]
    .filter(({ disturbed }) => disturbed)
    .map(({ key, figures }) => ({ ...key, summary: summarize(figures) }));
}

type Key = Omit<Statistic, "summary">;

interface Entry {
  key: Key;
  figure: Figure | null;
  disturbed: boolean;
}

function routerFigures({ streams, lateness }: Trial, convergence: Convergence): Entry[] {
  const { event, router, state } = convergence;
  const disturbed = state !== "undisturbed";
  const entry = (figure: StatisticName, value: Figure | null): Entry => ({
    key: { event, router, stream: null, figure },
    figure: value,
    disturbed,
  });
  const routes = streams.filter(stream => stream.router === router && stream.representative);
  const { lossDerivedLossOfConnectivity: gap } = convergence;
  return [
    entry("firstRoute", convergence.firstRoute),
    entry("full", convergence.full),
    entry("lossDerived", convergence.lossDerived),
    entry(
      "lossDerivedLossOfConnectivity",
      disturbed ? gap : greatest(routes.map(route => unseenGap(route, lateness))),
    ),
  ];
}

function streamFigures({ streams, lateness }: Trial, outcome: Outcome): Entry[] {
  const { event, router, stream, sessions } = outcome;
  const disturbed = outcome.state !== "undisturbed";
  const entry = (figure: StatisticName, value: Figure | null): Entry => ({
    key: { event, router, stream, figure },
    figure: value,
    disturbed,
  });
  const gap = disturbed ? outcome.lossOfConnectivity : unseenGap(streams[stream]!, lateness);
  const entries = [
    entry("routeSpecific", outcome.routeSpecific),
    entry("lossOfConnectivity", gap),
    entry("lost", exactly(outcome.queries.lost)),
  ];
  return outcome.transport === "tcp"
    ? [...entries, entry("sessionsBroken", exactly(sessions.moved + sessions.homeDied))]
    : entries;
}
