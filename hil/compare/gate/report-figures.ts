/**
 * The figures of a report that can be better or worse: gaps, times and losses, the lower the better, and expectations, which are to hold.
 * Which routes an event moves, and what is reordered on the way, is neither good nor bad.
 *
 * Of paired runs, which sent the same packets at the same instants, the median, the p99 and the greatest of each time are compared within the
 * accuracy of their packets, and counts as they are. Of others medians and shares are, within what 99 of 100 such runs would show.
 */
import { exactly, figureOf, greatest } from "../../measure/figure.js";
import { unseenGap } from "../../measure/gap.js";
import type { RatedFigure } from "../../measure/rated.js";
import type { Figure, Report, Spread, Statistic, Tally } from "../../measure/result.js";
import { spreadOf } from "../../measure/spread.js";
import { broken, figureName } from "../../report/recurring.js";

type Name = Statistic["figure"];

/** What times are of: a router, or a route. */
interface Subject {
  name: string;
  router: string;
  stream: number | null;
  /** Figures that are `unseen` where an event left it alone; of others there is none then. */
  gaps: Name[];
  unseen: Figure;
}

const TIMES: Name[] = [
  "firstRoute",
  "full",
  "lossDerived",
  "detection",
  "repair",
  "reselect",
  "routeSpecific",
];

/** Of fewer values no interval holds the median with 99 % confidence. */
const FEWEST = 8;

/** As many standard deviations on either side hold 99 % of a normal distribution. */
const DEVIATIONS = 2.576;

export function reportFigures(report: Report, paired: boolean): RatedFigure[] {
  const subjects = subjectsOf(report);
  const events = eventsOf(report).flatMap(({ id, lead }) => [
    ...subjects.flatMap(subject => timesOf(report, id, subject, lead, paired)),
    ...report.tallies.filter(({ event }) => event === id).flatMap(tally => costsOf(tally, lead, paired)),
  ]);
  return [...expectationsOf(report), ...events];
}

/** Whether a figure's name is that of a time of a router or route that the event disturbed. */
export function isOfDisturbed(report: Report): (name: string) => boolean {
  const subjects = subjectsOf(report);
  const leads = eventsOf(report).flatMap(({ id, lead }) =>
    subjects
      .filter(subject =>
        statisticsOf(report, id, subject).some(({ figure }) => subject.gaps.includes(figure)),
      )
      .map(subject => timeLead(lead, subject)),
  );
  return name => leads.some(lead => name.startsWith(lead));
}

/** Those that are like an earlier one count with it. */
function eventsOf({ events }: Report): { id: string; lead: string }[] {
  return events.flatMap(({ id, like, text }, index) =>
    id === like ? [{ id, lead: `${index + 1} ${text}: ` }] : [],
  );
}

function statisticsOf({ statistics }: Report, event: string, { router, stream }: Subject): Statistic[] {
  return statistics.filter(one => one.event === event && one.router === router && one.stream === stream);
}

function timeLead(lead: string, { name }: Subject): string {
  return `${lead}${name}, `;
}

/** A scenario may state one of them again after the next event of the same text. */
function expectationsOf({ expectations }: Report): RatedFigure[] {
  return expectations.map(({ text, pass }, index) => {
    const before = expectations.slice(0, index).filter(other => other.text === text).length;
    const name = before > 0 ? `${text} (${before + 1})` : text;
    return { name, unit: "held", better: "higher", ...exactly(pass ? 1 : 0) };
  });
}

function subjectsOf({ streams, lateness }: Report): Subject[] {
  const routes = streams.flatMap(({ client, router, prefix, interval, representative }, stream): Subject[] =>
    representative
      ? [
          {
            name: `${client} to ${prefix}`,
            router,
            stream,
            gaps: ["lossOfConnectivity", "failover"],
            unseen: unseenGap({ interval }, lateness),
          },
        ]
      : [],
  );
  const routers = [...new Set(routes.map(({ router }) => router))].map((router): Subject => {
    const own = routes.filter(route => route.router === router);
    return {
      name: `router ${router}`,
      router,
      stream: null,
      gaps: ["lossDerivedLossOfConnectivity", "failover"],
      unseen: greatest(own.map(({ unseen }) => unseen))!,
    };
  });
  return [...routers, ...routes];
}

function timesOf(
  report: Report,
  event: string,
  subject: Subject,
  lead: string,
  paired: boolean,
): RatedFigure[] {
  const { gaps, unseen } = subject;
  const own = statisticsOf(report, event, subject);
  const times = report.repeats * report.events.filter(({ like }) => like === event).length;
  const spreads = [...gaps, ...TIMES].flatMap((figure): { figure: Name; spread: Spread }[] => {
    const found = own.find(one => one.figure === figure);
    if (found) return [found];
    return gaps.includes(figure) ? [{ figure, spread: spreadOf(Array<Figure>(times).fill(unseen)) }] : [];
  });
  return spreads.flatMap(({ figure, spread }) => {
    const about = `${timeLead(lead, subject)}${figureName({ figure, direction: "initial" })}`;
    return endsOf(spread, times, paired).map(
      ([end, value]): RatedFigure => ({ name: `${about}${end}`, unit: "us", better: "lower", ...value }),
    );
  });
}

/** What stands for all times that the event came; of a single one there is but one value. */
function endsOf(
  { count, median, p99, max, confidence }: Spread,
  times: number,
  paired: boolean,
): [string, Figure][] {
  if (paired && times === 1) return [["", max]];
  if (paired)
    return [
      [", median", median],
      [", p99", p99],
      [", max", max],
    ];
  return count < FEWEST ? [] : [[", median", figureOf(median.value, confidence.low, confidence.high)]];
}

function costsOf({ client, routes, queries, sessions }: Tally, lead: string, paired: boolean): RatedFigure[] {
  const part = (name: string, some: number, all: number): RatedFigure => ({
    name: `${lead}${client}, ${name}`,
    better: "lower",
    ...(paired ? { unit: "count", ...exactly(some) } : { unit: "share", ...shareOf(some, all) }),
  });
  // A route that is cut off may lose one query more or less, as they fall. Lost in rows, they have no interval as a share.
  const lost: RatedFigure = {
    name: `${lead}${client}, queries lost`,
    unit: "count",
    better: "lower",
    ...figureOf(queries.lost, queries.lost - routes.disturbed, queries.lost + routes.disturbed),
  };
  return [
    part("routes not settled", routes.disturbed - routes.converged, routes.met),
    part("conversations broken", broken(sessions), sessions.open),
    part("conversations refused", sessions.neverBegan, sessions.open + sessions.neverBegan),
    ...(paired ? [lost] : []),
  ];
}

/** Wilson's interval of a share, which holds for few trials and for shares near 0 and 1 too. A share of none may be any. */
function shareOf(part: number, whole: number): Figure {
  if (whole === 0) return figureOf(0, 0, 1);
  const share = part / whole;
  const weight = DEVIATIONS ** 2 / whole;
  const middle = (share + weight / 2) / (1 + weight);
  const width = (DEVIATIONS * Math.sqrt((share * (1 - share)) / whole + weight / (4 * whole))) / (1 + weight);
  return { value: share, low: Math.max(middle - width, 0), high: Math.min(middle + width, 1) };
}
