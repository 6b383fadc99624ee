/** Lanes shared by all pictures: names on the left, one under the other by client, and a track over the whole width beside them. */
import type { Report } from "../../measure/result.js";
import { streamName } from "../naming.js";
import { type Content, type Markup, markup } from "./markup.js";

export interface Lane {
  stream: number;
  /** Distance from the top of the track, pixels. */
  top: number;
  /** The first lane of its client. */
  heads: boolean;
}

export interface Layout {
  lanes: Lane[];
  height: number;
}

/** Lanes of `height` pixels below `top`, with a wider gap between clients. */
export function layOut(report: Report, streams: number[], top: number, height: number): Layout {
  const CLIENT_GAP = 14;
  const LANE_GAP = 5;
  let y = top;
  const lanes = streams.map((stream, i) => {
    const client = report.streams[stream]!.client;
    const heads = i === 0 || report.streams[streams[i - 1]!]!.client !== client;
    if (i > 0) y += heads ? CLIENT_GAP : LANE_GAP;
    const lane = { stream, top: y, heads };
    y += height;
    return lane;
  });
  return { lanes, height: y };
}

/** A picture: lane names, and the track that `content` draws in SVG. */
export function picture(
  report: Report,
  { lanes, height }: Layout,
  laneHeight: number,
  about: { id: string; title: string; description: string; scale: string },
  content: Content,
  note: (stream: number) => Content = () => null,
): Markup {
  const names = lanes.map(({ stream, top, heads }) => {
    const client = report.streams[stream]!.client;
    return markup`<div class="name" style="top:${top}px;height:${laneHeight}px"><span>${
      heads ? markup`<b title="${client}">${client}</b>` : null
    }<span class="stream">${streamName(report, stream)}</span></span>${note(stream)}</div>`;
  });
  return markup`<div class="picture" style="height:${height}px">
<div class="names">${names}</div>
<div class="track" data-scale="${about.scale}"><svg width="100%" height="${height}" role="img" aria-labelledby="${about.id}-title ${
    about.id
  }-text"><title id="${about.id}-title">${about.title}</title><desc id="${about.id}-text">${about.description}</desc>${content}</svg></div>
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
