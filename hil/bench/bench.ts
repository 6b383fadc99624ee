/** Every figure of `nearhop bench`, one after the other: two measurements at once would disturb each other. */
import { cpus } from "node:os";
import type { PrefixTable } from "../../host/tables/routes.js";
import { type AgainstFigures, againstFigures } from "./against/against.js";
import type { Contender } from "./against/contender.js";
import { type Judgement, judge } from "./budgets.js";
import { type FailoverFigures, failoverBench } from "./failover.js";
import { type ForwardingFigures, forwardingFigures } from "./forwarding.js";
import { type LoadingFigures, loadingFigures } from "./loading.js";
import { type McuFigures, mcuFigures } from "./mcu.js";
import { often, type Repetition, seldom } from "./rate.js";
import { type ScenarioFigures, scenarioBench } from "./scenario.js";

export const BENCH_SCHEMA = "nearhop-bench/2";

export interface BenchFigures {
  schema: typeof BENCH_SCHEMA;
  machine: { cpu: string; node: string };
  seed: number;
  /** Runs to warm up, and repeats that count: of what takes milliseconds, and of what takes a second. */
  method: { often: Repetition; seldom: Repetition };
  forwarding: ForwardingFigures;
  mcu: McuFigures[];
  loading: LoadingFigures[];
  /** By the number of prefixes in the table. */
  failover: FailoverFigures[];
  scenario: ScenarioFigures;
  /** Null unless asked for. */
  against: AgainstFigures | null;
  budgets: Judgement[];
}

/** Sizes at which failover is measured; the whole table comes on top. */
const SIZES = [1, 10_000, 900_000];

/** Most addresses for packages of which some take microseconds for each. */
const AGAINST = 1 << 16;

export interface BenchOptions {
  /** Addresses of each pattern. */
  readonly addresses?: number;
  /** Random updates of each family before its size is compared with a fresh table's. */
  readonly churn?: number;
  readonly seed?: number;
  /** What is measured beside the forwarding tables, on the same addresses. */
  readonly against?: readonly Contender[];
  /** What is being measured, and the share of it that is done. */
  readonly onProgress?: (part: string, share: number) => void;
}

export const DEFAULT_CHURN = 10_000_000;

/** Of a table with at least one prefix. */
export async function bench(table: PrefixTable, options: BenchOptions = {}): Promise<BenchFigures> {
  const { addresses = 1 << 20, churn = DEFAULT_CHURN, seed = 1, onProgress = () => {} } = options;
  const part = (name: string) => (share: number) => onProgress(name, share);
  const forwarding = await forwardingFigures(table, { addresses, churn, seed }, onProgress);
  const mcu: McuFigures[] = [];
  for (const routes of [table.ipv4, table.ipv6]) {
    mcu.push(...(await mcuFigures(routes, addresses, seed, part(`IPv${routes.family} of the mcu profile`))));
  }
  const loading = await loadingFigures(table, seldom, part("loading"));
  const total = table.ipv4.count + table.ipv6.count;
  const failover: FailoverFigures[] = [];
  for (const size of [...SIZES.filter(size => size < total), total]) {
    failover.push(await failoverBench(table, size, part(`failover, ${size} prefixes`)));
  }
  const scenario = await scenarioBench("three-sites", part("three-sites"));
  const others = { addresses: Math.min(addresses, AGAINST), seed };
  const against =
    options.against && (await againstFigures(table, options.against, others, part("against others")));
  const figures: Omit<BenchFigures, "budgets"> = {
    schema: BENCH_SCHEMA,
    machine: { cpu: cpus()[0]?.model ?? "unknown", node: process.version },
    seed,
    method: { often, seldom },
    forwarding,
    mcu,
    loading,
    failover,
    scenario,
    against: against ?? null,
  };
  return { ...figures, budgets: judge(figures) };
}
