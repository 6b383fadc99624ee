/**
 * Lookups a second in a forwarding table, three ways: several at a time and one after the other inside the core, each
 * with a single call for all addresses, and with a call from JavaScript for each, whose cost is part of the figure.
 */
import type { Batch } from "../../host/router/batch.js";
import type { Router } from "../../host/router/router.js";
import { half } from "../../host/tables/address.js";
import type { Routes } from "../../host/tables/routes.js";
import { addresses, type Pattern, patterns } from "./addresses.js";
import { rate } from "./rate.js";
import type { Summary } from "./summary.js";

export const ways = ["batched", "one at a time", "one JS->WASM call each"] as const;
export type Way = (typeof ways)[number];

export interface LookupRate {
  way: Way;
  pattern: Pattern;
  /** Lookups a second. */
  rate: Summary;
}

/** Of every pattern, as many addresses as the batch holds. `onStep` is called `LOOKUP_STEPS` times. */
export function lookupRates(batch: Batch, routes: Routes, seed: number, onStep: () => void): LookupRate[] {
  return patterns.flatMap(pattern => {
    const words = addresses(pattern, routes, batch.size, seed);
    batch.fill(words);
    const runs: Record<Way, () => void> = {
      batched: () => batch.run(),
      "one at a time": () => batch.runEach(),
      "one JS->WASM call each": callEach(batch.router, words, routes),
    };
    return ways.map(way => {
      const figure = { way, pattern, rate: rate(batch.size, runs[way]) };
      onStep();
      return figure;
    });
  });
}

export const LOOKUP_STEPS = patterns.length * ways.length;

function callEach({ exports }: Router, words: Uint32Array, { family }: Routes): () => void {
  const { lookup4, lookup6 } = exports;
  if (family === 4) {
    return () => {
      for (let i = 0; i < words.length; i++) lookup4(words[i]!);
    };
  }
  const halves = Array.from({ length: words.length / 2 }, (_, i) => half(words, i * 2));
  return () => {
    for (let i = 0; i < halves.length; i += 2) lookup6(halves[i]!, halves[i + 1]!);
  };
}

/** Calls a second from JavaScript into WASM that do nothing: the limit of all that is measured a call each. */
export function callRate({ exports: { requestBuffer } }: Router, count: number): Summary {
  return rate(count, () => {
    for (let i = 0; i < count; i++) requestBuffer();
  });
}
