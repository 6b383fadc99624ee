/**
 * The moments around an event, packet by packet: a dot for one that was answered, in its site's colour, a cross for one that was lost. Where
 * a stream was without an answer, the dark band is the least that the packets prove and the light one the most that they allow.
 */
import type { Outcome, Report } from "../../measure/result.js";
import { type Focus, focusOn } from "../focus.js";
import { moveName } from "../naming.js";
import { metBy, type RouteOutcome } from "../routes.js";
import { columnsOf, isRouteLoss, type Run, type Strip, stripsOf } from "../strips.js";
import { figure, instant, offset, tickOffset, time } from "../units.js";
import { type Lane, type Layout, layOut, legend, picture, runsOf, siteStyle } from "./lanes.js";
import { type Markup, markup } from "./markup.js";
import { Scale, tickLabel } from "./scale.js";

const LANE = 34;
const AXIS = 26;
const SIGHTS = 20;
/** With more packets than this a lane shows runs instead. */
const MOST_PACKETS = 120;
const COLUMNS = 600;

type Event = Report["events"][number];

export function closeUp(report: Report, event: Event, index: number): Markup {
  const focus = focusOn(report, event);
  if (focus === null) return markup``;
  const scale = new Scale(focus.from, focus.to);
  const disturbed = metBy(report, event.id).filter(one => one.disturbed);
  const sights = sightsOf(report, event, disturbed, scale);
  const layout = layOut(
    report,
    disturbed.map(({ route }) => route),
    AXIS + sights.length * SIGHTS + 4,
    LANE,
    streams => streams.some(stream => sentIn(report, stream, focus) > 0),
  );
  const content = [
    scale
      .ticks(8, event.time)
      .map(at => tickLabel(scale, at, tickOffset(at - event.time, scale.step(8)), AXIS, layout.height)),
    layout.lanes.map(lane => gaps(report, event, lane, mainOf(disturbed, lane), scale)),
    layout.lanes.map(lane => packets(report, lane, focus, scale)),
    scale.holds(event.time) ? upright("instant", scale.at(event.time), AXIS - 4, layout) : null,
    sights.map((sight, i) => sightLine(sight, AXIS + i * SIGHTS, layout, scale)),
  ];
  const edge = (at: number) => tickOffset(at - event.time, (focus.to - focus.from) / 100);
  const about = {
    id: `closeup-${index + 1}`,
    title: `${event.text}: ${edge(focus.from)} to ${edge(focus.to)}`,
    description: disturbed.map(describe).join(" "),
    scale: [focus.from, focus.to, event.time] as [number, number, number],
  };
  return markup`<h4>Close up: ${edge(focus.from)} to ${edge(focus.to)}</h4>
${legend(report, shownSites(report, disturbed), lossLegend(report, layout.lanes, focus))}
${picture(layout, about, content, lane => gapNote(mainOf(disturbed, lane)))}`;
}

/** The outcome whose gap a lane shows: that of the stream which stands for the route, in that stream's lane. */
function mainOf(disturbed: RouteOutcome[], { streams }: Lane): Outcome | undefined {
  return disturbed.find(({ main }) => streams.includes(main.stream))?.main;
}

function gapNote(main: Outcome | undefined): Markup | null {
  if (main === undefined || main.lossOfConnectivity === null) return null;
  return markup`<small>gap ${figure(main.lossOfConnectivity)}</small>`;
}

function shownSites(report: Report, disturbed: RouteOutcome[]): string[] {
  const shown = new Set(
    disturbed.flatMap(({ main }) => [main.before, main.after].flatMap(names => names?.split(" + ") ?? [])),
  );
  return report.sites.filter(site => shown.has(site));
}

function lossLegend(report: Report, lanes: Lane[], focus: Focus): Markup {
  const lost = lanes
    .flatMap(lane => runsOf(report, lane))
    .filter(run => run.site === null && run.to > focus.from && run.from < focus.to);
  return markup`${
    lost.some(isRouteLoss)
      ? markup`<li><b class="bad">×</b>lost</li><li><i class="swatch least"></i>gap, at least</li><li><i class="swatch most"></i>gap, at most</li>`
      : null
  }${lost.every(isRouteLoss) ? null : markup`<li><b>×</b>lost on a link or at a full site</li>`}`;
}

function packets(report: Report, lane: Lane, focus: Focus, scale: Scale): Markup[] {
  const { top, streams } = lane;
  const rate = streams.reduce((sum, stream) => sum + 1 / report.streams[stream]!.interval, 0);
  if ((focus.to - focus.from) * rate > MOST_PACKETS)
    return condensed(report, runsOf(report, lane), top, focus, scale);
  return streams.flatMap(stream => {
    const { interval } = report.streams[stream]!;
    return report.timeline[stream]!.spans.flatMap(run =>
      Array.from({ length: packetsIn(run, interval, focus) }, (_, i) =>
        packet(report, run, run.from + (firstIn(run, interval, focus) + i) * interval, top + LANE / 2, scale),
      ),
    );
  });
}

