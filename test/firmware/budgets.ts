/**
 * What a router's work costs on each emulated board, for `firmware/budgets.json`: cycles in rp2040js, instructions in QEMU, both
 * the same to the unit whenever and wherever they are counted.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { firmwarePath, readBoard } from "../../firmware/build/board.js";
import { type BoardFigures, boardBench } from "../../hil/bench/board/bench.js";
import { namedCosts } from "../../hil/bench/board/budgets.js";
import { openEmulated } from "../../host/target/emulated.js";

export interface BoardBudget {
  unit: string;
  /** By figure. */
  costs: Record<string, { mean: number; worst: number }>;
}

/** By board. */
export type BoardBudgets = Record<string, BoardBudget>;

const file = firmwarePath("budgets.json");

/** The table that the budgets are for, and as much of IPv6 as takes a second or two to load; and what fits 16 KiB of RAM. */
const sizes = { 4: [10_000], 6: [1000] };
const small = { sizes: { 4: [1000], 6: [100] }, below: 64 * 1024 };

export function recorded(): BoardBudgets {
  return JSON.parse(readFileSync(file, "utf8"));
}

export function record(budgets: BoardBudgets): void {
  writeFileSync(file, `${JSON.stringify(budgets, null, 2)}\n`);
}

/** Of a board's image in `directory`. */
export async function measure(name: string, directory: string): Promise<BoardBudget> {
  const target = await openEmulated(name, directory);
  try {
    const isSmall = readBoard(name).linearMemory < small.below;
    return budgetOf(await boardBench(target, { sizes: isSmall ? small.sizes : sizes }));
  } finally {
    await target.close();
  }
}

function budgetOf(figures: BoardFigures): BoardBudget {
  const costs = namedCosts(figures).map(([figure, { mean, worst }]) => [
    figure,
    { mean: Number(mean.toFixed(2)), worst },
  ]);
  return { unit: figures.clock.unit, costs: Object.fromEntries(costs) };
}
