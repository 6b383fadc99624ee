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

/** A stretch of the picture that looks the same all along. */
export interface Strip<Look> {
  from: number;
  to: number;
  look: Look;
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

/** Neighbouring columns for which `look` says the same, joined; those for which it says null are left out. */
export function stripsOf<Look>(
  columns: (Column | null)[],
  from: number,
  to: number,
  look: (column: Column) => Look | null,
): Strip<Look>[] {
  const width = (to - from) / columns.length;
  const strips: Strip<Look>[] = [];
  let joined: Look | null = null;
  for (const [i, column] of columns.entries()) {
    const here = column && look(column);
    const end = from + (i + 1) * width;
    if (here !== null && here === joined) strips.at(-1)!.to = end;
    else if (here !== null) strips.push({ from: end - width, to: end, look: here });
    joined = here;
  }
  return strips;
}
