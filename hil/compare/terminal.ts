/** A comparison for people at a terminal: where the two part, in short tables, or how much of them is the same. */
import { moveName, siteName } from "../report/naming.js";
import { type Cell, type ColumnRule, type Options, Paper } from "../report/terminal/paper.js";
import { count, figure, instant, plural, time } from "../report/units.js";
import type { Comparison, Deed, Fate, FigureDifference, Side } from "./comparison.js";

/** Longest table; what is left out is told, and written by --json. */
const ROWS = 12;

const right: ColumnRule = { align: "right" };
const flexible: ColumnRule = { flexible: true };

export function comparisonText(comparison: Comparison, options: Options): string {
  const paper = new Paper(options);
  const sections = [
    header(paper, comparison),
    traces(paper, comparison),
    repairs(paper, comparison),
    sites(paper, comparison),
    figures(paper, comparison),
    expectations(paper, comparison),
    verdict(paper, comparison),
  ];
  return `${sections
    .filter(section => section.length > 0)
    .map(section => section.join("\n"))
    .join("\n\n")}\n`;
}

function header(paper: Paper, { scenario, seed, repeats, a, b }: Comparison): string[] {
  return [
    ...paper.sentence(`${scenario.title} (${scenario.name})`, 0).map(line => paper.heading(line)),
    paper.dim(`seed ${seed} · ${plural(repeats, "repeat")}`),
    ...[a, b].flatMap((side, index) => paper.sentence(sideName(side), 2, "AB"[index])),
  ];
}

function sideName({ name, generator, targets, verdict, lateness }: Side): string {
  const on = [...new Set(targets.map(({ target, board, clock }) => `${target} (${board}, ${clock} clock)`))];
  const late = lateness === 0 ? "never late" : `up to ${time(lateness)} late`;
  return `${name}: ${on.join(", ")} · ${verdict} · ${late} · ${generator}`;
}

function traces(paper: Paper, { traces }: Comparison): string[] {
  return section(
    paper,
    "Where the traces part",
    [
      ["first at", right],
      ["client", flexible],
      ["prefix", flexible],
      ["packet", right],
      ["A", flexible],
      ["B", flexible],
      ["packets", right],
    ],
    traces.map(({ time, client, prefix, packet, a, b, packets }) => [
      instant(time),
      client,
      prefix,
      count(packet),
      fateName(a),
      fateName(b),
      count(packets),
    ]),
  );
}

function fateName(fate: Fate | null): string {
  if (fate === null) return "not sent";
  const { site, neighbor, loss } = fate;
  if (loss !== null) return `lost: ${loss.detail}`;
  return neighbor === site ? siteName(site) : `${siteName(site)} by ${neighbor}`;
}

function repairs(paper: Paper, { repairs }: Comparison): string[] {
  return section(
    paper,
    "Where the repairs part",
    [
      ["first at", right],
      ["router", flexible],
      ["A", flexible],
      ["B", flexible],
    ],
    repairs.map(({ time, router, a, b }) => [instant(time), router, deedName(a), deedName(b)]),
  );
}

function deedName(deed: Deed | null): string {
  if (deed === null) return "none";
  const { event, time, groups, sets } = deed;
  return `${plural(groups, "group")}, ${plural(sets, "set")} after ${event} at ${instant(time)}`;
}

function sites(paper: Paper, { sites }: Comparison): string[] {
  return section(
    paper,
    "Who was served by another site",
    [
      ["event", right],
      ["client", flexible],
      ["prefix", flexible],
      ["A", flexible],
      ["B", flexible],
    ],
    sites.map(({ time, client, prefix, a, b }) => [instant(time), client, prefix, moveName(a), moveName(b)]),
  );
}

function figures(paper: Paper, { figures }: Comparison): string[] {
  return section(
    paper,
    "Figures that differ by more than their accuracy",
    [
      ["event", right],
      ["of", flexible],
      ["figure", {}],
      ["A", right],
      ["B", right],
    ],
    figures.map(one => [instant(one.time), aboutName(one), one.figure, valueName(one.a), valueName(one.b)]),
  );
}

function aboutName({ site, router, client }: FigureDifference): string {
  return site ?? client ?? router ?? "";
}

function valueName(value: FigureDifference["a"]): string {
  if (value === null) return "none";
  return value.low === value.high ? count(value.value) : figure(value);
}

function expectations(paper: Paper, { expectations }: Comparison): string[] {
  return section(
    paper,
    "Expectations that one of them held",
    [
      ["line", right],
      ["expectation", flexible],
      ["A", flexible],
      ["B", flexible],
    ],
    expectations.map(({ line, text, a, b }) => [`${line}`, text, ...[a, b].map(heldName)]),
  );
}

function heldName({ pass, found }: { pass: boolean; found: string }): string {
  return pass ? "held" : found;
}

/** Nothing where no row is there. */
function section(paper: Paper, title: string, heads: [string, ColumnRule][], rows: string[][]): string[] {
  if (rows.length === 0) return [];
  const cells = rows.slice(0, ROWS).map(row => row.map((text): Cell => ({ text })));
  const head = heads.map(([text]): Cell => ({ text, format: "dim" }));
  const rules = heads.map(([, rule]) => rule);
  const rest = rows.length - cells.length;
  return [
    paper.heading(title),
    ...paper.table(rules, [head, ...cells]),
    ...(rest > 0 ? [paper.dim(`  and ${count(rest)} more, which --json writes`)] : []),
  ];
}

function verdict(paper: Paper, comparison: Comparison): string[] {
  const { agree, compared, unlikeClocks } = comparison;
  const all = [
    `${count(compared.packets)} packets of ${plural(compared.streams, "stream")}`,
    plural(compared.repairs, "repair"),
    plural(compared.figures, "figure"),
    plural(compared.expectations, "expectation"),
  ].join(", ");
  const clocks = [...new Set(unlikeClocks.map(({ a, b }) => `${a} and ${b}`))];
  const notes = clocks.map(
    pair => `How long repairs took is not compared between ${pair}: their clocks are not of one kind.`,
  );
  return [
    agree ? paper.paint(["bold", "green"], "SAME") : paper.paint(["bold", "red"], "DIFFERENT"),
    ...paper.sentence(`Compared: ${all}.`, 0),
    ...notes.flatMap(note => paper.sentence(note, 0)).map(line => paper.dim(line)),
  ];
}