function sentIn(report: Report, stream: number, focus: Focus): number {
  const { interval } = report.streams[stream]!;
  return report.timeline[stream]!.spans.reduce((sum, run) => sum + packetsIn(run, interval, focus), 0);
}

function packetsIn(run: Run, interval: number, focus: Focus): number {
  const last = Math.min(Math.floor((focus.to - run.from) / interval), run.packets - 1);
  return Math.max(last - firstIn(run, interval, focus) + 1, 0);
}

function firstIn(run: Run, interval: number, focus: Focus): number {
  return Math.max(Math.ceil((focus.from - run.from) / interval), 0);
}

function packet(report: Report, run: Run, at: number, middle: number, scale: Scale): Markup {
  const x = scale.at(at);
  if (run.site !== null) {
    const title = `${instant(at)}: ${run.site}${run.roundTrip === null ? "" : `, ${time(run.roundTrip)}`}`;
    return markup`<circle class="site" cx="${x}" cy="${middle}" r="5" style="${siteStyle(
      report,
      run.site,
    )}"><title>${title}</title></circle>`;
  }
  const kind = isRouteLoss(run) ? "cross" : "cross thinned";
  return markup`<svg x="${x}" y="${middle}" width="1" height="1" overflow="visible" class="${kind}"><title>${instant(at)}: lost, ${
    run.loss?.detail ?? ""
  }</title><path d="M-5-5 5 5M-5 5 5-5"/></svg>`;
}

function condensed(report: Report, runs: Run[], top: number, { from, to }: Focus, scale: Scale): Markup[] {
  const columns = columnsOf(runs, from, to, COLUMNS);
  const bar = (strip: Strip<string>, kind: string, inset: number, title: string) =>
    markup`<rect class="${kind}" x="${scale.at(strip.from)}" width="${scale.span(strip.from, strip.to)}" y="${
      top + inset
    }" height="${LANE - 2 * inset}" style="${siteStyle(report, strip.look)}"><title>${title}</title></rect>`;
  return [
    ...stripsOf(columns, from, to, ({ site }) => site).map(strip => bar(strip, "site", 9, strip.look)),
    ...stripsOf(columns, from, to, ({ lost }) => (lost ? "lost" : null)).map(strip =>
      bar(strip, "lost", 5, "lost"),
    ),
  ];
}

/** Per loss period, the time between the lost packets and the time between the answered ones around them. */
function gaps(report: Report, event: Event, lane: Lane, main: Outcome | undefined, scale: Scale): Markup[] {
  if (main === undefined) return [];
  const { interval } = report.streams[main.stream]!;
  return report.timeline[main.stream]!.spans.filter(
    run => isRouteLoss(run) && run.to > event.time && scale.holds(run.from),
  ).map(run => {
    const lastLost = run.to - interval;
    const mostFrom = Math.max(run.from - interval, Math.min(event.time, run.from));
    return markup`<rect class="most" x="${scale.at(mostFrom)}" width="${scale.span(mostFrom, run.to)}" y="${lane.top}" height="${LANE}"/><rect class="least" x="${scale.at(
      run.from,
    )}" width="${scale.span(run.from, lastLost)}" y="${lane.top}" height="${LANE}"/>`;
  });
}

interface Sight {
  text: string;
  time: number;
}

/** When the event reached the routers of the disturbed routes, and when they acted on it. */
function sightsOf(report: Report, event: Event, disturbed: RouteOutcome[], scale: Scale): Sight[] {
  const routers = new Set(disturbed.map(({ route }) => route.router));
  const seen = event.seenBy.map(({ router, time }) => ({ router, time, what: "reached" }));
  const acted = report.repairs
    .filter(repair => repair.event === event.id && event.seenBy.every(({ time }) => time !== repair.time))
    .map(({ router, time }) => ({ router, time, what: "acts" }));
  return [...seen, ...acted]
    .filter(({ router, time }) => routers.has(router) && scale.holds(time))
    .sort((a, b) => a.time - b.time)
    .map(({ router, time, what }) => ({
      time,
      text: `${router} ${what} ${time === event.time ? "at once" : offset(time - event.time)}`,
    }));
}

function sightLine({ text, time }: Sight, top: number, layout: Layout, scale: Scale): Markup {
  const late = scale.share(time) > 0.5;
  return markup`${upright("sight", scale.at(time), top + 4, layout)}<text class="sight" x="${scale.at(time)}" dx="${
    late ? -6 : 6
  }" y="${top + 14}" text-anchor="${late ? "end" : "start"}">${text}</text>`;
}

function upright(kind: string, x: string, top: number, { height }: Layout): Markup {
  return markup`<line class="${kind}" x1="${x}" x2="${x}" y1="${top}" y2="${height}"/>`;
}

function describe({ route, main, lost }: RouteOutcome): string {
  const gap = main.lossOfConnectivity === null ? "" : `, gap ${figure(main.lossOfConnectivity)}`;
  return `${route.client} ${route.name}: ${moveName(main)}${gap}, ${lost} packets lost.`;
}
