import { NextHops } from "../../host/tables/next-hops.js";
import { Routes } from "../../host/tables/routes.js";

/** The same prefixes with other next hops: `nextHops` of them, given out as to prefixes that come without one. */
export function regroup(routes: Routes, nextHops: number, seed: number): Routes {
  const result = new Routes(routes.family, routes.count);
  const numbers = new NextHops(result, { nextHops, seed });
  const words = new Uint32Array(4);
  for (let row = 0; row < routes.count; row++) {
    routes.read(row, words);
    const length = routes.lengths[row]!;
    result.add(words, length, numbers.forPrefix(words, length));
  }
  return result;
}
