/**
 * Updates of a full table: one prefix, any, goes, comes again and changes its set. The rate is that of going and coming
 * without a clock between them; the latencies are of single updates, less what reading the clock takes.
 */
import type { Router } from "../../host/router/router.js";
import { Random } from "../../host/tables/random.js";
import type { Routes } from "../../host/tables/routes.js";
import { type Percentiles, percentiles } from "./percentiles.js";
import { rate } from "./rate.js";
import { rowCalls } from "./row-calls.js";
import type { Summary } from "./summary.js";

export const updateKinds = ["remove", "insert", "replace"] as const;
export type UpdateKind = (typeof updateKinds)[number];

export interface UpdateLatency extends Percentiles {
  kind: UpdateKind;
}

export interface UpdateFigures {
  /** Removals and insertions a second. */
  rate: Summary;
  /** Microseconds. */
  latencies: UpdateLatency[];
  /** Microseconds that reading the clock takes, which the latencies are without. */
  clock: number;
}

/** `count` updates of each kind are timed one by one. The table is the same before and after. */
export function updateFigures(router: Router, routes: Routes, count: number, seed: number): UpdateFigures {
  const { nextHopOf } = routes;
  const { insert, remove } = rowCalls(router, routes);
  const random = new Random(seed);
  const rows = Uint32Array.from({ length: count }, () => random.below(routes.count));
  const updates = rate(2 * count, () => {
    for (const row of rows) {
      remove(row);
      insert(row, nextHopOf[row]!);
    }
  });

  const clock = clockCost();
  const times: Record<UpdateKind, Float64Array> = {
    remove: new Float64Array(count),
    insert: new Float64Array(count),
    replace: new Float64Array(count),
  };
  rows.forEach((row, i) => {
    const set = nextHopOf[row]!;
    const start = performance.now();
    remove(row);
    const removed = performance.now();
    insert(row, set === 0 ? 1 : 0);
    const inserted = performance.now();
    insert(row, set);
    const replaced = performance.now();
    times.remove[i] = removed - start;
    times.insert[i] = inserted - removed;
    times.replace[i] = replaced - inserted;
  });
  const latencies = updateKinds.map(kind => ({
    kind,
    ...percentiles(times[kind].map(time => Math.max(time * 1000 - clock, 0))),
  }));
  return { rate: updates, latencies, clock };
}

/** Median of microseconds from one reading of the clock to the next. */
function clockCost(): number {
  const gaps = new Float64Array(10_000);
  let last = performance.now();
  for (let i = 0; i < gaps.length; i++) {
    const now = performance.now();
    gaps[i] = (now - last) * 1000;
    last = now;
  }
  return percentiles(gaps).p50;
}
