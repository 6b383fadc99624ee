/**
 * Addresses to look up, as words: one each for IPv4, four from the most significant on for IPv6.
 *
 * - random: anywhere in the family's unicast space: all of IPv4; of IPv6 the global unicast block 2000::/3
 * - in-prefix: a prefix of the table, all alike, then an address inside it
 * - sequential: one after the other; in IPv6, one /64 after the other, since a host's bits make no difference to a table
 * - zipf: a prefix of the table, the one of rank r drawn in proportion to 1/r, then an address inside it
 */
import { maskWord } from "../../host/tables/address-reader.js";
import { Random } from "../../host/tables/random.js";
import type { Routes } from "../../host/tables/routes.js";

export const patterns = ["random", "in-prefix", "sequential", "zipf"] as const;
export type Pattern = (typeof patterns)[number];

export function addresses(pattern: Pattern, routes: Routes, count: number, seed: number): Uint32Array {
  const random = new Random(seed);
  const { width } = routes;
  const words = new Uint32Array(count * width);
  if (pattern === "random") {
    for (let at = 0; at < words.length; at++) words[at] = random.next();
    if (width === 4)
      for (let at = 0; at < words.length; at += 4) words[at] = 0x2000_0000 | (words[at]! >>> 3);
  } else if (pattern === "sequential") {
    sequence(words, routes, random.below(routes.count));
  } else {
    const rows =
      pattern === "zipf" ? zipfRows(routes.count, count, random) : evenRows(routes.count, count, random);
    rows.forEach((row, i) => {
      for (let word = 0; word < width; word++) {
        const host = random.next() & ~maskWord(0xffff_ffff, word, routes.lengths[row]!);
        words[i * width + word] = routes.words[row * width + word]! | host;
      }
    });
  }
  return words;
}

/** From the first address of a prefix on. */
function sequence(words: Uint32Array, { words: table, width }: Routes, row: number): void {
  const last = width === 1 ? 0 : 1;
  let value = table.slice(row * width, row * width + last + 1);
  for (let at = 0; at < words.length; at += width) {
    words.set(value, at);
    value = value.slice();
    value[last]!++;
    if (last === 1 && value[1] === 0) value[0]!++;
  }
}

function evenRows(rows: number, count: number, random: Random): Uint32Array {
  return Uint32Array.from({ length: count }, () => random.below(rows));
}

/** By the inverse of the distribution function, ln(r) / ln(rows). Ranks are spread over the table. */
function zipfRows(rows: number, count: number, random: Random): Uint32Array {
  const byRank = Uint32Array.from({ length: rows }, (_, row) => row);
  for (let i = rows - 1; i > 0; i--) {
    const other = random.below(i + 1);
    const row = byRank[i]!;
    byRank[i] = byRank[other]!;
    byRank[other] = row;
  }
  return Uint32Array.from({ length: count }, () => byRank[Math.floor(rows ** random.share()) - 1]!);
}
