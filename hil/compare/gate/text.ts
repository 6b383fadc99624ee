/** What became worse and better, for people at a terminal. */
import type { RatedFigure } from "../../measure/rated.js";
import type { Figure } from "../../measure/result.js";
import { type Options, Paper } from "../../report/terminal/paper.js";
import { count, figure, percent, plural } from "../../report/units.js";
import type { Change, Gate } from "./shape.js";

/** Longest list; what is left out is told, and written by --json. */
const ROWS = 12;

export function gateText(gate: Gate, options: Options): string {
  const paper = new Paper(options);
  const sections = [
    header(paper, gate),
    changes(paper, "Worse than the baseline", gate.worse),
    missing(paper, gate),
    changes(paper, "Better than the baseline", gate.better),
    verdict(paper, gate),
  ];
  return `${sections
    .filter(section => section.length > 0)
    .map(section => section.join("\n"))
    .join("\n\n")}\n`;
}

function header(paper: Paper, { subject, baseline, latest }: Gate): string[] {
  return [
    ...paper.sentence(subject, 0).map(line => paper.heading(line)),
    ...paper.sentence(`baseline ${baseline.name}: ${baseline.generator}`),
    ...paper.sentence(`latest ${latest.name}: ${latest.generator}`),
  ];
}

function changes(paper: Paper, title: string, all: Change[]): string[] {
  if (all.length === 0) return [];
  const shown = all
    .slice(0, ROWS)
    .flatMap(({ name, unit, baseline, latest }) =>
      paper.sentence(`${name}: ${write(baseline, unit)} → ${write(latest, unit)}`, 2, "·"),
    );
  return [paper.heading(title), ...shown, ...rest(paper, all.length)];
}

function missing(paper: Paper, { gone }: Gate): string[] {
  if (gone.length === 0) return [];
  return [
    paper.heading("Missing, though the baseline has them"),
    ...gone.slice(0, ROWS).flatMap(name => paper.sentence(name, 2, "·")),
    ...rest(paper, gone.length),
  ];
}

function rest(paper: Paper, all: number): string[] {
  return all > ROWS ? [paper.dim(`  and ${count(all - ROWS)} more, which --json writes`)] : [];
}

function write(value: Figure, unit: RatedFigure["unit"]): string {
  switch (unit) {
    case "us":
      return figure(value);
    case "ns":
      return figure({ value: value.value / 1000, low: value.low / 1000, high: value.high / 1000 });
    case "held":
      return value.value === 1 ? "held" : "did not hold";
    case "share":
      return between(value, percent);
    case "count":
      return between(value, count);
    default:
      return `${between(value, count)} ${unit}`;
  }
}

function between({ value, low, high }: Figure, text: (value: number) => string): string {
  return low === high ? text(value) : `${text(value)} (${text(low)}–${text(high)})`;
}

function verdict(paper: Paper, { holds, paired, compared, worse, better, gone }: Gate): string[] {
  const same = compared - worse.length - better.length;
  const found = [
    `${count(worse.length)} worse`,
    ...(gone.length > 0 ? [`${count(gone.length)} missing`] : []),
    `${count(better.length)} better`,
    `${count(same)} within their accuracy`,
  ].join(", ");
  const note = paired
    ? []
    : paper.sentence(
        "The two runs did not meet the same packets at the same instants: medians of at least eight values and shares are compared, with 99 % confidence.",
        0,
      );
  return [
    holds ? paper.paint(["bold", "green"], "NO WORSE") : paper.paint(["bold", "red"], "WORSE"),
    ...paper.sentence(`${plural(compared, "figure")} compared: ${found}.`, 0),
    ...note.map(line => paper.dim(line)),
  ];
}
