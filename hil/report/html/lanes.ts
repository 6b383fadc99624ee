/** Lanes shared by all pictures: names on the left, one under the other by client, and a track over the whole width beside them. */
import type { Report } from "../../measure/result.js";
import { groupsOf, type Route } from "../routes.js";
import type { Run } from "../strips.js";
import { type Content, type Markup, markup } from "./markup.js";

/** The streams of a route that share a transport. */
export interface Lane {
  route: Route;
  name: string;
  streams: number[];
  /** Distance from the top of the track, pixels. */
  top: number;
  /** The first lane of its client. */
  heads: boolean;
}

export interface Layout {
  lanes: Lane[];
  /** Of every lane. */
  lane: number;
  height: number;
}

const CLIENT_GAP = 14;
const LANE_GAP = 5;

/** Lanes of `lane` pixels below `top`, with a wider gap between clients; those whose streams are not `shown` are left out. */
export function layOut(
  report: Report,
  routes: Route[],
  top: number,
  lane: number,
  shown: (streams: number[]) => boolean = () => true,
): Layout {
  const lanes: Lane[] = [];
  let bottom = top;
  for (const route of routes)
    for (const group of groupsOf(report, route).filter(({ streams }) => shown(streams))) {
      const heads = lanes.at(-1)?.route.client !== route.client;
      if (lanes.length > 0) bottom += heads ? CLIENT_GAP : LANE_GAP;
      lanes.push({ route, ...group, top: bottom, heads });
      bottom += lane;
    }
  return { lanes, lane, height: bottom };
}

export function runsOf(report: Report, { streams }: Lane): Run[] {
  return streams.flatMap(stream => report.timeline[stream]!.spans);
}

export interface About {
  id: string;
  title: string;
  description: string;
  /** Where the track begins and ends, and the instant from which it counts: for the pointer. */
  scale: [from: number, to: number, origin: number];
}

/** A picture: lane names, and the track that `content` draws in SVG. */
export function picture(
  { lanes, lane, height }: Layout,
  { id, title, description, scale }: About,
  content: Content,
  note: (lane: Lane) => Content = () => null,
): Markup {
  const names = lanes.map(
    one =>
      markup`<div class="name" style="top:${one.top}px;height:${lane}px"><span>${
        one.heads ? markup`<b title="${one.route.client}">${one.route.client}</b>` : null
      }<span class="stream" title="${one.route.prefix}">${one.name}</span></span>${note(one)}</div>`,
  );
  return markup`<div class="picture" style="height:${height}px">
<div class="names">${names}</div>
<div class="track" data-scale="${scale.join(" ")}"><svg width="100%" height="${height}" role="img" aria-labelledby="${id}-title ${
    id
  }-text"><title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>${content}</svg></div>
</div>`;
}

export function siteStyle(report: Report, site: string): string {
  return `--site:var(--site-${report.sites.indexOf(site) % 8})`;
}

export function legend(report: Report, sites: string[], extra: Content): Markup {
  const shown = sites.map(
    site => markup`<li><i class="swatch" style="${siteStyle(report, site)}"></i>${site}</li>`,
  );
  return markup`<ul class="legend" aria-label="Legend">${shown}${extra}</ul>`;
}
