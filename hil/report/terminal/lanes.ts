/**
 * A timeline in text: one line a stream, one letter a column.
 *
 *                          1           2           3            4
 *     paris-office v4 udp  LLLLLLLLLLLLNNNNNNNNNNNNNNLLLLLLLLLLL×NNNNNNNNNNNNNNLLLLLLLLLLLLLLLLL
 *
 * A capital names the site that answered for most of the column, and stands on that site's colour where there is colour. Lost
 * packets always show: `×` where no route carried them, a small letter where a link or a full site took some.
 */
import type { Report } from "../../measure/result.js";
import { plainText } from "../escape.js";
import { siteLetters, streamName } from "../naming.js";
import { type Column, columnsOf } from "../strips.js";
import { cut, length, type Paper, pad } from "./paper.js";

const COLOURS = ["bgBlue", "bgYellow", "bgCyan", "bgMagenta", "bgGreen", "bgWhite"] as const;
const LABEL_LIMIT = 28;

export interface Mark {
  time: number;
  sign: string;
}

export class Lanes {
  private readonly letters: Map<string, string>;
  private readonly labels: string[];
  private readonly labelWidth: number;
  /** Columns of time in a line. */
  readonly width: number;

  constructor(
    private readonly paper: Paper,
    private readonly report: Report,
  ) {
    this.letters = siteLetters(report.sites);
    this.labels = report.streams.map(({ client }, i) => plainText(`${client} ${streamName(report, i)}`));
    this.labelWidth = Math.min(Math.max(0, ...this.labels.map(length)), LABEL_LIMIT);
    this.width = Math.max(paper.columns - this.labelWidth - 4, 10);
  }

  legend(): string {
    const sites = this.report.sites.map(
      site => `${this.paintSite(site, this.letters.get(site)!)} ${plainText(site)}`,
    );
    return ["", ...sites, `${this.paper.paint(["bold", "red"], "×")} lost`].join("  ");
  }

  lane(stream: number, from: number, to: number): string {
    const runs = this.report.timeline[stream]!.spans;
    const drawn = joinAlike(columnsOf(runs, from, to, this.width).map(column => this.sign(column)));
    return `  ${pad(cut(this.labels[stream]!, this.labelWidth), this.labelWidth, "left")}  ${drawn}`;
  }

  /** Signs over the columns of their instants; where two would fall together the later one moves right, as far as there is room. */
  marks(marks: Mark[], from: number, to: number): string {
    const line: string[] = [];
    for (const { time, sign } of marks) {
      const column = Math.floor(((time - from) / (to - from)) * this.width);
      const free = Math.max(column, line.length === 0 ? 0 : line.length + 1);
      if (free + length(sign) > this.width) break;
      while (line.length < free) line.push(" ");
      line.push(...sign);
    }
    return line.length === 0 ? "" : `${" ".repeat(this.labelWidth + 4)}${line.join("").trimEnd()}`;
  }

  private sign(column: Column | null): { text: string; paint: (text: string) => string } {
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

/** One stretch of paint for neighbours that look the same. */
function joinAlike(signs: { text: string; paint: (text: string) => string }[]): string {
  let drawn = "";
  for (let i = 0; i < signs.length; ) {
    const { text, paint } = signs[i]!;
    let end = i;
    while (signs[end]?.text === text) end++;
    drawn += paint(text.repeat(end - i));
    i = end;
  }
  return drawn.trimEnd();
}
