import { figureName } from "../../../hil/bench/budgets.js";
import type { McuFigures } from "../../../hil/bench/mcu.js";
import { columns } from "../columns.js";
import { type Budgets, budgetCell, millions, spread } from "./cells.js";

export function mcuText(figures: McuFigures[], budgets: Budgets): string {
  return [
    "Samples of the table in the mcu profile, on this machine",
    columns([
      ["sample", "bytes/prefix", "budget", "M/s", "spread", "loads", "most"],
      ...figures.map(one => [
        `IPv${one.family} ${`${one.prefixes}`.padStart(5)} ${one.sample}`,
        one.bytesPerPrefix.toFixed(2),
        budgetCell(budgets, figureName.mcu(one)),
        millions(one.lookups),
        spread(one.lookups),
        mean(one.loads).toFixed(1),
        `${one.loads.length - 1}`,
      ]),
    ]),
  ].join("\n");
}

/** Of a histogram. */
function mean(counts: number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count, value) => sum + count * value, 0) / total;
}
