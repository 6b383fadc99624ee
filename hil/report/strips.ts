/**
 * A stream's runs, cut to the columns of a picture. A run shorter than a column is not lost: a column in which any packet was lost for
 * want of a route says so, whatever else happened in it; otherwise it shows the site that answered for most of the time.
 */
import type { Report } from "../measure/result.js";

export type Run = Report["timeline"][number]["spans"][number];

export interface Column {
  site: string | null;
  /** Of the run that lasted longest. */
  roundTrip: number | null;
  /** Some packets were lost for want of a route; to the random loss of a link or an overloaded site. */
  lost: boolean;
  thinned: boolean;
}

export interface Strip extends Column {
  from: number;
  to: number;
}

export function isRouteLoss(run: Run): boolean {
  return run.site === null && run.loss?.at !== "link" && run.loss?.at !== "site";
}

/** `count` columns of equal width from `from` to `to`; null where the stream sent nothing. */
export function columnsOf(runs: Run[], from: number, to: number, count: number): (Column | null)[] {
  const width = (to - from) / count;
  const columns = new Array<Column | null>(count).fill(null);
  const longest = new Float64Array(count);
  for (const run of runs) {
    const first = Math.max(Math.floor((run.from - from) / width), 0);
    const last = Math.min(Math.ceil((run.to - from) / width) - 1, count - 1);
    for (let i = first; i <= last; i++) {
      const column = columns[i] ?? { site: null, roundTrip: null, lost: false, thinned: false };
      columns[i] = column;
      const shared = Math.min(run.to, from + (i + 1) * width) - Math.max(run.from, from + i * width);
      if (isRouteLoss(run)) column.lost = true;
      else if (run.site === null) column.thinned = true;
      else if (shared > longest[i]!) {
        longest[i] = shared;
        column.site = run.site;
        column.roundTrip = run.roundTrip;
      }
    }
  }
  return columns;
}

/** Neighbouring columns that look the same, joined. */
export function stripsOf(runs: Run[], from: number, to: number, count: number): Strip[] {
  const width = (to - from) / count;
  const strips: Strip[] = [];
  for (const [i, column] of columnsOf(runs, from, to, count).entries()) {
    if (column === null) continue;
    const last = strips.at(-1);
    const start = from + i * width;
    if (last !== undefined && Math.abs(last.to - start) < width / 2 && sameLook(last, column))
      last.to = start + width;
    else strips.push({ ...column, from: start, to: start + width });
  }
  return strips;
}

function sameLook(a: Column, b: Column): boolean {
  return a.site === b.site && a.lost === b.lost && a.thinned === b.thinned && a.roundTrip === b.roundTrip;
}
