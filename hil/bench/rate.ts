/** Figures of one thing, done over and over: some runs to warm up, then repeats, each timed by itself. */
import { type Summary, summaryOf } from "./summary.js";

/** How often something is done before it counts, and how often it counts. */
export interface Repetition {
  readonly warmUp: number;
  readonly repeats: number;
}

/** For what takes milliseconds. */
export const often: Repetition = { warmUp: 3, repeats: 15 };

/** For what takes a second. */
export const seldom: Repetition = { warmUp: 1, repeats: 5 };

/** Operations a second, where `run` does so many each time. */
export function rate(operations: number, run: () => void, { warmUp, repeats } = often): Summary {
  for (let i = 0; i < warmUp; i++) run();
  const rates = Array.from({ length: repeats }, () => {
    const start = performance.now();
    run();
    return (operations * 1000) / (performance.now() - start);
  });
  return summaryOf(rates);
}
