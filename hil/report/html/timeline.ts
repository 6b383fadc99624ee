/** The whole run: per route and transport a lane that shows which site answered when and where packets were lost, with every event marked. */
import type { Report } from "../../measure/result.js";
import { routesOf } from "../routes.js";
import { type Column, columnsOf, isRouteLoss, type Strip, stripsOf } from "../strips.js";
import { instant } from "../units.js";
import { type Lane, layOut, legend, picture, runsOf, siteStyle } from "./lanes.js";
import { type Markup, markup } from "./markup.js";
import { Scale, tickLabel } from "./scale.js";

const LANE = 24;
/** Rows for the events' flags, then the axis. */
const FLAG = 24;
const AXIS = 22;
const COLUMNS = 1_200;
/** Flags closer than this share of the width stand in different rows. */
const CLOSE = 0.035;
const FLAG_ROWS = 4;
/** A lane's description for those who cannot see it names so many stretches. */
const STRETCHES = 20;

export function timeline(report: Report): Markup {
  if (report.streams.length === 0) return markup``;
  const scale = new Scale(0, report.duration);
  const rows = flagRows(report, scale);
  const top = (Math.max(-1, ...rows) + 1) * FLAG + AXIS;
  const layout = layOut(report, routesOf(report), top, LANE);
  const content = [
    scale.ticks(8).map(at => tickLabel(scale, at, instant(at), top, layout.height)),
    layout.lanes.map(lane => laneOf(report, lane, scale)),
    report.events.map((event, i) => flag(event, i, scale.at(event.time), rows[i]! * FLAG, layout.height)),
  ];
  const about = {
    id: "timeline",
    title: `Which site answered when, from 0:00 to ${instant(report.duration)}`,
    description: layout.lanes.map(lane => describe(report, lane)).join(" "),
    scale: [0, report.duration, 0] as [number, number, number],
  };
  const thinned = report.timeline.some(({ spans }) =>
    spans.some(run => run.site === null && !isRouteLoss(run)),
  );
  return markup`<section id="who-answered"><h2>Who answered when</h2>
${legend(
  report,
  report.sites,
  markup`<li><i class="swatch lost"></i>lost</li>${thinned ? markup`<li><i class="swatch thinned"></i>thinned out by a link or a full site</li>` : null}<li><i class="badge">1</i>event</li>`,
)}
${picture(layout, about, content)}</section>`;
}

function laneOf(report: Report, lane: Lane, scale: Scale): Markup {
  const { top } = lane;
  const columns = columnsOf(runsOf(report, lane), scale.from, scale.to, COLUMNS);
  const strips = <Look>(look: (column: Column) => Look | null) =>
    stripsOf(columns, scale.from, scale.to, look);
  return markup`${strips(({ site }) => site).map(strip => bar(report, strip, top, scale))}${strips(
    ({ thinned }) => (thinned ? "some packets lost on a link or at a full site" : null),
  ).map(strip => mark("thinned", strip, top + LANE - 5, 5, scale))}${strips(({ lost }) =>
    lost ? "packets lost" : null,
  ).map(strip => mark("lost", strip, top - 3, LANE + 6, scale))}`;
}

function bar(report: Report, { from, to, look: site }: Strip<string>, top: number, scale: Scale): Markup {
  const named = scale.share(to) - scale.share(from) > 0.03;
  return markup`<svg x="${scale.at(from)}" width="${scale.span(from, to)}" y="${top}" height="${LANE}" style="${siteStyle(
    report,
    site,
  )}"><title>${site}, ${instant(from)} to ${instant(to)}</title><rect class="site" width="100%" height="100%"/>${
    named ? markup`<text class="label" x="7" y="16">${site}</text>` : null
  }</svg>`;
}

function mark(
  kind: string,
  { from, to, look }: Strip<string>,
  top: number,
  height: number,
  scale: Scale,
): Markup {
  return markup`<rect class="${kind}" x="${scale.at(from)}" width="${scale.span(from, to)}" y="${top}" height="${height}"><title>${look}, ${instant(
    from,
  )} to ${instant(to)}</title></rect>`;
}

function flag(
  event: Report["events"][number],
  index: number,
  x: string,
  top: number,
  bottom: number,
): Markup {
  return markup`<a href="#event-${index + 1}" class="flag"><title>${instant(event.time)} ${event.text}</title><line x1="${x}" x2="${x}" y1="${
    top + 20
  }" y2="${bottom}"/><circle cx="${x}" cy="${top + 11}" r="10"/><text x="${x}" y="${top + 15}" text-anchor="middle">${
    index + 1
  }</text></a>`;
}

/** In which row each event's flag stands, so that near ones do not cover one another. */
function flagRows(report: Report, scale: Scale): number[] {
  const last: number[] = [];
  return report.events.map(({ time }) => {
    const share = scale.share(time);
    const free = last.findIndex(taken => share - taken >= CLOSE);
    const row = free >= 0 ? free : last.length < FLAG_ROWS ? last.length : 0;
    last[row] = share;
    return row;
  });
}

function describe(report: Report, { route, name, streams }: Lane): string {
  const stretches: { what: string; to: number }[] = [];
  for (const run of report.timeline[streams[0]!]!.spans) {
    if (run.site === null && !isRouteLoss(run)) continue;
    const what = run.site ?? "no answer";
    const last = stretches.at(-1);
    if (last?.what === what) last.to = run.to;
    else stretches.push({ what, to: run.to });
  }
  const told = stretches.slice(0, STRETCHES).map(({ what, to }) => `${what} until ${instant(to)}`);
  const more = stretches.length > STRETCHES ? `, and ${stretches.length - STRETCHES} more changes` : "";
  return `${route.client} ${name}: ${told.join(", ")}${more}.`;
}
