/** How figures of all kinds look in a table. */
import type { Judgement } from "../../../hil/bench/budgets.js";
import type { Summary } from "../../../hil/bench/summary.js";

export function spread({ rsd }: Summary): string {
  return `± ${(100 * rsd).toFixed(1).padStart(4)} %`;
}

/** Three digits or more. */
export function millions({ median }: Summary): string {
  return (median / 1e6).toFixed(median < 1e7 ? 2 : 1);
}

export function milliseconds({ median }: Summary): string {
  return median.toFixed(0);
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** The budgets by figure. */
export type Budgets = ReadonlyMap<string, Judgement>;

/** Nothing where there is none. */
export function budgetCell(budgets: Budgets, figure: string): string {
  const judgement = budgets.get(figure);
  return judgement ? `${judgement.bound} ${judgement.limit} ${judgement.met ? "met" : "missed"}` : "";
}
