import type { Sizes } from "../../../firmware/build/size.js";
import type { BoardFigures } from "../../../hil/bench/board/bench.js";
import { boardFigureName, namedCosts, textBytes } from "../../../hil/bench/board/budgets.js";
import type { BoardClock } from "../../../hil/bench/board/clock.js";
import { columns } from "../columns.js";
import { sizesText } from "../sizes-text.js";
import { type Budgets, budgetCell } from "./cells.js";

/** The figures of a board for a reader: each budget beside its figure. */
export function boardBenchText(figures: BoardFigures, unchecked: BoardFigures | null): string {
  const { target, board, buildHash, checked, clock, budgets } = figures;
  const name = target === board ? board : `${target}, a ${board}`;
  const byFigure = new Map(budgets.map(judgement => [judgement.figure, judgement]));
  const parts = [
    `${name}, ${clock.rate / 1e6} MHz, core ${buildHash}${checked ? "" : ", without bounds checks"}`,
    costsText(figures, byFigure),
    ...(unchecked ? [uncheckedText(figures, unchecked)] : []),
    ...(figures.sizes ? [textText(figures.sizes, byFigure), sizesText(figures.sizes)] : []),
    methodText(figures),
  ];
  return `${parts.join("\n\n")}\n`;
}

function costsText(figures: BoardFigures, budgets: Budgets): string {
  const { clock, tables } = figures;
  const rates = new Map(
    tables.map(table => [boardFigureName.forward(table), (clock.rate / table.forward.mean).toFixed(0)]),
  );
  return columns([
    [clock.unit, "mean", "worst", "packets/s", "budget"],
    ...namedCosts(figures).map(([figure, { mean, worst }]) => [
      figure,
      mean.toFixed(1),
      worst.toFixed(0),
      rates.get(figure) ?? "",
      budgetCell(budgets, figure),
    ]),
  ]);
}

/** What bounds checks cost: the means with and without them. */
function uncheckedText(checked: BoardFigures, unchecked: BoardFigures): string {
  const without = new Map(namedCosts(unchecked));
  const row = (figure: string, on: number, off: number, digits: number) => [
    figure,
    on.toFixed(digits),
    off.toFixed(digits),
    `${on < off ? "-" : "+"}${Math.abs(100 * (on / off - 1)).toFixed(1)} %`,
  ];
  const texts = [checked, unchecked].map(({ sizes }) => sizes && textBytes(sizes));
  return columns([
    [`bounds checks, ${checked.clock.unit}`, "on", "off", "cost"],
    ...namedCosts(checked).flatMap(([figure, { mean }]) => {
      const other = without.get(figure);
      return other ? [row(figure, mean, other.mean, 1)] : [];
    }),
    ...(texts[0] && texts[1] ? [row("code and constants, bytes", texts[0], texts[1], 0)] : []),
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
