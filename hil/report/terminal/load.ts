/** What each site was offered and served between events; stretches in which nothing changed are told once. */
import type { Report } from "../../measure/result.js";
import { instant, rate } from "../units.js";
import type { Cell, Paper } from "./paper.js";

type Load = Report["loads"][number];

export function loadSection(paper: Paper, { loads, sites }: Report): string[] {
  const loaded = sites.filter(site => loads.some(load => load.site === site));
  if (loaded.length === 0) return [];
  const stretches = [...new Set(loads.map(({ from }) => from))].sort((a, b) => a - b);
  const rows = stretches.map(from => ({
    from,
    cells: loaded.map(site => cellOf(loads.find(load => load.site === site && load.from === from))),
  }));
  const changed = rows.filter(
    ({ cells }, i) => i === 0 || cells.some((cell, k) => cell.text !== rows[i - 1]!.cells[k]!.text),
  );
  const head = ["from", ...loaded].map(text => ({ text, format: "dim" as const }));
  return [
    `${paper.heading("Load")}  ${paper.dim("packets a second")}`,
    ...paper.table(
      [{ align: "right" }, ...loaded.map(() => ({ align: "right" as const, flexible: true }))],
      [head, ...changed.map(({ from, cells }) => [{ text: instant(from) }, ...cells])],
    ),
  ];
}

function cellOf(load: Load | undefined): Cell {
  if (load === undefined) return { text: "" };
  const { offered, served } = load;
  return served < offered
    ? { text: `${rate(offered)}, served ${rate(served)}`, format: "red" }
    : { text: rate(offered) };
}
