import { figureName } from "../../../hil/bench/budgets.js";
import type { FamilyFigures, ForwardingFigures } from "../../../hil/bench/forwarding.js";
import type { LoadHistogram } from "../../../hil/bench/loads.js";
import { columns } from "../columns.js";
import { type Budgets, budgetCell, megabytes, millions, spread } from "./cells.js";

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
    updateText(figures, budgets),
  ];
}

function lookupText({ family, lookups }: FamilyFigures, budgets: Budgets): string {
  return columns([
    ["lookups", "addresses", "M/s", "", "budget"],
    ...lookups.map(one => [
      one.way,
      one.pattern,
      millions(one.rate),
      spread(one.rate),
      budgetCell(budgets, figureName.lookup(family, one)),
    ]),
  ]);
}

function loadsText(histograms: LoadHistogram[]): string {
  const most = Math.max(...histograms.map(({ counts }) => counts.length));
  const used = Array.from({ length: most }, (_, loads) => loads).filter(loads =>
    histograms.some(({ counts }) => (counts[loads] ?? 0) > 0),
  );
  return columns([
    ["dependent loads, % of addresses", ...used.map(loads => `${loads}`)],
    ...histograms.map(({ pattern, counts }) => {
      const total = counts.reduce((sum, count) => sum + count, 0);
      return [pattern, ...used.map(loads => ((100 * (counts[loads] ?? 0)) / total).toFixed(2))];
    }),
  ]);
}

function sizeText({ family, sizes, churn }: FamilyFigures, budgets: Budgets): string {
  const { updates, bytes, freshBytes, growth } = churn;
  return [
    columns([
      ["size", "bytes/prefix", "MB", "budget"],
      ...sizes.map(({ groups, bytes, bytesPerPrefix }) => [
        `${groups} groups of next hops`,
        bytesPerPrefix.toFixed(2),
        megabytes(bytes),
        budgetCell(budgets, figureName.size(family, groups)),
      ]),
    ]),
    `After ${updates} random updates ${bytes} bytes, and ${freshBytes} for the same content loaded afresh:`,
    `${signed(growth)} % (${budgetCell(budgets, figureName.churn(family))})`,
  ].join("\n");
}

function signed(percent: number): string {
  return `${percent < 0 ? "" : "+"}${percent.toFixed(1)}`;
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
