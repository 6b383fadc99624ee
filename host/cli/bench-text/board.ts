import type { Sizes } from "../../../firmware/build/size.js";
import type { BoardFigures } from "../../../hil/bench/board/bench.js";
import { boardFigureName, textBytes } from "../../../hil/bench/board/budgets.js";
import type { BoardClock } from "../../../hil/bench/board/clock.js";
import type { Cost } from "../../../hil/bench/board/costs.js";
import { columns } from "../columns.js";
import { sizesText } from "../sizes-text.js";
import { type Budgets, budgetCell } from "./cells.js";

/** The figures of a board for a reader: each budget beside its figure. */
export function boardBenchText(figures: BoardFigures): string {
  const { target, board, buildHash, clock, budgets } = figures;
  const name = target === board ? board : `${target}, a ${board}`;
  const byFigure = new Map(budgets.map(judgement => [judgement.figure, judgement]));
  const parts = [
    `${name}, ${clock.rate / 1e6} MHz, core ${buildHash}`,
    costsText(figures, byFigure),
    ...(figures.sizes ? [textText(figures.sizes, byFigure), sizesText(figures.sizes)] : []),
    methodText(figures),
  ];
  return `${parts.join("\n\n")}\n`;
}

function costsText({ tables, selections, clock }: BoardFigures, budgets: Budgets): string {
  const row = (figure: string, { mean, worst }: Cost, rate = "") => [
    figure,
    mean.toFixed(1),
    worst.toFixed(0),
    rate,
    budgetCell(budgets, figure),
  ];
  return columns([
    [clock.unit, "mean", "worst", "packets/s", "budget"],
    ...tables.map(table => row(boardFigureName.lookup(table), table.lookup)),
    ...tables.map(table => {
      const rate = (clock.rate / table.forward.mean).toFixed(0);
      return row(boardFigureName.forward(table), table.forward, rate);
    }),
    ...tables.map(table => row(boardFigureName.update(table), table.update)),
    ...selections.map(({ paths, cost }) => row(boardFigureName.selection(paths), cost)),
  ]);
}

function textText(sizes: Sizes, budgets: Budgets): string {
  return `Code and constants: ${textBytes(sizes)} bytes ${budgetCell(budgets, boardFigureName.text)}`.trimEnd();
}

function methodText({ tables, clock, seed, budgets }: BoardFigures): string {
  const met = budgets.filter(budget => budget.met).length;
  const [first] = tables;
  return [
    ...(budgets.length > 0 ? [`Budgets, of the mean: ${met} of ${budgets.length} met.`] : []),
    ...unitText(clock),
    ...(first
      ? [
          `Mean and worst of ${first.lookup.items} addresses, ${first.forward.items} packets, ${first.update.items} new prefixes; an update`,
          "is an announcement and a withdrawal.",
        ]
      : []),
    `Seed ${seed}. What each figure is: docs/benchmarks.md.`,
  ].join("\n");
}

function unitText({ unit, isExact }: BoardClock): string[] {
  if (unit === "instructions") {
    return [
      "Instructions, whatever the CPU takes for each: QEMU counts no cycles. Packets/s",
      "as if each took one cycle.",
    ];
  }
  return isExact
    ? ["Cycles of one core whose memory never waits, without interrupts."]
    : ["Cycles, from the ticks of the board's own counter."];
}
