/** Over all times that an event came: how the figures spread, as pictures and as numbers, and what it cost each client. */
import type { Report, Statistic, Tally } from "../../measure/result.js";
import { broken, figureName, type Recurring, recurringIn, spreadCells } from "../recurring.js";
import { routesOf } from "../routes.js";
import { existing, share } from "../units.js";
import { histogram, scaleOf } from "./histogram.js";
import { type Content, type Markup, markup } from "./markup.js";
import { table } from "./table.js";

/** Side by side for each route. */
const DRAWN: Statistic["figure"][] = ["lossOfConnectivity", "routeSpecific"];

export function repeats(report: Report): Markup {
  const events = recurringIn(report).filter(({ statistics }) => statistics.length > 0);
  if (events.length === 0) return markup``;
  return markup`<section id="repeats"><h2>Over all times that an event came</h2><div class="card"><ul class="legend"><li><i class="swatch initial"></i>after a failure and its like</li><li><i class="swatch reversion"></i>after a return</li><li><i class="swatch median"></i>median</li><li><i class="swatch p99"></i>p99: 99 of 100 are no greater</li></ul>${events.map(
    (event, i) =>
      markup`<details${i === 0 ? markup` open` : null}><summary><i class="badge">${event.index + 1}</i> ${event.text}, ${event.timesName}</summary>${routes(report, event)}${costs(event.tallies)}<details class="all"><summary>All figures</summary>${spreads(report, event)}</details></details>`,
  )}</div></section>`;
}

/** Those that the event disturbed. What is above one another has one axis. */
function routes(report: Report, { index, text, times, statistics }: Recurring): Markup {
  const drawn = statistics.filter(
    ({ stream, figure }) =>
      stream !== null && report.streams[stream]!.representative && DRAWN.includes(figure),
  );
  const columns = DRAWN.map(figure => drawn.filter(one => one.figure === figure));
  const scales = columns.map(scaleOf);
  const streams = [...new Set(drawn.map(({ stream }) => stream!))];
  return markup`<div class="spreads">${streams.map(stream => {
    const name = routeName(report, stream);
    const pictures = columns.map((column, i): Content => {
      const one = column.find(other => other.stream === stream);
      if (one === undefined) return markup`<figure></figure>`;
      return histogram(
        one,
        scales[i]!,
        `${name}, ${text}`,
        `spread-${index + 1}-${stream}-${one.figure}`,
        times,
      );
    });
    return markup`<b title="${name}">${name}</b>${pictures}`;
  })}</div>`;
}

function costs(tallies: Tally[]): Markup {
  return table(
    [
      { head: "client" },
      { head: "routes disturbed", number: true },
      { head: "settled", number: true },
      {
        head: "sustained",
        number: true,
        note: "For the Sustained Convergence Validation Time, RFC 6412 section 3.7.5",
      },
      { head: "UDP queries lost", number: true, note: "Of those sent from the event to the next one" },
      { head: "conversations broken", number: true, note: "Of those that were open" },
    ],
    tallies.map(({ client, routes: { met, disturbed, converged, sustained }, queries, sessions }) => [
      client,
      share(disturbed, met),
      share(converged, disturbed),
      share(sustained, converged),
      share(queries.lost, queries.sent),
      share(broken(sessions), sessions.open),
    ]),
  );
}

function spreads(report: Report, { statistics, times }: Recurring): Markup {
  return table(
    [
      { head: "of" },
      { head: "figure" },
      { head: "event" },
      { head: "min", number: true },
      { head: "median", number: true },
      { head: "p99", number: true },
      { head: "max", number: true },
      { head: "RSD", number: true, note: "relative standard deviation" },
    ],
    statistics
      .filter(({ stream }) => stream === null || report.streams[stream]!.representative)
      .map(one => [
        one.stream === null ? `router ${one.router}` : routeName(report, one.stream),
        figureName(one) + existing(one.spread, times),
        one.direction,
        ...spreadCells(one),
      ]),
  );
}

function routeName(report: Report, stream: number): string {
  const route = routesOf(report).find(({ streams }) => streams.includes(stream))!;
  return `${route.client} ${route.name}`;
}
