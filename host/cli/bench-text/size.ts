import { figureName } from "../../../hil/bench/budgets.js";
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

/** The parts of the table with each number of groups, and how they hold after churn. */
export function partsText({ family, sizes, churn }: FamilyFigures, budgets: Budgets): string {
  const names = [...new Set(sizes.flatMap(({ parts }) => parts.map(({ name }) => name)))];
  const rows = names.map(name => {
    const parts = sizes.map(size => size.parts.find(part => part.name === name));
    const use = parts.some(part => part?.lookup) ? "lookups" : "updates";
    return [name, use, ...parts.map(part => `${part?.bytes ?? 0}`)];
  });
  const { updates, lookup, all } = churn;
  const totals = sizes.map(({ parts }) => `${totalBytes(parts)}`);
  return [
    columns([
      ["bytes", "for", ...sizes.map(({ groups }) => `${groups} groups`)],
      ...rows,
      ["all", "", ...totals],
    ]),
    `After ${updates} random updates ${all.bytes} bytes, ${all.fresh} for the same content loaded afresh:`,
    `${signed(all.percent)} % (${budgetCell(budgets, figureName.churn(family))}); of what lookups use ${signed(lookup.percent)} %`,
  ].join("\n");
}

function signed(percent: number): string {
  return `${percent < 0 ? "" : "+"}${percent.toFixed(1)}`;
}
