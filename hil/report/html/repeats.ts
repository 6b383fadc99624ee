/** How the figures spread over the repeats: numbers, and the range as a small picture. */
import type { Report, Statistic, StatisticName, Summary } from "../../measure/result.js";
import { resolutionOf, routesOf } from "../routes.js";
import { count, deviation, existing, measured, percent, plural } from "../units.js";
import { type Content, type Markup, markup } from "./markup.js";
import { percentage } from "./scale.js";
import { table } from "./table.js";

const NAMES: Record<StatisticName, string> = {
  firstRoute: "first route",
  full: "full convergence",
  lossDerived: "average convergence",
  lossDerivedLossOfConnectivity: "average gap",
  routeSpecific: "settled after",
  lossOfConnectivity: "gap",
  lost: "packets lost",
  sessionsBroken: "conversations broken",
};
const COUNTED: StatisticName[] = ["lost", "sessionsBroken"];

export function repeats(report: Report): Markup {
  if (report.repeats < 2 || report.statistics.length === 0) return markup``;
  return markup`<section id="repeats"><h2>Over ${plural(report.repeats, "repeat")}</h2><div class="card">${report.events.map(
    (event, i) => {
      const statistics = report.statistics.filter(
        ({ event: id, stream }) =>
          id === event.id && (stream === null || report.streams[stream]!.representative),
      );
      return statistics.length === 0
        ? null
        : markup`<details${i === 0 ? markup` open` : null}><summary><i class="badge">${i + 1}</i> ${event.text}</summary>${spread(report, statistics)}</details>`;
    },
  )}</div></section>`;
}

function spread(report: Report, statistics: Statistic[]): Markup {
  return table(
    [
      { head: "of" },
      { head: "figure" },
      { head: "min", number: true },
      { head: "median", number: true },
      { head: "p99", number: true },
      { head: "max", number: true },
      { head: "RSD", number: true, note: "relative standard deviation" },
      { head: "range" },
    ],
    statistics.map(({ router, stream, figure, summary }) => {
      const { min, median, p99, max, rsd } = summary;
      const counted = COUNTED.includes(figure);
      const resolution = resolutionOf(report, router, stream);
      const write = (value: number) => (counted ? count(value) : measured(value, summary, resolution));
      return [
        stream === null ? `router ${router}` : routeName(report, stream),
        NAMES[figure] + existing(summary, report.repeats),
        ...[min, median, p99, max].map(write),
        counted ? percent(rsd) : deviation(summary, resolution),
        range(summary),
      ];
    }),
  );
}

function routeName(report: Report, stream: number): string {
  const route = routesOf(report).find(({ streams }) => streams.includes(stream))!;
  return `${route.client} ${route.name}`;
}

/** From zero to the greatest value: a line from min to max, a dot at the median. */
function range({ min, median, max }: Summary): Content {
  if (max === 0) return null;
  return markup`<svg class="range" width="140" height="14" aria-hidden="true"><line class="grid" x1="2" x2="138" y1="7" y2="7"/><svg x="4" width="132" height="14" overflow="visible"><line class="spread" x1="${percentage(
    min / max,
  )}" x2="100%" y1="7" y2="7"/><circle cx="${percentage(median / max)}" cy="7" r="4"/></svg></svg>`;
}
