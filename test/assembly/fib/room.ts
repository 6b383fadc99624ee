/**
 * How much of a table's room prefixes take. A table carved for n prefixes has n words. On a host each prefix takes one; the
 * packed tables of the `mcu` profile take more for the longest prefixes, and nothing for the shortest of IPv4. It depends
 * on what is there, never on how it came.
 */
import type { Profile } from "../../../host/router/router.js";
import type { Family } from "../../../host/tables/address.js";

/**
 * Longest prefix that is one word of the packed table; a longer one takes `words`, and one more marks each prefix of that
 * length which holds such. Prefixes shorter than `shortest` take none.
 */
const packed = {
  4: { bits: 32, shortest: 5, longest: 24, words: 2 },
  6: { bits: 128, shortest: 0, longest: 48, words: 3 },
};

/** Words that these prefixes, no two the same, take together. */
export function wordsFor(
  profile: Profile,
  family: Family,
  prefixes: Iterable<{ address: bigint; length: number }>,
): number {
  const { bits, shortest, longest, words } = packed[family];
  let sum = 0;
  const marked = new Set<bigint>();
  for (const { address, length } of prefixes) {
    if (profile === "host") sum++;
    else if (length > longest) {
      sum += words;
      marked.add(address >> BigInt(bits - longest));
    } else if (length >= shortest) sum++;
  }
  return sum + marked.size;
}
