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
/** Events closer than this share of the width share a flag, and flags closer than that take turns in two rows. */
const TOGETHER = 0.02;
const CLOSE = 0.06;
/** A lane's description for those who cannot see it names so many stretches. */
const STRETCHES = 20;

export function timeline(report: Report): Markup {
  if (report.streams.length === 0) return markup``;
  const scale = new Scale(0, report.duration);
  const flags = flagsOf(report, scale);
  const top = (Math.max(-1, ...flags.map(({ row }) => row)) + 1) * FLAG + AXIS;
  const layout = layOut(report, routesOf(report), top, LANE);
  const content = [
    scale.ticks(8).map(at => tickLabel(scale, at, instant(at), top, layout.height)),
    layout.lanes.map(lane => laneOf(report, lane, scale)),
    report.events.map(
      ({ time }) =>
        markup`<line class="moment" x1="${scale.at(time)}" x2="${scale.at(time)}" y1="${top}" y2="${layout.height}"/>`,
    ),
    flags.map(flag => drawFlag(report, flag, scale, top)),
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

interface Flag {
  /** Places of its events in the report. */
  first: number;
  last: number;
  row: number;
}

function flagsOf(report: Report, scale: Scale): Flag[] {
  const flags: Flag[] = [];
  const at = (index: number) => scale.share(report.events[index]!.time);
  for (const index of report.events.keys()) {
    const flag = flags.at(-1);
    if (flag !== undefined && at(index) - at(flag.last) < TOGETHER) flag.last = index;
    else {
      const near = flag !== undefined && flag.row === 0 && at(index) - at(flag.last) < CLOSE;
      flags.push({ first: index, last: index, row: near ? 1 : 0 });
    }
  }
  return flags;
}

function drawFlag(report: Report, { first, last, row }: Flag, scale: Scale, top: number): Markup {
  const [begin, end] = [report.events[first]!, report.events[last]!];
  const x = scale.at((begin.time + end.time) / 2);
  const label = first === last ? `${first + 1}` : `${first + 1}–${last + 1}`;
  const half = first === last ? 10 : 9 + label.length * 3;
  const middle = row * FLAG + 11;
  const title = first === last ? begin.text : `${last - first + 1} events, the first: ${begin.text}`;
  return markup`<a href="#event-${first + 1}" class="flag"><title>${instant(begin.time)} ${title}</title><line class="moment" x1="${x}" x2="${x}" y1="${
    middle
  }" y2="${top}"/><svg x="${x}" y="${middle}" width="1" height="1"><rect x="${-half}" y="-10" width="${2 * half}" height="20" rx="10"/><text y="4" text-anchor="middle">${label}</text></svg></a>`;
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
