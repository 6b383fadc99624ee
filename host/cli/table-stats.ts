import type { PrefixTable } from "../tables/routes.js";
import { type TableStats, tableStats } from "../tables/stats.js";
import { columns } from "./columns.js";

const head = (label: string) => [label, "IPv4", "IPv6"];

/** The statistics of a table for a reader. */
export function statsText({ ipv4, ipv6 }: PrefixTable): string {
  const families = [tableStats(ipv4), tableStats(ipv6)] as const;
  const row = (name: string, value: (stats: TableStats) => number) => [
    name,
    ...families.map(stats => `${value(stats)}`),
  ];
  /** A row for each index that has prefixes in either family. */
  const histogram = (name: (index: number) => string, counts: (stats: TableStats) => readonly number[]) =>
    Array.from({ length: Math.max(...families.map(stats => counts(stats).length)) }, (_, index) => index)
      .filter(index => families.some(stats => counts(stats)[index]))
      .map(index => row(name(index), stats => counts(stats)[index] ?? 0));
  const [covered4, covered6] = families.map(stats => `${Number((stats.coverage * 100).toPrecision(4))} %`);
  const blocks = [
    columns([head(""), row("prefixes", stats => stats.prefixes), row("next hops", stats => stats.nextHops)]),
    `covered: ${covered4} of all IPv4 addresses, ${covered6} of IPv6`,
    columns([
      head("length"),
      ...histogram(
        index => `/${index}`,
        stats => stats.lengths,
      ),
    ]),
    columns([
      head("nested in"),
      ...histogram(
        index => `${index}`,
        stats => stats.nesting,
      ),
    ]),
  ];
  return `${blocks.join("\n\n")}\n`;
}
