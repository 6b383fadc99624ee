import { figureName } from "../../../hil/bench/budgets.js";
import type { LoadingFigures } from "../../../hil/bench/loading.js";
import { columns } from "../columns.js";
import { type Budgets, budgetCell, megabytes, milliseconds, spread } from "./cells.js";

export function loadingText(figures: LoadingFigures[], budgets: Budgets): string {
  return [
    "From a file in memory to a table that answers, ms",
    columns([
      ["file", "prefixes", "MB", "parse", "insert", "whole", "spread", "budget"],
      ...figures.map(one => [
        `${one.format === "mrt" ? "MRT" : "text"}, ${one.families}`,
        `${one.prefixes}`,
        megabytes(one.bytes),
        milliseconds(one.parse),
        milliseconds(one.insert),
        milliseconds(one.whole),
        spread(one.whole),
        budgetCell(budgets, figureName.loading(one)),
      ]),
    ]),
  ].join("\n");
}
