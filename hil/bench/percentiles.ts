/** By nearest rank: p99 of n values is number ceil(0.99 * n) of the sorted ones. */
export interface Percentiles {
  count: number;
  p50: number;
  p90: number;
  p99: number;
  p999: number;
  max: number;
}

export function percentiles(values: Float64Array): Percentiles {
  const sorted = values.slice().sort();
  const count = sorted.length;
  const at = (thousandths: number) => sorted[Math.ceil((thousandths * count) / 1000) - 1]!;
  return { count, p50: at(500), p90: at(900), p99: at(990), p999: at(999), max: at(1000) };
}
