/** What a prefix table is like: how many prefixes of each length, and how they lie inside each other. */
import { maskWord } from "./address-reader.js";
import type { Routes } from "./routes.js";

export interface TableStats {
  readonly prefixes: number;
  readonly nextHops: number;
  /** Prefixes by length. */
  readonly lengths: readonly number[];
  /** Prefixes by the number of shorter ones around them. */
  readonly nesting: readonly number[];
  /** Share of all addresses of the family that some prefix covers. */
  readonly coverage: number;
}

export function tableStats(routes: Routes): TableStats {
  const lengths = new Array<number>(routes.family === 4 ? 33 : 129).fill(0);
  const nesting: number[] = [];
  let coverage = 0;
  /** Rows of the prefixes around the one under way, the shortest first. */
  const around: number[] = [];
  for (const row of routes.ascending()) {
    const length = routes.lengths[row]!;
    while (around.length > 0 && !covers(routes, around.at(-1)!, row)) around.pop();
    lengths[length]!++;
    nesting[around.length] = (nesting[around.length] ?? 0) + 1;
    if (around.length === 0) coverage += 2 ** -length;
    around.push(row);
  }
  return { prefixes: routes.count, nextHops: routes.nextHops.length, lengths, nesting, coverage };
}

/** Whether the prefix of `inner`, which is not shorter, lies in that of `outer`. */
function covers({ words, lengths, width }: Routes, outer: number, inner: number): boolean {
  const length = lengths[outer]!;
  for (let i = 0; i * 32 < length; i++) {
    if (maskWord(words[inner * width + i]!, i, length) !== words[outer * width + i]) return false;
  }
  return true;
}
