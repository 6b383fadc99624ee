/**
 * How figures spread over the times that an event came (RFC 6413 section 5.8: timers and schedulers make every trial differ).
 *
 * - median: the middle one, or the mean of the two middle ones
 * - p99: the nearest rank, number ceil(0.99 * n) of the sorted n; of fewer than a hundred it is the greatest
 * - RSD: the sample standard deviation (n - 1) over the mean; 0 for a single value or a mean of 0
 *
 * Each is taken of the values, of the lower ends and of the upper ends alike. As every true value lies between its ends, so does the
 * median of the true values lie between the median of the lower ends and that of the upper ends.
 */
import { figureOf } from "./figure.js";
import type { Figure, Spread } from "./result.js";

/** Of at least one figure. */
export function spreadOf(figures: Figure[]): Spread {
  const values = sorted(figures.map(({ value }) => value));
  const lows = sorted(figures.map(({ low }) => low));
  const highs = sorted(figures.map(({ high }) => high));
  const each = (of: (sorted: number[]) => number) => figureOf(of(values), of(lows), of(highs));
  const count = figures.length;
  const rank = medianRank(count);
  return {
    count,
    min: each(of => of[0]!),
    median: each(middle),
    p99: each(of => of[Math.ceil(0.99 * count) - 1]!),
    max: each(of => of[count - 1]!),
    rsd: deviation(values),
    confidence: { low: lows[rank]!, high: highs[count - 1 - rank]! },
  };
}

/**
 * The true median lies below the value of rank r, counted from 0, with the probability that at most r of n throws of a coin are
 * heads. The greatest r for which that is at most 0.5 % gives, with its mirror image, an interval of 99 % (David and Nagaraja, Order
 * Statistics, section 7.1). Of fewer than eight values not even their whole range is one: then it is taken all the same.
 */
function medianRank(count: number): number {
  let logarithm = count * Math.log(0.5);
  let chance = Math.exp(logarithm);
  for (let rank = 0; ; rank++) {
    logarithm += Math.log((count - rank) / (rank + 1));
    chance += Math.exp(logarithm);
    if (chance > 0.005) return rank;
  }
}

function sorted(values: number[]): number[] {
  return values.sort((a, b) => a - b);
}

function middle(values: number[]): number {
  const { length } = values;
  return (values[(length - 1) >> 1]! + values[length >> 1]!) / 2;
}

function deviation(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(values.length - 1, 1);
  return mean === 0 ? 0 : Math.sqrt(variance) / mean;
}
