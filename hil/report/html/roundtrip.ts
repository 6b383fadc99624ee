/** Round trip over time: one small chart a client, all to the same scale, each stretch in the colour of the site that answered. */
import type { Report } from "../../measure/result.js";
import { columnsOf, type Strip, stripsOf } from "../strips.js";
import { instant, time } from "../units.js";
import { chart, chartRow } from "./chart.js";
import { siteStyle } from "./lanes.js";
import { type Markup, markup } from "./markup.js";
import { roundUp, Scale } from "./scale.js";

const HEIGHT = 72;
const COLUMNS = 600;

export function roundTrips(report: Report): Markup {
  const longest = Math.max(
    0,
    ...report.timeline.flatMap(({ spans }) => spans.map(({ roundTrip }) => roundTrip ?? 0)),
  );
  if (longest === 0) return markup``;
  const top = roundUp(longest);
  const scale = new Scale(0, report.duration);
  const clients = [...new Set(report.streams.map(({ client }) => client))];
  const rows = clients.map((client, i) => {
    const streams = [...report.streams.keys()].filter(stream => report.streams[stream]!.client === client);
    const drawn = new Set<string>();
    const content = streams.map(stream => {
      const columns = columnsOf(report.timeline[stream]!.spans, 0, report.duration, COLUMNS);
      const strips = stripsOf(columns, 0, report.duration, ({ site, roundTrip }) =>
        site === null || roundTrip === null ? null : JSON.stringify([site, roundTrip]),
      );
      const key = JSON.stringify(strips);
      if (drawn.has(key)) return null;
      drawn.add(key);
      return strips.map(strip => step(report, strip, top, scale));
    });
    return chartRow({
      id: `round-trip-${i + 1}`,
      name: client,
      title: `Round trip of ${client} over time`,
      height: HEIGHT,
      top: time(top),
      content,
    });
  });
  return chart(report, { id: "round-trip", title: "Round trip over time", scale, rows });
}

function step(report: Report, { from, to, look }: Strip<string>, top: number, scale: Scale): Markup {
  const [site, roundTrip] = JSON.parse(look) as [string, number];
  const y = HEIGHT - (roundTrip / top) * HEIGHT;
  return markup`<line class="step" x1="${scale.at(from)}" x2="${scale.at(to)}" y1="${y.toFixed(1)}" y2="${y.toFixed(
    1,
  )}" style="${siteStyle(report, site)}"><title>${site}, ${time(roundTrip)}, ${instant(from)} to ${instant(to)}</title></line>`;
}
