/** What a benchmark's values come to over its repeats. */
import { spreadOf } from "../measure/spread.js";

export interface Summary {
  repeats: number;
  min: number;
  median: number;
  p99: number;
  max: number;
  /** Relative standard deviation: 0.1 for 10 %. */
  rsd: number;
  low: number;
  high: number;
}

/** Over exact values, at least one. */
export function summaryOf(values: number[]): Summary {
  const { count, min, median, p99, max, rsd } = spreadOf(
    values.map(value => ({ value, low: value, high: value })),
  );
  return {
    repeats: count,
    min: min.value,
    median: median.value,
    p99: p99.value,
    max: max.value,
    rsd,
    low: min.value,
    high: max.value,
  };
}
