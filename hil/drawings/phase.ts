/** How long a silent death stays unseen, by how long before it the last BFD packet came. Every death is a dot. */
import type { Report } from "../measure/result.js";
import { type Markup, markup } from "../report/html/markup.js";
import { time } from "../report/units.js";
import type { Bfd } from "../scenario/scenario.js";
import { bfdName, bfdOf } from "./bfd.js";
import { ear } from "./listen.js";
import { play } from "./play.js";
import { Axis, dots, level, round, sheet, text, upright, WIDTH } from "./sheet.js";

const SCENARIO = "hil/drawings/bfd.yaml";
const REPEAT = 100;
/** When each router's link dies, and how long before it the last BFD packet came at most; microseconds. */
const PANELS = [
  { router: "Paris", death: 200_000, longest: 10_000, left: 60, right: 390 },
  { router: "Brussels", death: 100_000, longest: 3_400, left: 442, right: WIDTH - 28 },
];
const TOP = 76;
const BOTTOM = 340;
/** A BFD packet comes up to this share of the interval early (RFC 5880 section 6.8.7). */
const JITTER = 0.25;

type Panel = (typeof PANELS)[number];

interface Death {
  /** Since the last packet, and until a query was answered again; microseconds. */
  age: number;
  unseen: number;
}

export async function phase(): Promise<string> {
  const ears = PANELS.map(({ death, longest }) =>
    ear({ neighbor: 0, from: death - longest, to: death, step: longest / 200 }),
  );
  const { scenario, repeats, command } = await play({
    scenario: SCENARIO,
    repeat: REPEAT,
    instrument: (target, { name }) =>
      ears[PANELS.findIndex(({ router }) => router === name)]?.on(target) ?? target,
  });
  const panels = PANELS.map((panel, n) => {
    const bfd = bfdOf(scenario, panel.router)!;
    const deaths = repeats.map((report, turn) => ({
      age: panel.death - ears[n]!.heard[turn]!.at(-1)!,
      unseen: restored(report, panel),
    }));
    return { panel, bfd, deaths };
  });
  return sheet({
    title: "How long a silent death stays unseen",
    description: `${panels.map(({ bfd, deaths }) => describe(bfd, deaths)).join(" ")} From a run: ${command}, seed 1, target wasm.`,
    height: BOTTOM + 66,
    content: markup`${text("dim", 20, TOP - 14, "ms until queries are answered again")}
  ${panels.map(({ panel, bfd, deaths }) => draw(panel, bfd, deaths))}
  ${text("dim end", WIDTH - 28, BOTTOM + 48, "ms since the last BFD packet, when the link dies")}`,
  });
}

/** From the death to the first query that New York answers. */
function restored(report: Report, { router, death }: Panel): number {
  const { id } = report.events.find(({ time }) => time === death)!;
  return report.outcomes.find(one => one.event === id && one.router === router)!.routeSpecific!.value;
}

function draw({ left, right }: Panel, bfd: Bfd, deaths: Death[]): Markup {
  const { interval, multiplier } = bfd;
  const x = new Axis(0, interval, left, right);
  const y = new Axis((multiplier - 1.3) * interval, (multiplier + 0.3) * interval, BOTTOM, TOP);
  const earliest = (multiplier - 1) * interval;
  const latest = multiplier * interval;
  const soonest = interval * (1 - JITTER);
  const limit = (at: number, name: string, place: Markup) =>
    markup`${level("line dashed", left, right, y.at(at))}${text("dim end", left - 6, y.at(at) + 5, name)}${place}`;
  return markup`${text("bold", left, TOP - 44, `BFD ${bfdName(bfd)}`)}
  <rect class="ground" x="${x.at(soonest)}" y="${TOP}" width="${round(right - x.at(soonest))}" height="${BOTTOM - TOP}"/>
  ${upright("line", left, TOP, BOTTOM)}${level("line", left, right, BOTTOM)}
  ${limit(latest, millis(latest), text("", x.at(interval * 0.2), y.at(latest) - 8, "at the latest"))}
  ${limit(earliest, millis(earliest), text("", left + 8, y.at(earliest) + 20, "at the earliest"))}
  ${[0, soonest, interval].map(at => text("dim mid", x.at(at), BOTTOM + 22, millis(at)))}
  ${text("dim end", right - 6, TOP + 70, "jitter makes")}${text("dim end", right - 6, TOP + 94, "these rare")}
  ${dots(
    "london faint",
    4.5,
    deaths.map(({ age, unseen }) => [x.at(age), y.at(unseen)]),
  )}`;
}

function millis(microseconds: number): string {
  return `${Number((microseconds / 1000).toFixed(1))}`;
}

function describe(bfd: Bfd, deaths: Death[]): string {
  const unseen = deaths.map(death => death.unseen);
  return `BFD ${bfdName(bfd)}, ${deaths.length} deaths: queries are answered again ${time(Math.min(...unseen))} to ${time(
    Math.max(...unseen),
  )} after the death, the sooner the longer ago the last BFD packet came.`;
}
