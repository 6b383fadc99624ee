/**
 * Over the repeats of a scenario (RFC 6413 section 5.8: timers and schedulers make every trial differ).
 *
 * - median: the middle value, or the mean of the two middle ones
 * - p99: the nearest rank, value number ceil(0.99 * n) of the sorted n; with fewer than a hundred repeats it is the maximum
 * - RSD: the sample standard deviation (n - 1) over the mean; 0 for one repeat or a mean of 0
 */
import type { Convergence, Figure, Outcome, Statistic, StatisticName, Summary } from "./result.js";

/** What one repeat showed. */
export interface Trial {
  outcomes: Outcome[];
  convergence: Convergence[];
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

/** One entry for every figure that any of the trials has, in the order of the first trial's convergence and outcomes. */
export function statisticsOf(trials: Trial[]): Statistic[] {
  const gathered = new Map<string, { key: Omit<Statistic, "summary">; figures: Figure[] }>();
  for (const trial of trials)
    for (const { key, figure } of [
      ...trial.convergence.flatMap(routerFigures),
      ...trial.outcomes.flatMap(streamFigures),
    ]) {
      if (figure === null) continue;
      const name = JSON.stringify(key);
      const known = gathered.get(name) ?? { key, figures: [] };
      known.figures.push(figure);
      gathered.set(name, known);
    }
  return [...gathered.values()].map(({ key, figures }) => ({ ...key, summary: summarize(figures) }));
}

interface Entry {
  key: Omit<Statistic, "summary">;
  figure: Figure | null;
}

function routerFigures(convergence: Convergence): Entry[] {
  const { event, router } = convergence;
  const names = ["firstRoute", "full", "lossDerived", "lossDerivedLossOfConnectivity"] as const;
  return names.map(name => ({
    key: { event, router, stream: null, figure: name },
    figure: convergence[name],
  }));
}

function streamFigures(outcome: Outcome): Entry[] {
  const { event, router, stream, sessions } = outcome;
  if (outcome.state === "undisturbed") return [];
  const entry = (name: StatisticName, figure: Figure | null): Entry => ({
    key: { event, router, stream, figure: name },
    figure,
  });
  const entries = [
    entry("routeSpecific", outcome.routeSpecific),
    entry("lossOfConnectivity", outcome.lossOfConnectivity),
    entry("lost", exact(outcome.queries.lost)),
  ];
  return outcome.transport === "tcp"
    ? [...entries, entry("sessionsBroken", exact(sessions.moved + sessions.homeDied))]
    : entries;
}

function exact(count: number): Figure {
  return { value: count, low: count, high: count };
}
