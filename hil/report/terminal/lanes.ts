/**
 * A timeline in text: one line a route, one letter a column.
 *
 *                          1           2           3            4
 *     Paris office v4      LLLLLLLLLLLLNNNNNNNNNNNNNNLLLLLLLLLLL×NNNNNNNNNNNNNNLLLLLLLLLLLLLLLLL
 *
 * A capital names the site that answered for most of the column, and stands on that site's colour where there is colour. Lost
 * packets always show: `×` where no route carried them, a small letter where a link or a full site took some, `·` all.
 */
import type { Report } from "../../measure/result.js";
import { plainText } from "../escape.js";
import { siteLetters } from "../naming.js";
import { type Route, routesOf } from "../routes.js";
import { type Column, columnsOf } from "../strips.js";
import { cut, length, type Paper, pad } from "./paper.js";

const COLOURS = ["bgBlue", "bgYellow", "bgCyan", "bgMagenta", "bgGreen", "bgWhite"] as const;
const LABEL_LIMIT = 28;

interface Sign {
  text: string;
  paint: (text: string) => string;
}

export class Lanes {
  private readonly letters: Map<string, string>;
  private readonly labelWidth: number;
  /** Columns of time in a line. */
  readonly width: number;

  constructor(
    private readonly paper: Paper,
    private readonly report: Report,
  ) {
    this.letters = siteLetters(report.sites);
    this.labelWidth = Math.min(
      Math.max(0, ...routesOf(report).map(one => length(labelOf(one)))),
      LABEL_LIMIT,
    );
    this.width = Math.max(paper.columns - this.labelWidth - 4, 10);
  }

  legend(): string {
    const sites = this.report.sites.map(
      site => `${this.paintSite(site, this.letters.get(site)!)} ${plainText(site)}`,
    );
    return ["", ...sites, `${this.paper.paint(["bold", "red"], "×")} lost`].join("  ");
  }

  lane(route: Route, from: number, to: number): string {
    const runs = this.report.timeline[route.streams[0]!]!.spans;
    const drawn = joinAlike(columnsOf(runs, from, to, this.width).map(column => this.sign(column)));
    return `  ${pad(cut(labelOf(route), this.labelWidth), this.labelWidth, "left")}  ${drawn}`.trimEnd();
  }

  /** The events' numbers over their columns; those that would cover one another share a place, "3–5". */
  numbers(times: number[], from: number, to: number): string {
    const groups: { column: number; first: number; last: number }[] = [];
    for (const [i, time] of times.entries()) {
      const column = this.columnOf(time, from, to);
      const group = groups.at(-1);
      if (group !== undefined && column <= group.column + rangeOf(group).length) group.last = i + 1;
      else groups.push({ column, first: i + 1, last: i + 1 });
    }
    let line = "";
    for (const group of groups) {
      const text = rangeOf(group);
      line = line.padEnd(Math.min(group.column, this.width - text.length)) + text;
    }
    return this.above(line);
  }

  /** A sign over the column of an instant, and words beside it, on whichever side has room. */
  pointer(time: number, sign: string, words: string, from: number, to: number): string {
    const column = this.columnOf(time, from, to);
    const right = `${" ".repeat(column)}${sign} ${words}`;
    if (length(right) <= this.width) return this.above(right);
    return this.above(`${words} ${sign}`.padStart(column + 1));
  }

  private above(line: string): string {
    return `${" ".repeat(this.labelWidth + 4)}${line}`.trimEnd();
  }

  private columnOf(time: number, from: number, to: number): number {
    return Math.min(Math.max(Math.floor(((time - from) / (to - from)) * this.width), 0), this.width - 1);
  }

  private sign(column: Column | null): Sign {
    const plain = (text: string) => text;
    if (column === null) return { text: " ", paint: plain };
    if (column.lost) return { text: "×", paint: text => this.paper.paint(["bold", "red"], text) };
    const { site, thinned } = column;
    if (site === null) return { text: "·", paint: plain };
    const letter = this.letters.get(site)!;
    return {
      text: thinned ? letter.toLowerCase() : letter,
      paint: text => this.paintSite(site, text),
    };
  }

  private paintSite(site: string, text: string): string {
    const colour = COLOURS[this.report.sites.indexOf(site) % COLOURS.length]!;
    return this.paper.paint([colour, "black"], text);
  }
}

function labelOf({ client, name }: Route): string {
  return plainText(`${client} ${name}`);
}

function rangeOf({ first, last }: { first: number; last: number }): string {
  return first === last ? `${first}` : `${first}–${last}`;
}

/** One stretch of paint for neighbours that look the same. */
function joinAlike(signs: Sign[]): string {
  let drawn = "";
  for (let i = 0; i < signs.length; ) {
    const { text, paint } = signs[i]!;
    let end = i;
    while (signs[end]?.text === text) end++;
    drawn += paint(text.repeat(end - i));
    i = end;
  }
  return drawn;
}
