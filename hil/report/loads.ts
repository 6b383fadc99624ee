/** What each site was offered and served, as a table: a row from each change of load or network to the next that shows. */
import type { Report } from "../measure/result.js";
import { rate } from "./units.js";

export type Load = Report["loads"][number];

export interface LoadRow {
  from: number;
  /** The event that it begins with, by its place in the report; null for the start of the run and the end of an overload. */
  event: number | null;
  /** In the order of `loadedSites`. */
  loads: Load[];
}

/** Where there is any load at all. */
export function loadedSites({ sites, loads }: Report): string[] {
  return sites.filter(site => loads.some(load => load.site === site));
}

export function loadRows(report: Report): LoadRow[] {
  const sites = loadedSites(report);
  const times = [...new Set(report.loads.map(({ from }) => from))].sort((a, b) => a - b);
  const rows = times.map(from => {
    const event = report.events.findIndex(({ time }) => time === from);
    const loads = sites.map(site => report.loads.find(load => load.site === site && load.from === from)!);
    return { from, event: event < 0 ? null : event, loads };
  });
  const looks = rows.map(({ loads }) =>
    loads.map(load => `${rate(load.offered)} ${rate(load.served)}`).join(),
  );
  return rows.filter((_, i) => looks[i] !== looks[i - 1]);
}

/** The capacity of each of `loadedSites`; null for none. */
export function capacitiesOf(report: Report): (number | null)[] {
  return loadedSites(report).map(site => report.loads.find(load => load.site === site)!.capacity);
}

/** Whether it lost more than a thousandth of its capacity: stragglers and single moments do not count. */
export function isOverloaded({ offered, served, capacity }: Load): boolean {
  return capacity !== null && offered - served > capacity / 1000;
}
