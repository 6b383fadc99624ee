/**
 * Every figure over all times that an event came: its occurrences in a flap, and all of them in every repeat. Each repeat begins with other
 * phases, so that one event after another falls elsewhere between the packets, keep-alives and timers.
 */
import { exactly, greatest, sum } from "./figure.js";
import { unseenGap } from "./gap.js";
import { histogramOf } from "./histogram.js";
import type {
  Convergence,
  Figure,
  Outcome,
  RepairResult,
  Report,
  RouterFigure,
  Statistic,
  Stream,
  StreamFigure,
} from "./result.js";
import { spreadOf } from "./spread.js";

/** What one repeat showed. */
export interface Trial {
  events: Report["events"];
  outcomes: Outcome[];
  convergence: Convergence[];
  repairs: RepairResult[];
  streams: Stream[];
  lateness: number;
}

/** The clock by which a router notes when it acted, microseconds. */
const TICK = 1;

interface Entry {
  key: Pick<Statistic, "event" | "router" | "stream" | "figure">;
  value: Figure | null;
  resolution: number;
  /** How the event disturbed what the figure is about; null where it did not. */
  direction: Statistic["direction"] | null;
}

/**
 * One for every figure that any of the trials has, in the order of the trials' convergence and outcomes. Where an event disturbed a route in
 * some of them, the others count too: with a gap of 0 to what stays unseen, and the packets and conversations that they lost.
 */
export function statisticsOf(trials: Trial[]): Statistic[] {
  const gathered = new Map<string, { key: Entry["key"]; entries: Entry[] }>();
  for (const trial of trials) {
    const likes = new Map(trial.events.map(({ id, like }) => [id, like]));
    for (const { key, ...entry } of [
      ...trial.convergence.flatMap(one => routerEntries(trial, one)),
      ...trial.outcomes.flatMap(one => streamEntries(trial, one)),
    ]) {
      const pooled = { ...key, event: likes.get(key.event)! };
      const name = JSON.stringify(pooled);
      const known = gathered.get(name) ?? { key: pooled, entries: [] };
      known.entries.push({ key: pooled, ...entry });
      gathered.set(name, known);
    }
  }
  return [...gathered.values()].flatMap(({ key, entries }) => {
    const figures = entries.map(({ value }) => value).filter(value => value !== null);
    const directions = entries.map(({ direction }) => direction).filter(direction => direction !== null);
    if (figures.length === 0 || directions.length === 0) return [];
    const resolution = entries.reduce((coarsest, entry) => Math.max(coarsest, entry.resolution), 0);
    return {
      ...key,
      direction: directions.every(direction => direction === "reversion") ? "reversion" : "initial",
      resolution,
      spread: spreadOf(figures),
      histogram: histogramOf(
        figures.map(({ value }) => value),
        resolution,
      ),
    };
  });
}

function routerEntries(trial: Trial, { event, router, ...convergence }: Convergence): Entry[] {
  const { lateness } = trial;
  const direction = convergence.state === "undisturbed" ? null : convergence.direction;
  const routes = trial.streams.filter(stream => stream.router === router && stream.representative);
  const finest = Math.max(...routes.map(({ interval }) => interval)) + lateness;
  const unseen = greatest(routes.map(route => unseenGap(route, lateness)));
  const acts = trial.repairs.filter(one => one.event === event && one.router === router);
  const ticks = (figures: Figure[]) => (acts.every(({ timed }) => timed) ? sum(figures) : null);
  const tick = Math.max(...acts.map(({ repair }) => repair.high - repair.value));
  const entry = (figure: RouterFigure, value: Figure | null, resolution = finest): Entry => ({
    key: { event, router, stream: null, figure },
    value,
    resolution,
    direction,
  });
  return [
    entry("firstRoute", convergence.firstRoute),
    entry("full", convergence.full),
    entry("lossDerived", convergence.lossDerived),
    entry("lossDerivedLossOfConnectivity", direction ? convergence.lossDerivedLossOfConnectivity : unseen),
    entry("failover", direction ? convergence.failover : unseen),
    entry("detection", convergence.detection, TICK + lateness),
    entry("repair", ticks(acts.map(({ repair }) => repair)), tick),
    entry("reselect", ticks(acts.map(({ reselect }) => reselect)), tick),
  ];
}

function streamEntries({ streams, lateness }: Trial, outcome: Outcome): Entry[] {
  const { event, router, stream, failover, queries, sessions } = outcome;
  const direction = outcome.state === "undisturbed" ? null : outcome.direction;
  const unseen = unseenGap(streams[stream]!, lateness);
  const entry = (figure: StreamFigure, value: Figure | null, resolution: number): Entry => ({
    key: { event, router, stream, figure },
    value,
    resolution,
    direction,
  });
  const time = (figure: StreamFigure, value: Figure | null) =>
    entry(figure, value, streams[stream]!.interval + lateness);
  const number = (figure: StreamFigure, value: number) => entry(figure, exactly(value), 1);
  const entries = [
    time("routeSpecific", outcome.routeSpecific),
    time("lossOfConnectivity", direction ? outcome.lossOfConnectivity : unseen),
    time("failover", direction ? (failover?.time ?? null) : unseen),
    number("failoverLoss", failover?.lost ?? 0),
    number("lost", queries.lost),
    number("reordered", queries.reordered),
  ];
  return outcome.transport === "tcp"
    ? [...entries, number("sessionsBroken", sessions.moved + sessions.homeDied)]
    : entries;
}
