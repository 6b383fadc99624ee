/** What each site was offered and served between events; stretches in which nothing changed are told once. */
import type { Report } from "../../measure/result.js";
import { capacitiesOf, isOverloaded, type Load, loadedSites, loadRows } from "../loads.js";
import { instant, rate } from "../units.js";
import type { Cell, Paper } from "./paper.js";

export function loadSection(paper: Paper, report: Report): string[] {
  const sites = loadedSites(report);
  if (sites.length === 0) return [];
  const dim = (text: string): Cell => ({ text, format: "dim" });
  const capacities = capacitiesOf(report);
  const limits = capacities.map(capacity => dim(capacity === null ? "" : `of ${rate(capacity)}`));
  return [
    `${paper.heading("Load")}  ${paper.dim("queries a second, from each event on")}`,
    ...paper.table(
      [{}, { align: "right" }, ...sites.map(() => ({ align: "right" as const, flexible: true }))],
      [
        [dim(""), dim("from"), ...sites.map(dim)],
        ...(capacities.some(capacity => capacity !== null) ? [[dim(""), dim(""), ...limits]] : []),
        ...loadRows(report).map(({ from, event, loads }) => [
          { text: event === null ? "" : String(event + 1) },
          { text: instant(from) },
          ...loads.map(cellOf),
        ]),
      ],
    ),
  ];
}

function cellOf(load: Load): Cell {
  const { offered, served } = load;
  return isOverloaded(load)
    ? { text: `${rate(offered)}, served ${rate(served)}`, format: "red" }
    : { text: rate(offered) };
}
