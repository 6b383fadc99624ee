import { figureName } from "../../../hil/bench/budgets.js";
import type { FamilyFigures, ForwardingFigures } from "../../../hil/bench/forwarding.js";
import type { LoadHistogram } from "../../../hil/bench/loads.js";
import { columns } from "../columns.js";
import { type Budgets, budgetCell, millions, spread } from "./cells.js";
import { churnText, partsText, sizeText } from "./size.js";

export function forwardingText(
  { addresses, families, calls }: ForwardingFigures,
  budgets: Budgets,
): string[] {
  return [
    ...families.flatMap(family => familyText(family, addresses, budgets)),
    `A call from JavaScript into WASM that does nothing: ${millions(calls)} M/s ${spread(calls)}`,
  ];
}

function familyText(figures: FamilyFigures, addresses: number, budgets: Budgets): string[] {
  const { family, prefixes, sets } = figures;
  const title = `IPv${family}: ${prefixes} prefixes, ${sets} next hops; ${addresses} addresses of each kind`;
  return [
    `${title}\n\n${lookupText(figures, budgets)}`,
    loadsText(figures.loads),
    sizeText(figures, budgets),
    partsText(figures),
    churnText(figures, budgets),
    updateText(figures, budgets),
  ];
}

function lookupText({ family, lookups }: FamilyFigures, budgets: Budgets): string {
  return columns([
    ["lookups", "addresses", "M/s", "spread", "budget"],
    ...lookups.map(one => [
      one.way,
      one.pattern,
      millions(one.rate),
      spread(one.rate),
      budgetCell(budgets, figureName.lookup(family, one)),
    ]),
  ]);
}

/** Percent of a pattern's addresses from which on a number of loads has a column of its own. */
const OFTEN = 0.1;

function loadsText(histograms: LoadHistogram[]): string {
  const rows = histograms.map(({ pattern, counts }) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return { pattern, shares: counts.map(count => (100 * count) / total), most: counts.length - 1 };
  });
  const longest = Math.max(...rows.map(({ most }) => most));
  const common = Array.from({ length: longest + 1 }, (_, loads) => loads).filter(loads =>
    rows.some(({ shares }) => (shares[loads] ?? 0) >= OFTEN),
  );
  return columns([
    ["dependent loads, %", ...common.map(loads => `${loads}`), "others", "most"],
    ...rows.map(({ pattern, shares, most }) => {
      const cells = common.map(loads => shares[loads] ?? 0);
      const others = Math.max(100 - cells.reduce((sum, share) => sum + share, 0), 0);
      return [pattern, ...[...cells, others].map(share => share.toFixed(2)), `${most}`];
    }),
  ]);
}

function updateText({ family, updates }: FamilyFigures, budgets: Budgets): string {
  const { rate, latencies, clock } = updates;
  return [
    columns([
      ["updates, us", "p50", "p90", "p99", "p99.9", "max", "budget of the p99"],
      ...latencies.map(({ kind, p50, p90, p99, p999, max }) => [
        kind,
        ...[p50, p90, p99, p999, max].map(value => value.toFixed(2)),
        budgetCell(budgets, figureName.latency(family, kind)),
      ]),
    ]),
    `${latencies[0]!.count} of each kind, less ${clock.toFixed(2)} us for reading the clock`,
    `Removals and insertions in a row: ${millions(rate)} M/s ${spread(rate)} (${budgetCell(budgets, figureName.updates(family))})`,
  ].join("\n");
}
