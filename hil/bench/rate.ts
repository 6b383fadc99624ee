/** Operations a second: some runs to warm up, then repeats, each timed by itself. */
import type { Summary } from "../measure/result.js";
import { summarize } from "../measure/statistics.js";

const WARM_UP = 3;
const REPEATS = 15;

/** `run` does so many operations each time. */
export function rate(operations: number, run: () => void): Summary {
  for (let i = 0; i < WARM_UP; i++) run();
  const rates = Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    run();
    return (operations * 1000) / (performance.now() - start);
  });
  return summarize(rates.map(value => ({ value, low: value, high: value })));
}
