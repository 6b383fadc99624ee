/**
 * Load per site: what it served in its colour, what it was offered beyond that hatched, and its capacity as a line; and the same in
 * figures, from one change to the next, so that one sees who inherits what.
 */
import type { Report } from "../../measure/result.js";
import { capacitiesOf, isOverloaded, type Load, loadedSites, loadRows } from "../loads.js";
import { instant, percent, rate } from "../units.js";
import { chart, chartRow } from "./chart.js";
import { siteStyle } from "./lanes.js";
import { type Content, type Markup, markup } from "./markup.js";
import { roundUp, Scale } from "./scale.js";
import { table } from "./table.js";

const HEIGHT = 64;

export function loads(report: Report): Markup {
  const heaviest = Math.max(0, ...report.loads.map(({ offered }) => offered));
  if (heaviest === 0) return markup``;
  const top = roundUp(heaviest);
  const scale = new Scale(0, report.duration);
  const rows = loadedSites(report).map((site, i) => {
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
  const picture = chart(report, {
    id: "load",
    title: "Load per site",
    scale,
    rows,
    note: markup`<ul class="legend"><li><i class="swatch plain"></i>served</li><li><i class="swatch lost"></i>offered beyond that</li><li><i class="swatch capacity"></i>capacity</li></ul>`,
  });
  return markup`${picture}<div class="card loads">${figures(report)}<p class="quiet">Queries a second that each site was offered, and its share of all.</p></div>`;
}

function figures(report: Report): Markup {
  const capacities = capacitiesOf(report);
  const heads = loadedSites(report).map((site, i) => ({
    head: site,
    number: true,
    note: capacities[i] === null ? "" : `serves ${rate(capacities[i]!)} a second`,
  }));
  return table(
    [{ head: "" }, { head: "from", number: true }, { head: "event" }, ...heads],
    loadRows(report).map(({ from, event, loads }) => [
      event === null ? null : markup`<i class="badge">${event + 1}</i>`,
      instant(from),
      event === null
        ? markup`<span class="muted">${from === 0 ? "the start" : "the end of an overload"}</span>`
        : markup`<a href="#event-${event + 1}">${report.events[event]!.text}</a>`,
      ...loads.map(load => loadCell(load, loads)),
    ]),
  );
}

function loadCell(load: Load, all: readonly Load[]): Content {
  const { offered, served } = load;
  const total = all.reduce((sum, one) => sum + one.offered, 0);
  const share = total === 0 ? "" : percent(offered / total);
  return isOverloaded(load)
    ? markup`<b class="bad">${rate(offered)}</b> <small>${share}, served ${rate(served)}</small>`
    : markup`${rate(offered)} <small>${share}</small>`;
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
