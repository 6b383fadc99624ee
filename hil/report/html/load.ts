/** Load per site: what it served in its colour, what it was offered beyond that hatched, and its capacity as a line. */
import type { Report } from "../../measure/result.js";
import { instant, rate } from "../units.js";
import { chart, chartRow } from "./chart.js";
import { siteStyle } from "./lanes.js";
import { type Markup, markup } from "./markup.js";
import { roundUp, Scale } from "./scale.js";

const HEIGHT = 64;

type Load = Report["loads"][number];

export function loads(report: Report): Markup {
  const heaviest = Math.max(0, ...report.loads.map(({ offered }) => offered));
  if (heaviest === 0) return markup``;
  const top = roundUp(heaviest);
  const scale = new Scale(0, report.duration);
  const sites = report.sites.filter(site => report.loads.some(load => load.site === site));
  const rows = sites.map((site, i) => {
    const own = report.loads.filter(load => load.site === site);
    return chartRow({
      id: `load-${i + 1}`,
      name: site,
      title: `Load of ${site}. ${own.map(describe).join(" ")}`,
      height: HEIGHT,
      top: `${rate(top)}/s`,
      content: own.map(load => bars(report, load, top, scale)),
    });
  });
  return chart(report, {
    id: "load",
    title: "Load per site",
    scale,
    rows,
    note: markup`<ul class="legend"><li><i class="swatch plain"></i>served</li><li><i class="swatch lost"></i>offered beyond that</li><li><i class="swatch capacity"></i>capacity</li></ul>`,
  });
}

function bars(report: Report, load: Load, top: number, scale: Scale): Markup {
  const { site, from, to, offered, served, capacity } = load;
  const height = (load: number) => Math.min(load / top, 1) * HEIGHT;
  const at = (load: number) => (HEIGHT - height(load)).toFixed(1);
  const x = scale.at(from);
  const width = scale.span(from, to);
  const limit = capacity !== null && capacity <= top;
  return markup`<g><title>${describe(load)}</title><rect class="site" style="${siteStyle(report, site)}" x="${x}" width="${width}" y="${at(
    served,
  )}" height="${height(served).toFixed(1)}"/>${
    offered > served
      ? markup`<rect class="beyond" x="${x}" width="${width}" y="${at(offered)}" height="${(height(offered) - height(served)).toFixed(1)}"/>`
      : null
  }${
    limit
      ? markup`<line class="capacity" x1="${x}" x2="${scale.at(to)}" y1="${at(capacity)}" y2="${at(capacity)}"/>`
      : null
  }</g>`;
}

function describe({ from, to, offered, served, capacity }: Load): string {
  const limit = capacity === null ? "" : `, capacity ${rate(capacity)}`;
  return `${instant(from)} to ${instant(to)}: offered ${rate(offered)} a second, served ${rate(served)}${limit}.`;
}
