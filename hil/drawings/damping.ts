/** A site that flaps: its penalty at a router that damps it, and which site answers with damping, with a wait and with neither. */
import type { Report } from "../measure/result.js";
import { type Markup, markup } from "../report/html/markup.js";
import { columnsOf, stripsOf } from "../report/strips.js";
import { instant } from "../report/units.js";
import type { Damping } from "../scenario/scenario.js";
import { play } from "./play.js";
import { Axis, level, round, sheet, text, upright, WIDTH } from "./sheet.js";

const SCENARIO = "flap-damping";
const LANES = [
  { router: "Paris", name: "damped" },
  { router: "Turin", name: "waits for 5 s" },
  { router: "Lyon", name: "follows" },
];
/** The first flaps, microseconds. */
const FROM = 15_000_000;
const TO = 95_000_000;

const LEFT = 20;
const LINES = 190;
const RIGHT = WIDTH - 20;
const TOP = 40;
const BOTTOM = 210;
const MOST = 9_000;
const LANE = 30;
const APART = 46;
/** Of the width of a lane. */
const COLUMNS = RIGHT - LINES;

export async function damping(): Promise<string> {
  const { scenario, report, command } = await play({ scenario: SCENARIO, repeat: 1 });
  const [{ router }] = LANES as [(typeof LANES)[0]];
  const by = scenario.links.find(
    ({ ends, reversion }) => ends.includes(router) && reversion.damping !== null,
  )!.reversion.damping!;
  const flaps = report.events
    .filter(({ kind, time }) => kind === "withdraw" && time < TO)
    .map(({ seenBy }) => seenBy.find(one => one.router === router)!.time);
  const axis = new Axis(FROM, TO, LINES, RIGHT);
  const y = new Axis(0, MOST, BOTTOM, TOP);
  const bottom = BOTTOM + LANES.length * APART;
  const back = backAt(report, router);
  return sheet({
    title: "A site that flaps",
    description: `London withdraws ${flaps.length} times. ${LANES.map(({ router, name }) => describe(report, router, name)).join(" ")} From a run: ${command}, seed ${report.seed}, target wasm.`,
    height: bottom + 36,
    content: markup`${text("bold", LEFT, TOP + 12, "penalty")}${limit(y.at(by.suppress), "suppressed")}${limit(y.at(by.reuse), "used again")}
  <path class="curve" d="${curve(flaps, by, axis, y)}"/>${level("line", LINES, RIGHT, BOTTOM)}
  ${LANES.map(({ router, name }, n) => lane(report, router, name, BOTTOM + 18 + n * APART, axis))}
  ${upright("instant dashed", axis.at(back), y.at(by.reuse), BOTTOM + 18)}
  ${[20, 40, 60, 80].map(second => text("dim mid", axis.at(second * 1_000_000), bottom + 20, instant(second * 1_000_000)))}`,
  });
}

function limit(y: number, name: string): Markup {
  return markup`${level("line dashed", LINES, RIGHT, y)}${text("dim end", LINES - 8, y + 5, name)}`;
}

/** Every flap adds to the penalty, which halves with each half-life (RFC 2439). */
function curve(flaps: number[], { penalty, halfLife }: Damping, axis: Axis, y: Axis): string {
  let [at, worth] = [FROM, 0];
  const points: string[] = [`M${axis.at(at)} ${y.at(0)}`];
  for (const flap of [...flaps, TO]) {
    const steps = Math.max(Math.round((flap - at) / 500_000), 1);
    for (let n = 1; n <= steps; n++) {
      const time = at + ((flap - at) * n) / steps;
      points.push(`L${axis.at(time)} ${y.at(worth * 2 ** ((at - time) / halfLife))}`);
    }
    worth = worth * 2 ** ((at - flap) / halfLife) + penalty;
    at = flap;
    if (flap < TO) points.push(`V${y.at(worth)}`);
  }
  return points.join("");
}

function lane(report: Report, router: string, name: string, top: number, axis: Axis): Markup {
  const columns = columnsOf(spansOf(report, router), FROM, TO, COLUMNS);
  return markup`${text("", LEFT, top + 20, name)}${stripsOf(columns, FROM, TO, ({ site }) => site).map(
    ({ from, to, look }) =>
      markup`<rect class="${look === "London" ? "london" : "newyork"} flat" x="${axis.at(from)}" y="${top}" width="${round(axis.at(to) - axis.at(from))}" height="${LANE}"/>`,
  )}${top < BOTTOM + APART ? markup`${text("on mid", axis.at(55_000_000), top + 20, "New York")}${text("on end", RIGHT - 8, top + 20, "London")}` : null}
  `;
}

function spansOf(report: Report, router: string): Report["timeline"][number]["spans"] {
  return report.timeline[report.streams.findIndex(one => one.router === router && one.representative)]!.spans;
}

/** When it uses London for good. */
function backAt(report: Report, router: string): number {
  return spansOf(report, router).findLast(({ site, from }) => site === "London" && from < TO)!.from;
}

function describe(report: Report, router: string, name: string): string {
  const moves = spansOf(report, router).filter(({ from }) => from > FROM && from < TO).length;
  return `${router} (${name}): ${moves} moves, back for good at ${instant(backAt(report, router))}.`;
}
