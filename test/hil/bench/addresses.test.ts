import { expect, test } from "vitest";
import { addresses, patterns } from "../../../hil/bench/addresses.js";
import { Table } from "../../../host/router/table.js";
import { synthesize } from "../../../host/tables/synth.js";

const table = synthesize({ prefixes4: 1000, prefixes6: 500, seed: 1 });
const families = [table.ipv4, table.ipv6];

test.each(["in-prefix", "zipf"] as const)("every %s address lies in a prefix of the table", async pattern => {
  const loaded = await Table.of(table);
  for (const routes of families) {
    const sets = loaded.lookupAll(routes.family, addresses(pattern, routes, 4000, 7));
    for (const set of sets) expect(set).toBeLessThan(routes.nextHops.length);
  }
});

test.each(patterns)("the same seed gives the same %s addresses, another seed others", pattern => {
  for (const routes of families) {
    const words = addresses(pattern, routes, 500, 1);
    expect(words).toHaveLength(500 * routes.width);
    expect(addresses(pattern, routes, 500, 1)).toEqual(words);
    expect(addresses(pattern, routes, 500, 2)).not.toEqual(words);
  }
});

test("random IPv6 addresses are global unicast", () => {
  const words = addresses("random", table.ipv6, 1000, 1);
  for (let at = 0; at < words.length; at += 4) expect(words[at]! >>> 29).toBe(1);
});

test("sequential IPv6 addresses go from one /64 to the next, with carry", () => {
  const words = addresses("sequential", table.ipv6, 1000, 1);
  const subnets = Array.from(
    { length: 1000 },
    (_, i) => (BigInt(words[i * 4]!) << 32n) | BigInt(words[i * 4 + 1]!),
  );
  subnets.forEach((subnet, i) => {
    expect(subnet).toBe(subnets[0]! + BigInt(i));
  });
});

test("zipf prefers few prefixes, as traffic does", () => {
  const often = (pattern: "zipf" | "in-prefix") => {
    const words = addresses(pattern, table.ipv4, 10_000, 1);
    const counts = new Map<number, number>();
    for (const word of words) counts.set(word >>> 8, (counts.get(word >>> 8) ?? 0) + 1);
    return Math.max(...counts.values());
  };
  expect(often("zipf")).toBeGreaterThan(5 * often("in-prefix"));
});
