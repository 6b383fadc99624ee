/** The report for people at a terminal. Readable at 80 columns without colour. */
import type { Report } from "../../measure/result.js";
import { MANY_EVENTS } from "../digest.js";
import { clockNote, heldNames, siteName } from "../naming.js";
import { familyOf, routesOf } from "../routes.js";
import { count, instant, plural, time } from "../units.js";
import { digestSection } from "./digest.js";
import { eventSection } from "./events.js";
import { expectationSection } from "./expectations.js";
import { Lanes } from "./lanes.js";
import { loadSection } from "./load.js";
import { type Options, Paper } from "./paper.js";
import { repeatSection } from "./repeats.js";

export function terminal(report: Report, options: Options): string {
  const paper = new Paper(options);
  const lanes = new Lanes(paper, report);
  const sections = [
    header(paper, report),
    catchments(paper, report),
    timeline(paper, report, lanes),
    ...(report.events.length > MANY_EVENTS
      ? [digestSection(paper, report)]
      : report.events.map((event, i) => eventSection(paper, report, lanes, event, i + 1))),
    heldSection(paper, report),
    loadSection(paper, report),
    repeatSection(paper, report),
    expectationSection(paper, report),
    verdict(paper, report),
  ];
  return `${sections
    .filter(section => section.length > 0)
    .map(section => section.join("\n"))
    .join("\n\n")}\n`;
}

function header(paper: Paper, report: Report): string[] {
  const { scenario, targets, seed, repeats, duration, resolution, generator } = report;
  const on = [...new Set(targets.map(({ target, board, clock }) => `${target} (${board}, ${clock} clock)`))];
  const facts = [
    `on ${on.join(", ")}`,
    `${instant(duration)} long`,
    plural(repeats, "repeat"),
    `seed ${seed}`,
    `resolution ${time(resolution.value)}`,
    generator,
  ];
  return [
    ...paper.sentence(`${scenario.title} (${scenario.name})`, 0).map(line => paper.heading(line)),
    ...paper.sentence(facts.join(" · "), 0).map(line => paper.dim(line)),
  ];
}

function catchments(paper: Paper, { catchments }: Report): string[] {
  if (catchments.length === 0) return [];
  const rows = catchments.map(({ client, prefix, site, roundTrip }) => [
    { text: client },
    { text: familyOf(prefix) },
    { text: prefix },
    { text: siteName(site) },
    { text: roundTrip === null ? "" : time(roundTrip) },
  ]);
  return [
    paper.heading("Who reaches which site"),
    ...paper.table(
      [{ flexible: true }, {}, { flexible: true }, { flexible: true }, { align: "right" }],
      [
        ["client", "", "prefix", "site", "round trip"].map(text => ({ text, format: "dim" as const })),
        ...rows,
      ],
    ),
  ];
}

function timeline(paper: Paper, report: Report, lanes: Lanes): string[] {
  if (report.streams.length === 0) return [];
  const scale = `0:00 to ${instant(report.duration)}, ${time(report.duration / lanes.width)} a column`;
  return [
    `${paper.heading("Who answered when")}  ${paper.dim(scale)}`,
    lanes.legend(),
    lanes.numbers(
      report.events.map(({ time }) => time),
      0,
      report.duration,
    ),
    ...routesOf(report).map(route => lanes.lane(route, 0, report.duration)),
  ].filter(line => line !== "");
}

function heldSection(paper: Paper, report: Report): string[] {
  const names = heldNames(report);
  return names.length === 0
    ? []
    : [paper.heading("Held back"), ...names.flatMap(name => paper.sentence(name))];
}

function verdict(paper: Paper, report: Report): string[] {
  const { expectations, verdict, method } = report;
  const failed = expectations.filter(({ pass }) => !pass).length;
  const all = plural(expectations.length, "expectation");
  const line = verdict === "pass" ? `PASS  ${all} held` : `FAIL  ${count(failed)} of ${all} did not hold`;
  const notes = [
    `Figures ${method.basis}; in brackets the interval that holds the true value.`,
    clockNote(report),
  ];
  return [
    paper.paint(["bold", verdict === "pass" ? "green" : "red"], line),
    ...notes
      .filter(note => note !== "")
      .flatMap(note => paper.sentence(note, 0))
      .map(one => paper.dim(one)),
  ];
}
