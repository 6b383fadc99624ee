import { figureName } from "../../../hil/bench/budgets.js";
import type { McuFigures } from "../../../hil/bench/mcu.js";
import { columns } from "../columns.js";
import { type Budgets, budgetCell, millions, spread } from "./cells.js";

export function mcuText(figures: McuFigures[], budgets: Budgets): string {
  return [
    "Samples of the table in the mcu profile, on this machine",
    columns([
      ["family", "prefixes", "sample", "bytes/prefix", "budget", "lookups, M/s", ""],
      ...figures.map(one => [
        `IPv${one.family}`,
        `${one.prefixes}`,
        one.sample,
        one.bytesPerPrefix.toFixed(2),
        budgetCell(budgets, figureName.mcu(one)),
        millions(one.lookups),
        spread(one.lookups),
      ]),
    ]),
  ].join("\n");
}
