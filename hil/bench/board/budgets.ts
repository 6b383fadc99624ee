/** What the figures of a board are to be: those of the Pico, in cycles with the largest table, and in bytes, bounds checks on. */
import type { Sizes } from "../../../firmware/build/size.js";
import { type Judgement, judgeRows, type Row } from "../budgets.js";
import type { BoardFigures, TableCosts } from "./bench.js";
import type { Cost } from "./costs.js";

const BOARD = "pico";
const PREFIXES = 10_000;
const LOOKUP = 200;
/** 148,800 packets a second: 100 Mbit/s of frames of 64 bytes. */
const FORWARD = 840;
/** All of it runs from RAM. Constants are beside the code. */
const TEXT = 64 * 1024;

export const boardFigureName = {
  lookup: ({ family, prefixes }: TableCosts) => `IPv${family} lookup, ${prefixes} prefixes`,
  forward: ({ family, prefixes }: TableCosts) => `IPv${family} forward path, ${prefixes} prefixes`,
  pinned: "IPv4 forward path, pinned flow",
  update: ({ family, prefixes }: TableCosts) => `IPv${family} update, ${prefixes} prefixes`,
  selection: (paths: number) => `selection, ${paths} paths`,
  text: "text",
};

/** All costs by name: lookups, packets, those of pinned flows, updates, selections. */
export function namedCosts({
  tables,
  pinned,
  selections,
}: Pick<BoardFigures, "tables" | "pinned" | "selections">): [string, Cost][] {
  return [
    ...tables.map((table): [string, Cost] => [boardFigureName.lookup(table), table.lookup]),
    ...tables.map((table): [string, Cost] => [boardFigureName.forward(table), table.forward]),
    ...(pinned ? [[boardFigureName.pinned, pinned] as [string, Cost]] : []),
    ...tables.map((table): [string, Cost] => [boardFigureName.update(table), table.update]),
    ...selections.map(({ paths, cost }): [string, Cost] => [boardFigureName.selection(paths), cost]),
  ];
}

type Judged = Pick<BoardFigures, "board" | "checked" | "tables" | "sizes">;

export function judgeBoard({ board, checked, tables, sizes }: Judged): Judgement[] {
  if (board !== BOARD || !checked) return [];
  const costs = tables
    .filter(({ prefixes }) => prefixes === PREFIXES)
    .flatMap((table): Row[] => [
      ...(table.family === 4
        ? [row(boardFigureName.lookup(table), LOOKUP, "cycles", table.lookup.mean)]
        : []),
      row(boardFigureName.forward(table), FORWARD, "cycles", table.forward.mean),
    ]);
  const text = sizes && row(boardFigureName.text, TEXT, "bytes", textBytes(sizes));
  return judgeRows(text ? [...costs, text] : costs);
}

/** Code and constants. */
export function textBytes({ rooms }: Sizes): number {
  return rooms.reduce((sum, { text, rodata }) => sum + text + rodata, 0);
}

function row(figure: string, limit: number, unit: string, value: number): Row {
  return [figure, "<=", limit, unit, value];
}
