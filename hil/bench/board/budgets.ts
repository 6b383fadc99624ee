/** What the figures of a board are to be: those of the Pico, in cycles, with the largest table. */
import { type Judgement, judgeRows, type Row } from "../budgets.js";
import type { BoardFigures, TableCosts } from "./bench.js";

const BOARD = "pico";
const PREFIXES = 10_000;
const LOOKUP = 200;
/** 148,800 packets a second: 100 Mbit/s of frames of 64 bytes. */
const FORWARD = 840;

export const boardFigureName = {
  lookup: ({ family, prefixes }: TableCosts) => `IPv${family} lookup, ${prefixes} prefixes`,
  forward: ({ family, prefixes }: TableCosts) => `IPv${family} forward path, ${prefixes} prefixes`,
  update: ({ family, prefixes }: TableCosts) => `IPv${family} update, ${prefixes} prefixes`,
  selection: (paths: number) => `selection, ${paths} paths`,
};

export function judgeBoard({ board, tables }: Pick<BoardFigures, "board" | "tables">): Judgement[] {
  if (board !== BOARD) return [];
  return judgeRows(
    tables
      .filter(({ prefixes }) => prefixes === PREFIXES)
      .flatMap((table): Row[] => [
        ...(table.family === 4
          ? [[boardFigureName.lookup(table), "<=", LOOKUP, "cycles", table.lookup.mean] as Row]
          : []),
        [boardFigureName.forward(table), "<=", FORWARD, "cycles", table.forward.mean],
      ]),
  );
}
