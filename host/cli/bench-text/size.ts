import { figureName } from "../../../hil/bench/budgets.js";
import type { Growth } from "../../../hil/bench/churn.js";
import type { FamilyFigures } from "../../../hil/bench/forwarding.js";
import { totalBytes } from "../../router/parts.js";
import { columns } from "../columns.js";
import { type Budgets, budgetCell, megabytes } from "./cells.js";

export function sizeText({ family, sizes }: FamilyFigures, budgets: Budgets): string {
  return columns([
    ["size", "bytes/prefix", "MB", "budget"],
    ...sizes.map(({ groups, bytes, bytesPerPrefix }) => [
      `${groups} groups of next hops`,
      bytesPerPrefix.toFixed(2),
      megabytes(bytes),
      budgetCell(budgets, figureName.size(family, groups)),
    ]),
  ]);
}

/** The parts of the table with each number of groups. */
export function partsText({ sizes }: FamilyFigures): string {
  const names = [...new Set(sizes.flatMap(({ parts }) => parts.map(({ name }) => name)))];
  const rows = names.map(name => {
    const parts = sizes.map(size => size.parts.find(part => part.name === name));
    const use = parts.some(part => part?.lookup) ? "lookups" : "updates";
    return [name, use, ...parts.map(part => `${part?.bytes ?? 0}`)];
  });
  return columns([
    ["bytes", "for", ...sizes.map(({ groups }) => `${groups} groups`)],
    ...rows,
    ["all", "", ...sizes.map(({ parts }) => `${totalBytes(parts)}`)],
  ]);
}

export function churnText({ family, churn }: FamilyFigures, budgets: Budgets): string {
  const { updates, lookup, all } = churn;
  const row = (name: string, { bytes, fresh, percent }: Growth) => [
    name,
    `${bytes}`,
    `${fresh}`,
    `${percent < 0 ? "" : "+"}${percent.toFixed(1)} %`,
  ];
  return columns([
    [`bytes after ${updates} random updates`, "then", "loaded afresh", "growth", "budget"],
    [...row("for lookups", lookup), ""],
    [...row("all", all), budgetCell(budgets, figureName.churn(family))],
  ]);
}
