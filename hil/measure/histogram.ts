/** A histogram for a picture: of the widths `resolution`, twice, four times it and so on the narrowest whose bars fit. */
import type { Histogram } from "./result.js";

const BARS = 40;

/** A hair more than a value, so that one that should be a multiple of the width does not fall below it. */
const HAIR = 1e-6;

/** Of at least one value. */
export function histogramOf(values: number[], resolution: number): Histogram {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  let width = resolution;
  const bar = (value: number) => Math.floor(value / width + HAIR);
  while (bar(most) - bar(least) >= BARS) width *= 2;
  const first = bar(least);
  const counts = new Array<number>(bar(most) - first + 1).fill(0);
  for (const value of values) counts[bar(value) - first]!++;
  return { width, first, counts };
}
