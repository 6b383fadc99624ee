/** Text for a terminal of a given width: paint, padding, tables and wrapped sentences. Widths count code points. */
import { styleText } from "node:util";
import { plainText } from "../escape.js";

type Format = Parameters<typeof styleText>[0];

export interface Options {
  /** Columns of the terminal. */
  columns: number;
  colour: boolean;
}

/** A cell of a table: its text, and how it is painted once it has been cut and padded. */
export interface Cell {
  text: string;
  format?: Format;
}

export interface ColumnRule {
  align?: "left" | "right";
  /** May be cut when the table is too wide. */
  flexible?: boolean;
}

const GAP = "  ";
const LEAST = 6;

export class Paper {
  readonly columns: number;
  readonly colour: boolean;

  constructor({ columns, colour }: Options) {
    this.columns = Math.max(columns, 40);
    this.colour = colour;
  }

  paint(format: Format, text: string): string {
    return this.colour && text !== "" ? styleText(format, text, { validateStream: false }) : text;
  }

  /** Rows of cells under one another, cut to the paper's width. */
  table(rules: ColumnRule[], rows: Cell[][], indent = 2): string[] {
    const clean = rows.map(row => row.map(cell => ({ ...cell, text: plainText(cell.text) })));
    const widths = rules.map((_, i) => Math.max(...clean.map(row => length(row[i]?.text ?? ""))));
    const total = () =>
      indent + widths.reduce((sum, width) => sum + width, 0) + GAP.length * (rules.length - 1);
    while (total() > this.columns) {
      const widest = rules
        .map((rule, i) => ({ i, width: rule.flexible === true ? widths[i]! : 0 }))
        .reduce((a, b) => (b.width > a.width ? b : a));
      if (widest.width <= LEAST) break;
      widths[widest.i]!--;
    }
    return clean.map(row => {
      const cells = rules.map((rule, i) => {
        const { text, format } = row[i] ?? { text: "" };
        const fitted = pad(cut(text, widths[i]!), widths[i]!, rule.align ?? "left");
        return format === undefined ? fitted : this.paint(format, fitted);
      });
      return `${" ".repeat(indent)}${cells.join(GAP)}`.trimEnd();
    });
  }

  /** A sentence on as many lines as it needs; `mark` hangs before the first. */
  sentence(text: string, indent = 2, mark = ""): string[] {
    const hang = mark === "" ? "" : " ".repeat(length(mark) + 1);
    const room = this.columns - indent - hang.length;
    const lines: string[] = [];
    let line = "";
    for (const word of plainText(text).split(" ")) {
      if (line !== "" && length(line) + 1 + length(word) > room) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
    return lines.map((one, i) => `${" ".repeat(indent)}${i === 0 && mark !== "" ? `${mark} ` : hang}${one}`);
  }

  heading(text: string): string {
    return this.paint(["bold"], text);
  }

  dim(text: string): string {
    return this.paint("dim", text);
  }
}

export function length(text: string): number {
  return [...text].length;
}

export function cut(text: string, width: number): string {
  return length(text) <= width ? text : `${[...text].slice(0, Math.max(width - 1, 0)).join("")}…`;
}

export function pad(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(Math.max(width - length(text), 0));
  return align === "left" ? text + space : space + text;
}
