/** Every figure of `nearhop bench`, one after the other: two measurements at once would disturb each other. */
import type { PrefixTable } from "../../host/tables/routes.js";
import { type FailoverFigures, failoverBench } from "./failover.js";
import { type LookupFigures, lookupBench } from "./lookup.js";
import { type ScenarioFigures, scenarioBench } from "./scenario.js";
import { type TextFigures, textBench } from "./text.js";

export const BENCH_SCHEMA = "nearhop-bench/1";

export interface BenchFigures {
  schema: typeof BENCH_SCHEMA;
  text: TextFigures;
  lookup: LookupFigures;
  /** By the number of prefixes in the table. */
  failover: FailoverFigures[];
  scenario: ScenarioFigures;
}

/** Sizes at which failover is measured; the whole table comes on top. */
const SIZES = [1, 10_000, 900_000];

export interface BenchOptions {
  /** What is being measured, and the share of it that is done. */
  readonly onProgress?: (part: string, share: number) => void;
}

export async function bench(
  table: PrefixTable,
  { onProgress = () => {} }: BenchOptions = {},
): Promise<BenchFigures> {
  const total = table.ipv4.count + table.ipv6.count;
  const text = await textBench(table);
  const lookup = await lookupBench(table, { onProgress: share => onProgress("lookups and updates", share) });
  const failover: FailoverFigures[] = [];
  for (const size of [...SIZES.filter(size => size < total), total]) {
    failover.push(await failoverBench(table, size, share => onProgress(`failover, ${size} prefixes`, share)));
  }
  const scenario = await scenarioBench("three-sites", share => onProgress("three-sites", share));
  return { schema: BENCH_SCHEMA, text, lookup, failover, scenario };
}
