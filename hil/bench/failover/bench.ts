/** Every figure of `nearhop bench failover`: how fast a router moves traffic, and what becomes of it meanwhile. */
import { cpus } from "node:os";
import type { PrefixTable, Routes } from "../../../host/tables/routes.js";
import type { Target } from "../../../host/target/target.js";
import { RATED_SCHEMA, type RatedFigures } from "../../measure/rated.js";
import { firstOf, shuffledTable } from "../board/edge.js";
import type { Judgement } from "../budgets.js";
import { failoverBench, type FailoverFigures as TableFigures } from "../failover.js";
import { judgeFailover, prefixCount } from "./budgets.js";
import { type Clock, deviceClock } from "./clock.js";
import { type ConvergenceFigures, convergence } from "./convergence.js";
import { type Cell, matrix } from "./matrix.js";
import { ratedFigures } from "./rated.js";
import { type Reaction, reactions } from "./reactions.js";
import { type SilenceFigures, silence } from "./silence.js";

/** What is measured. */
export interface Subject {
  /** As `--target` has it. */
  name: string;
  /** Starts or reaches it. */
  open(): Promise<Target>;
  /** The same with a counter that runs, where that of `open` stands still. */
  openTimed(): Promise<Target>;
  /** What a router has room for that is as large as a table can be; null for one that gets as many prefixes as fit. */
  table: PrefixTable | null;
}

export interface Measured {
  target: string;
  board: string;
  buildHash: string;
  clock: Clock;
  /** Where the clock is this machine's; else null. */
  machine: { cpu: string; node: string } | null;
  seed: number;
  repeat: number;
  reactions: Reaction[];
  silence: SilenceFigures;
  convergence: ConvergenceFigures[];
  matrix: Cell[];
  /** Of the whole table, in this process; else null. */
  reselection: TableFigures | null;
}

/** With what a regression gate reads in front. */
export interface FailoverFigures extends RatedFigures, Measured {
  budgets: Judgement[];
}

export interface FailoverBenchOptions {
  readonly generator: string;
  readonly seed: number;
  /** Events of each kind. */
  readonly repeat: number;
  /** What is being measured, and the share of it that is done. */
  readonly onProgress: (part: string, share: number) => void;
}

/** Prefixes of a router in this process, and those that a board is tried with. */
const SIZES = [1, 10_000, 900_000];
const BOARD_SIZES = [10_000, 1000, 100];

/** Where every run is the same, but for interrupts, so often is enough. */
const EXACT = { repeat: 3, warmUp: 1 };
const WARM_UP = 50;

export async function failoverFigures(
  subject: Subject,
  options: FailoverBenchOptions,
): Promise<FailoverFigures> {
  const { name, open, table } = subject;
  const { generator, seed, repeat, onProgress } = options;
  const timed = await timedFigures(subject, options);
  const isVirtual = timed.clock.unit === "nanoseconds";
  const target = await open();
  const played = await playedFigures(target, isVirtual, options).finally(() => target.close());
  const total = table && table.ipv4.count + table.ipv6.count;
  const measured: Measured = {
    target: name,
    ...timed,
    machine: isVirtual ? { cpu: cpus()[0]?.model ?? "unknown", node: process.version } : null,
    seed,
    repeat,
    ...played,
    reselection: table && (await failoverBench(table, total!, share => onProgress("re-selection", share))),
  };
  return {
    schema: RATED_SCHEMA,
    generator,
    // Of other phases a share of few conversations is another one.
    subject: `failover on ${timed.board}, seed ${seed}, ${repeat} times each`,
    figures: ratedFigures(measured),
    ...measured,
    budgets: judgeFailover(measured),
  };
}

/** By what packets see. */
async function playedFigures(
  target: Target,
  isVirtual: boolean,
  { seed, repeat, onProgress }: FailoverBenchOptions,
): Promise<Pick<Measured, "silence" | "convergence" | "matrix">> {
  const part = (name: string) => (share: number) => onProgress(name, share);
  return {
    silence: await silence(target, {
      seed,
      repeat: isVirtual ? null : repeat,
      onProgress: part("silent death"),
    }),
    convergence: await convergence(target, { seed, repeat, onProgress: part("convergence") }),
    matrix: await matrix(target, { seed, repeat, onProgress: part("conversations") }),
  };
}

/** By the target's own counter. */
async function timedFigures(
  { openTimed, table }: Subject,
  { seed, repeat, onProgress }: FailoverBenchOptions,
): Promise<Pick<Measured, "board" | "buildHash" | "clock" | "reactions">> {
  const target = await openTimed();
  try {
    const { board, buildHash } = await target.client.hello();
    const clock = await deviceClock(target);
    const times = clock.isExact ? EXACT : { repeat, warmUp: WARM_UP };
    const found: Reaction[] = [];
    const measure = async (routes: Routes): Promise<boolean> => {
      const report = (share: number) => onProgress(`reactions, ${prefixCount(routes.count + 1)}`, share);
      const some = await reactions(target, clock, routes, { ...times, onProgress: report });
      found.push(...(some ?? []));
      return some !== null;
    };
    if (table) {
      const { ipv4 } = table;
      const sizes = SIZES.filter(size => size <= ipv4.count + 1);
      for (const size of sizes) await measure(firstOf(ipv4, size - 1));
    } else {
      const routes = shuffledTable(4, BOARD_SIZES[0]! - 1, seed);
      await measure(firstOf(routes, 0));
      for (const size of BOARD_SIZES) if (await measure(firstOf(routes, size - 1))) break;
    }
    return { board, buildHash: Buffer.from(buildHash).toString("hex"), clock, reactions: found };
  } finally {
    await target.close();
  }
}
