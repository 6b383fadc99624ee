/** Small charts under one another on one axis of time, with the events marked across them. */
import type { Report } from "../../measure/result.js";
import { instant } from "../units.js";
import { type Content, type Markup, markup } from "./markup.js";
import { type Scale, tickLabel } from "./scale.js";

const AXIS = 24;

export interface ChartRow {
  id: string;
  name: string;
  title: string;
  height: number;
  /** What the top of the chart stands for. */
  top: string;
  content: Content;
}

export function chartRow({ id, name, title, height, top, content }: ChartRow): Markup {
  return markup`<div class="chart"><div class="name"><span><b title="${name}">${name}</b></span><small>${top}</small></div><div class="track"><svg width="100%" height="${height}" role="img" aria-labelledby="${id}"><title id="${id}">${title}</title><rect class="ground" width="100%" height="100%"/>${content}</svg></div></div>`;
}

export function chart(
  report: Report,
  {
    id,
    title,
    scale,
    rows,
    note,
  }: { id: string; title: string; scale: Scale; rows: Markup[]; note?: Content },
): Markup {
  const ticks = scale.ticks(8).map(at => tickLabel(scale, at, instant(at), AXIS, AXIS));
  const events = report.events.map(
    ({ time, text }) =>
      markup`<line class="instant" x1="${scale.at(time)}" x2="${scale.at(time)}" y1="0" y2="100%"><title>${text}</title></line>`,
  );
  return markup`<section id="${id}"><h2>${title}</h2><div class="card charts">${note ?? null}
<div class="chart"><div class="name"></div><div class="track" aria-hidden="true"><svg width="100%" height="${AXIS}">${ticks}</svg></div></div>
<div class="rows">${rows}<div class="chart over" aria-hidden="true"><div class="name"></div><div class="track"><svg width="100%" height="100%">${events}</svg></div></div></div></div></section>`;
}
