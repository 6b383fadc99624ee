/** Parts of a table: any prefixes of it, or neighbors in the order of their addresses, as a regional router has them. */
import { Random } from "../../host/tables/random.js";
import { Routes } from "../../host/tables/routes.js";

export const sampleKinds = ["random", "regional"] as const;
export type SampleKind = (typeof sampleKinds)[number];

/** `size` prefixes, at most all, by address and then by length. */
export function sample(routes: Routes, kind: SampleKind, size: number, seed: number): Routes {
  const random = new Random(seed);
  const order = routes.ascending();
  const rows = kind === "random" ? anyOf(order, size, random) : runOf(order, size, random);
  const result = new Routes(routes.family, size);
  const words = new Uint32Array(4);
  for (const row of rows) {
    routes.read(row, words);
    result.add(words, routes.lengths[row]!, 0);
  }
  return result;
}

/** Each with the same chance, in the order they had (Knuth's selection sampling). */
function anyOf(order: Uint32Array, size: number, random: Random): Uint32Array {
  let missing = size;
  return order.filter((_, at) => {
    const taken = random.below(order.length - at) < missing;
    if (taken) missing--;
    return taken;
  });
}

function runOf(order: Uint32Array, size: number, random: Random): Uint32Array {
  const first = random.below(order.length - size + 1);
  return order.subarray(first, first + size);
}
