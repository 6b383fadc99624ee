/** A site that is drained by its weight, switched off and filled again: where queries and conversations are meanwhile. */
import type { Report } from "../measure/result.js";
import { type Markup, markup } from "../report/html/markup.js";
import { instant } from "../report/units.js";
import type { Change } from "../scenario/scenario.js";
import { play } from "./play.js";
import { Axis, sheet, text, upright, WIDTH } from "./sheet.js";

const SCENARIO = "weighted-drain";
const ROUTER = "Paris";
const SITE = "London";
/** Of a column, microseconds. */
const COLUMN = 5_000_000;
/** Columns that are not shown: conversations begin one by one. */
const SKIPPED = 2;

const LEFT = 20;
const RIGHT = WIDTH - 20;
const TOP = 112;
const HEIGHT = 110;
const APART = 44;
const PANELS = [
  { transport: "udp", name: "queries", top: TOP },
  { transport: "tcp", name: "conversations", top: TOP + HEIGHT + APART },
] as const;
const BOTTOM = TOP + 2 * HEIGHT + APART;

export async function drain(): Promise<string> {
  const { scenario, report, command } = await play({ scenario: SCENARIO, repeat: 1 });
  const axis = new Axis(SKIPPED * COLUMN, report.duration, LEFT, RIGHT);
  const panels = PANELS.map(panel => ({ ...panel, shares: sharesOf(report, panel.transport) }));
  const marks = scenario.events.flatMap(({ time, change }) => {
    const name = markOf(change);
    return name === null ? [] : [{ time, name }];
  });
  return sheet({
    title: "A site is drained, switched off and filled again",
    description: `${panels.map(({ name, shares }) => describe(name, shares, marks)).join(" ")} Nothing is lost, and no conversation breaks. From a run: ${command}, seed ${report.seed}, target wasm, router ${ROUTER}.`,
    height: BOTTOM + 42,
    content: markup`${text("bold", LEFT, 34, "weight of London")}
  ${text("", LEFT, 64, "100")}${marks.map(({ time, name }) => text("mid", axis.at(time), 64, name))}
  ${panels.map(({ name, top, shares }) => draw(name, top, shares, axis))}
  ${PANELS.map(({ top }) => marks.map(({ time }) => upright("instant", axis.at(time), top, top + HEIGHT)))}
  ${Array.from({ length: 7 }, (_, n) => (n + 1) * 60_000_000).map(at => text("dim mid", axis.at(at), BOTTOM + 24, instant(at)))}`,
  });
}

function markOf(change: Change): string | null {
  if (change.kind === "announce") return `${change.attributes.weight}`;
  return change.kind === "silent_death" ? "off" : null;
}

/** London's share of the packets in each column. */
function sharesOf(report: Report, transport: "udp" | "tcp"): number[] {
  const all = new Array<number>(report.duration / COLUMN).fill(0);
  const own = all.slice();
  for (const [n, stream] of report.streams.entries()) {
    if (stream.router !== ROUTER || stream.transport !== transport) continue;
    for (const { from, packets, site } of report.timeline[n]!.spans)
      for (let i = 0; i < packets; i++) {
        const column = Math.floor((from + i * stream.interval) / COLUMN);
        all[column]!++;
        if (site === SITE) own[column]!++;
      }
  }
  return all.map((packets, column) => own[column]! / packets);
}

/** London from below, New York from above. */
function draw(name: string, top: number, shares: number[], axis: Axis): Markup {
  const y = new Axis(0, 1, top + HEIGHT, top);
  const steps = shares
    .slice(SKIPPED)
    .map((share, n) => `V${y.at(share)}H${axis.at((SKIPPED + n + 1) * COLUMN)}`)
    .join("");
  return markup`${text("bold", LEFT, top - 10, name)}
  <rect class="newyork pale" x="${LEFT}" y="${top}" width="${RIGHT - LEFT}" height="${HEIGHT}"/>
  <path class="london" d="M${LEFT} ${top + HEIGHT}${steps}V${top + HEIGHT}z"/>
  ${text("mid", axis.at(240_000_000), top + HEIGHT / 2, "New York")}${text("on", LEFT + 8, top + HEIGHT - 18, SITE)}`;
}

function describe(name: string, shares: number[], marks: { time: number; name: string }[]): string {
  const just = marks.map(({ time, name: mark }, n) => {
    const some = shares.slice(time / COLUMN, marks[n + 1] && marks[n + 1]!.time / COLUMN);
    return `${Math.round((100 * some.reduce((sum, share) => sum + share, 0)) / some.length)} % with ${mark}`;
  });
  return `London's share of the ${name}: ${just.join(", ")}.`;
}
