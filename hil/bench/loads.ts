/** How many loads of a lookup wait for the one before, counted by the core itself. */
import type { Router } from "../../host/router/router.js";
import { half } from "../../host/tables/address.js";
import type { Routes } from "../../host/tables/routes.js";
import { addresses, type Pattern, patterns } from "./addresses.js";

export interface LoadHistogram {
  pattern: Pattern;
  /** Addresses by the number of dependent loads of their lookup, from 0 on. */
  counts: number[];
}

export function loadHistograms(router: Router, routes: Routes, count: number, seed: number): LoadHistogram[] {
  return patterns.map(pattern => ({
    pattern,
    counts: countLoads(router, routes, addresses(pattern, routes, count, seed)),
  }));
}

/** Addresses by the number of loads. */
export function countLoads({ exports }: Router, { family, width }: Routes, words: Uint32Array): number[] {
  const { loads4, loads6 } = exports;
  const counts: number[] = [];
  for (let at = 0; at < words.length; at += width) {
    const loads = family === 4 ? loads4(words[at]!) : loads6(half(words, at), half(words, at + 2));
    while (counts.length <= loads) counts.push(0);
    counts[loads]!++;
  }
  return counts;
}
