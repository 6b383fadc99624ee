/**
 * The figures of two reports, where they differ by more than their accuracy allows: where the two intervals that hold the true value do
 * not meet. Counts are exact, so that they differ where they are not equal.
 */
import { exactly } from "../measure/figure.js";
import type { Figure, Report, Statistic } from "../measure/result.js";
import type { About, FigureDifference } from "./comparison.js";

/** Figures that the router's processor takes its time for. */
const OWN_WORK: ReadonlySet<Statistic["figure"]> = new Set(["repair", "reselect"]);

interface Entry {
  about: About;
  figure: Figure;
}

/** `timed`: whether the time that a router took for its repairs counts. */
export function figuresApart(
  a: Report,
  b: Report,
  timed: (router: string) => boolean,
): { compared: number; apart: FigureDifference[] } {
  const both = new Map<string, { about: About; a: Figure | null; b: Figure | null }>();
  for (const { about, figure } of entriesOf(a, timed)) both.set(keyOf(about), { about, a: figure, b: null });
  for (const { about, figure } of entriesOf(b, timed)) {
    both.set(keyOf(about), { about, a: both.get(keyOf(about))?.a ?? null, b: figure });
  }
  const apart = [...both.values()].filter(({ a, b }) => a === null || b === null || !meet(a, b));
  return { compared: both.size, apart: apart.map(({ about, a, b }) => ({ ...about, a, b })) };
}

function meet(a: Figure, b: Figure): boolean {
  return a.low <= b.high && b.low <= a.high;
}

function keyOf(about: About): string {
  return JSON.stringify(about);
}

function entriesOf(report: Report, timed: (router: string) => boolean): Entry[] {
  const times = new Map(report.events.map(({ id, time }) => [id, time]));
  const ofEvent = (event: string, router: string, stream: number | null) => ({
    event,
    time: times.get(event)!,
    router,
    stream,
    client: stream === null ? null : report.streams[stream]!.client,
    site: null,
  });
  return [
    ...report.convergence.flatMap(one =>
      named(ofEvent(one.event, one.router, null), {
        "disturbed routes": exactly(one.disturbed),
        "first route": one.firstRoute,
        "full convergence": one.full,
        "average convergence": one.lossDerived,
        "average gap": one.lossDerivedLossOfConnectivity,
        "failover time": one.failover,
        "detected after": one.detection,
      }),
    ),
    ...report.outcomes.flatMap(one =>
      named(ofEvent(one.event, one.router, one.stream), {
        "settled after": one.routeSpecific,
        gap: one.lossOfConnectivity,
        "failover time": one.failover?.time ?? null,
        lost: exactly(one.queries.lost),
        duplicated: exactly(one.queries.duplicated),
        reordered: exactly(one.queries.reordered),
        "sessions kept": exactly(one.sessions.kept),
        "sessions moved": exactly(one.sessions.moved),
        "sessions died": exactly(one.sessions.homeDied),
        "sessions refused": exactly(one.sessions.neverBegan),
      }),
    ),
    ...report.repairs
      .filter(one => one.timed && timed(one.router))
      .flatMap(one =>
        named(
          { ...ofEvent(one.event, one.router, null), time: one.time },
          { repair: one.repair, "re-selection": one.reselect },
        ),
      ),
    ...report.loads.flatMap(({ site, from, offered, served }) =>
      named(
        { event: null, time: from, router: null, stream: null, client: null, site },
        { "offered load": exactly(offered), "served load": exactly(served) },
      ),
    ),
    // Of a single value they say nothing more.
    ...report.statistics
      .filter(({ spread, figure, router }) => spread.count > 1 && (!OWN_WORK.has(figure) || timed(router)))
      .flatMap(one => named(ofEvent(one.event, one.router, one.stream), spreadOf(one))),
  ];
}

function named(about: Omit<About, "figure">, figures: Record<string, Figure | null>): Entry[] {
  return Object.entries(figures).flatMap(([name, figure]) =>
    figure === null ? [] : { about: { ...about, figure: name }, figure },
  );
}

function spreadOf({ figure, spread: { count, min, median, p99, max } }: Statistic): Record<string, Figure> {
  return Object.fromEntries([
    [`times with ${figure}`, exactly(count)],
    ...Object.entries({ min, median, p99, max }).map(([name, value]) => [`${figure}, ${name}`, value]),
  ]);
}
