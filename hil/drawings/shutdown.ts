/** A site that is switched off, with a word before and without. */
import type { Report } from "../measure/result.js";
import { type Markup, markup } from "../report/html/markup.js";
import { packets } from "./packets.js";
import { play } from "./play.js";
import { Axis, level, sheet, text, upright, WIDTH } from "./sheet.js";

const SCENARIO = "graceful-shutdown";
/** Around an event, microseconds. */
const BEFORE = 12_000;
const AFTER = 50_000;
const COLUMNS = [
  { event: 20_000_000, name: "London says that it goes", left: 20, right: 385 },
  { event: 50_000_000, name: "London is switched off", left: 415, right: WIDTH - 20 },
];
const ROWS = [
  { router: "Lyon", name: "heeds the word", y: 130 },
  { router: "Turin", name: "does not", y: 210 },
];
const TOP = 56;
const BOTTOM = 236;

export async function shutdown(): Promise<string> {
  const { report, command } = await play({ scenario: SCENARIO, repeat: 1 });
  return sheet({
    title: "A site that is switched off, with a word before and without",
    description: `${ROWS.map(({ router, name }) => describe(report, router, name)).join(" ")} From a run: ${command}, seed ${report.seed}, target wasm, at 0:20 and 0:50.`,
    height: BOTTOM + 64,
    content: markup`${COLUMNS.map(column => draw(report, column))}
  ${text("london", 20, BOTTOM + 48, "London")}${text("lost", 160, BOTTOM + 48, "lost")}${text("newyork", 260, BOTTOM + 48, "New York")}`,
  });
}

function draw(report: Report, { event, name, left, right }: (typeof COLUMNS)[0]): Markup {
  const axis = new Axis(event - BEFORE, event + AFTER, left, right);
  return markup`${[0, 20, 40].map(
    ms =>
      markup`${upright("grid", axis.at(event + ms * 1000), TOP + 16, BOTTOM)}${text("dim mid", axis.at(event + ms * 1000), BOTTOM + 20, ms === 0 ? "0" : `+${ms} ms`)}`,
  )}
  ${upright("instant", axis.at(event), TOP - 8, BOTTOM)}${text("bold", axis.at(event) + 8, TOP + 4, name)}
  ${ROWS.map(
    row =>
      markup`${text("", axis.at(event) + 8, row.y - 16, `${row.router} ${row.name}`)}${level("line", left, right, row.y)}${packets(report, streamOf(report, row.router), axis, row.y, 2.6)}`,
  )}`;
}

function streamOf(report: Report, router: string): number {
  return report.streams.findIndex(one => one.router === router && one.representative);
}

function describe(report: Report, router: string, name: string): string {
  const lost = COLUMNS.map(({ event }) => {
    const { id } = report.events.find(({ time }) => time === event)!;
    return report.outcomes.find(one => one.event === id && one.stream === streamOf(report, router))!.queries
      .lost;
  });
  return `${router} ${name}: ${lost[0]} queries are lost when London says that it will shut down, ${lost[1]} when it is off.`;
}
