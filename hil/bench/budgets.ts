/** What the figures are to be, for a full internet table; said beside them, and no more than said. */
import type { BenchFigures } from "./bench.js";
import type { LookupRate } from "./lookup.js";

export type Bound = ">=" | "<=" | "<";

export interface Judgement {
  /** Names the figure. */
  figure: string;
  bound: Bound;
  limit: number;
  unit: string;
  /** What was measured, in the same unit. */
  value: number;
  met: boolean;
}

type Measured = Omit<BenchFigures, "budgets">;
export type Row = [figure: string, bound: Bound, limit: number, unit: string, value: number];

/** Millions of lookups or updates a second, medians. */
const LOOKUPS: Record<string, number> = {
  "IPv4 batched in-prefix": 250,
  "IPv4 batched random": 230,
  "IPv4 batched zipf": 280,
  "IPv4 one at a time in-prefix": 190,
  "IPv6 batched in-prefix": 100,
};
const UPDATES = 1;

/** Bytes a prefix, by the number of groups of next hops. */
const SIZES: Record<string, number> = {
  "IPv4 bytes/prefix, 64 groups": 2.5,
  "IPv4 bytes/prefix, 1000 groups": 3.7,
  "IPv6 bytes/prefix, 64 groups": 16,
  "IPv6 bytes/prefix, 1000 groups": 16,
};
const MCU_BYTES = { 4: 4.2, 6: 9 } as const;

/** Microseconds that 99 % of updates take less than. */
const UPDATE_LATENCY = 10;

/** Percent that a table may be larger after long use. */
const GROWTH = 10;

/** Milliseconds. */
const LOADING = { text: 1000, mrt: 3000 } as const;
const SCENARIO = 1000;

export function judge(figures: Measured): Judgement[] {
  return judgeRows([...forwardingRows(figures), ...otherRows(figures)]);
}

export function judgeRows(rows: Row[]): Judgement[] {
  return rows.map(([figure, bound, limit, unit, value]) => {
    const met = bound === ">=" ? value >= limit : bound === "<=" ? value <= limit : value < limit;
    return { figure, bound, limit, unit, value, met };
  });
}

function forwardingRows({ forwarding }: Measured): Row[] {
  return forwarding.families.flatMap(({ family, lookups, sizes, updates, churn }): Row[] => [
    ...lookups
      .map((one): [string, number] => [figureName.lookup(family, one), one.rate.median / 1e6])
      .filter(([name]) => name in LOOKUPS)
      .map(([name, value]): Row => [name, ">=", LOOKUPS[name]!, "M/s", value]),
    ...sizes.map(({ groups, bytesPerPrefix }): Row => {
      const name = figureName.size(family, groups);
      return [name, "<=", SIZES[name]!, "bytes/prefix", bytesPerPrefix];
    }),
    [figureName.updates(family), ">=", UPDATES, "M/s", updates.rate.median / 1e6],
    ...updates.latencies.map(
      ({ kind, p99 }): Row => [figureName.latency(family, kind), "<", UPDATE_LATENCY, "us", p99],
    ),
    [figureName.churn(family), "<=", GROWTH, "%", churn.all.percent],
  ]);
}

function otherRows({ mcu, loading, scenario }: Measured): Row[] {
  return [
    ...mcu.map((one): Row => {
      return [figureName.mcu(one), "<=", MCU_BYTES[one.family], "bytes/prefix", one.bytesPerPrefix];
    }),
    ...loading.filter(isWhole).map((one): Row => {
      return [figureName.loading(one), "<=", LOADING[one.format], "ms", one.whole.median];
    }),
    [figureName.scenario(scenario), "<=", SCENARIO, "ms", scenario.wall.median],
  ];
}

/** A full table has its IPv4 prefixes at least. */
function isWhole({ families }: Measured["loading"][number]): boolean {
  return families !== "IPv6";
}

/** How the judgements call the figures. */
export const figureName = {
  lookup: (family: number, { way, pattern }: LookupRate) => `IPv${family} ${way} ${pattern}`,
  size: (family: number, groups: number) => `IPv${family} bytes/prefix, ${groups} groups`,
  updates: (family: number) => `IPv${family} updates`,
  latency: (family: number, kind: string) => `IPv${family} ${kind} p99`,
  churn: (family: number) => `IPv${family} growth by churn`,
  mcu: ({ family, sample, prefixes }: Measured["mcu"][number]) => `IPv${family} mcu, ${prefixes} ${sample}`,
  loading: ({ format, families }: Measured["loading"][number]) => `${format} to a table, ${families}`,
  scenario: ({ scenario }: Measured["scenario"]) => `${scenario} wall time`,
};
