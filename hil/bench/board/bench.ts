/** Every figure of `nearhop bench --target T`: what a router's work costs on a board, by the board's own counter. */
import { imageDirectory, readBoard } from "../../../firmware/build/board.js";
import { isCurrent } from "../../../firmware/build/current.js";
import { imageSizes, type Sizes } from "../../../firmware/build/size.js";
import type { Client } from "../../../host/protocol/client.js";
import { ImageFlag, Work } from "../../../host/protocol/words.js";
import type { Family } from "../../../host/tables/address.js";
import type { Routes } from "../../../host/tables/routes.js";
import type { Target } from "../../../host/target/target.js";
import type { Judgement } from "../budgets.js";
import { judgeBoard } from "./budgets.js";
import { type BoardClock, clockOf } from "./clock.js";
import { type Cost, Costs } from "./costs.js";
import { announce, announceByMany, configure, firstOf, NEIGHBORS, routeOf, shuffledTable } from "./edge.js";
import { flowItems, lookupItems, packetItems, prefixItems } from "./items.js";

export const BOARD_BENCH_SCHEMA = "nearhop-bench-board/1";

export interface TableCosts {
  family: Family;
  prefixes: number;
  /** A longest match of an address inside the prefixes. */
  lookup: Cost;
  /** A packet to such an address, from the receive buffer to the call that transmits. */
  forward: Cost;
  /** A new prefix is announced and withdrawn again: both together. */
  update: Cost;
}

export interface BoardFigures {
  schema: typeof BOARD_BENCH_SCHEMA;
  target: string;
  board: string;
  buildHash: string;
  /** Bounds checks are on. */
  checked: boolean;
  clock: BoardClock;
  seed: number;
  tables: TableCosts[];
  /** A packet of an IPv4 flow that is pinned, and established; null where the board has no memory for such flows. */
  pinned: Cost | null;
  /** A route set of so many paths is selected anew. */
  selections: { paths: number; cost: Cost }[];
  /** Of the image with the same core that was built here; null where there is none, or sources are newer. */
  sizes: Sizes | null;
  budgets: Judgement[];
}

/** Prefixes of each family, ascending. */
export type TableSizes = Record<Family, readonly number[]>;
export const allSizes: TableSizes = { 4: [100, 1000, 10_000], 6: [100, 1000, 10_000] };
export const pathCounts = [2, 4, NEIGHBORS] as const;

const ADDRESSES = 512;
const PACKETS = 64;
const UPDATES = 8;
const FLOWS = 7;
/** 198.51.100.0/24, whose paths are selected from. */
const CHOSEN = 0xc6336400;

/** TCP flags. */
const SYN = 0x02;
const ACK = 0x10;

/** About what each costs on a Cortex-M0+, in cycles. */
const EXPECTED = { lookup: 400, forward: 1200, update: 100_000, select: 20_000 };

export interface BoardBenchOptions {
  readonly seed?: number;
  /** Those that do not fit on the board are left out. */
  readonly sizes?: TableSizes;
  /** What is being measured, and the share of it that is done. */
  readonly onProgress?: (part: string, share: number) => void;
}

/** Of a target that nobody else needs. Throws a TargetError where it has no clock of its own. */
export async function boardBench(target: Target, options: BoardBenchOptions = {}): Promise<BoardFigures> {
  const { seed = 1, sizes = allSizes, onProgress = () => {} } = options;
  const { board, buildHash, imageFlags } = await target.client.hello();
  const checked = (imageFlags & ImageFlag.UNCHECKED) === 0;
  const hash = Buffer.from(buildHash).toString("hex");
  const clock = clockOf(target, board);
  const costs = new Costs(target.client, clock);
  const tables: TableCosts[] = [];
  let selections: BoardFigures["selections"] = [];
  for (const family of [4, 6] as const) {
    const routes = shuffledTable(family, Math.max(...sizes[family]) + UPDATES, seed);
    const fitting = await configureLargest(target.client, routes, sizes[family]);
    let loaded = 0;
    for (const prefixes of sizes[family].filter(size => size <= fitting)) {
      onProgress(`IPv${family}, ${prefixes} prefixes`, 0);
      await announce(target.client, routes, loaded, prefixes);
      loaded = prefixes;
      tables.push(await tableCosts(costs, routes, prefixes, seed));
    }
    if (family === 4) selections = await selectionCosts(costs, routeOf(CHOSEN, 24), seed);
  }
  onProgress("pinned flows", 0);
  const pinned = await pinnedCost(costs, routeOf(CHOSEN, 24));
  const figures = {
    schema: BOARD_BENCH_SCHEMA,
    target: target.name,
    board,
    buildHash: hash,
    checked,
    clock,
    seed,
    tables,
    pinned,
    selections,
    sizes: await sizesOf(board, hash, checked),
  } as const;
  return { ...figures, budgets: judgeBoard(figures) };
}

async function sizesOf(board: string, buildHash: string, checked: boolean): Promise<Sizes | null> {
  const directory = imageDirectory(board, checked);
  if (!isCurrent(readBoard(board), directory)) return null;
  const sizes = await imageSizes(board, directory, checked);
  return sizes.buildHash === buildHash ? sizes : null;
}

/** The largest of the sizes for which the board has memory, 0 for none; an update needs a few more. */
async function configureLargest(client: Client, routes: Routes, sizes: readonly number[]): Promise<number> {
  for (const size of sizes.toReversed()) {
    if (await configure(client, routes, size + UPDATES)) return size;
  }
  return 0;
}

async function tableCosts(costs: Costs, routes: Routes, prefixes: number, seed: number): Promise<TableCosts> {
  const { family } = routes;
  const loaded = firstOf(routes, prefixes);
  const work = family === 4 ? Work.LOOKUP4 : Work.LOOKUP6;
  const newcomers = Array.from({ length: UPDATES }, (_, index) => prefixes + index);
  return {
    family,
    prefixes,
    lookup: await costs.of(work, lookupItems(loaded, ADDRESSES, seed), EXPECTED.lookup),
    forward: await costs.of(Work.FORWARD, packetItems(loaded, PACKETS, seed), EXPECTED.forward),
    update: await costs.of(Work.UPDATE, prefixItems(routes, newcomers), EXPECTED.update),
  };
}

/** Whatever the table holds: the way of such a packet is not looked up. The flows are as many as a set of places keeps. */
async function pinnedCost(costs: Costs, chosen: Routes): Promise<Cost | null> {
  if (!(await configure(costs.client, chosen, 1, FLOWS + 1))) return null;
  await announce(costs.client, chosen, 0, 1);
  const established = flowItems(CHOSEN + 1, FLOWS, ACK);
  for (const [flow, opening] of flowItems(CHOSEN + 1, FLOWS, SYN).entries()) {
    // In one request, however long the host takes for the next: a flow that is opening does not live long.
    await costs.of(Work.FORWARD, [opening, established[flow]!], EXPECTED.forward);
  }
  return costs.of(Work.FORWARD, established, EXPECTED.forward);
}

/** Of one more prefix, which more and more neighbors announce. */
async function selectionCosts(
  costs: Costs,
  chosen: Routes,
  seed: number,
): Promise<BoardFigures["selections"]> {
  const selections: BoardFigures["selections"] = [];
  for (const paths of pathCounts) {
    await announceByMany(costs.client, chosen, paths);
    const cost = await costs.of(Work.SELECT, lookupItems(chosen, 1, seed), EXPECTED.select);
    selections.push({ paths, cost });
  }
  return selections;
}
