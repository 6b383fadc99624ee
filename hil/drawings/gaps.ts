/** How long nobody answers, by what finds the death. Every death is a dot. */
import type { Report, Spread } from "../measure/result.js";
import { type Markup, markup } from "../report/html/markup.js";
import { measured, time } from "../report/units.js";
import type { Change, Scenario, ScenarioEvent } from "../scenario/scenario.js";
import { bfdName, bfdOf } from "./bfd.js";
import { play } from "./play.js";
import { dots, LogAxis, round, sheet, text, upright, WIDTH } from "./sheet.js";

const SCENARIOS = ["hil/drawings/bfd.yaml", "hil/drawings/hold-time.yaml"];
const REPEAT = 100;
const TICKS = [1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

const LEFT = 20;
const RIGHT = WIDTH - 20;
const AXIS = new LogAxis(1_000, 120_000_000, 190, WIDTH - 200);
const TOP = 56;
const ROW = 50;
/** Dots of a row lie this far above or below its middle at most, so that they can be told apart. */
const SPREAD = 14;

interface Row {
  name: string;
  kind: string;
  /** Of every repeat; and all of them, as the report sums them up. */
  gaps: number[];
  spread: Spread;
  resolution: number;
}

export async function gaps(): Promise<string> {
  const rows: Row[] = [];
  const commands: string[] = [];
  for (const path of SCENARIOS) {
    const { scenario, report, repeats, command } = await play({ scenario: path, repeat: REPEAT });
    commands.push(command);
    rows.push(...scenario.events.map(event => rowOf(scenario, event, report, repeats)));
  }
  rows.sort((a, b) => a.spread.median.value - b.spread.median.value);
  const bottom = TOP + rows.length * ROW;
  return sheet({
    title: "The gap, by what finds the death",
    description: `${rows.map(describe).join(" ")} From runs: ${commands.join(" and ")}, seed 1, target wasm.`,
    height: bottom + 16,
    content: markup`${text("dim", LEFT, TOP - 18, "found by")}${TICKS.map(
      at =>
        markup`${upright("grid", AXIS.at(at), TOP - 8, bottom)}${text("dim mid", AXIS.at(at), TOP - 18, time(at))}`,
    )}${text("dim end", RIGHT, TOP - 18, "median")}${rows.map((row, n) => draw(row, TOP + (n + 0.5) * ROW))}`,
  });
}

/** The gap of the one route that an event of these scenarios disturbs. */
function rowOf(scenario: Scenario, { id, change }: ScenarioEvent, report: Report, repeats: Report[]): Row {
  const outcomes = repeats.map(
    one => one.outcomes.find(({ event, state }) => event === id && state !== "undisturbed")!,
  );
  const { router, stream } = outcomes[0]!;
  const { spread, resolution } = report.statistics.find(
    one => one.event === id && one.stream === stream && one.figure === "lossOfConnectivity",
  )!;
  return {
    ...finder(scenario, change, router),
    gaps: outcomes.map(one => one.lossOfConnectivity!.value),
    spread,
    resolution,
  };
}

function finder(scenario: Scenario, change: Change, router: string): { name: string; kind: string } {
  if (change.kind === "port_down") return { name: "port goes down", kind: "port" };
  const bfd = bfdOf(scenario, router);
  if (bfd) return { name: `BFD ${bfdName(bfd)}`, kind: "london" };
  return {
    name: `hold time ${time(scenario.routers.find(({ name }) => name === router)!.holdTime)}`,
    kind: "newyork",
  };
}

function draw({ name, kind, gaps, spread, resolution }: Row, middle: number): Markup {
  const { min, median, max } = spread;
  const names = markup`${text("", LEFT, middle + 6, name)}${text("bold end", RIGHT, middle - (max.value > 0 ? 3 : -6), measured(median, resolution))}`;
  if (max.value === 0) return markup`${names}${text(kind, AXIS.begin + 8, middle + 6, "no query is lost")}`;
  return markup`${names}${text("dim end", RIGHT, middle + 16, `${time(min.value)} – ${time(max.value)}`)}${dots(
    `${kind} faint`,
    3,
    gaps.map((gap, n) => [AXIS.at(gap), round(middle + SPREAD * (((n * 37) % REPEAT) / (REPEAT / 2) - 1))]),
  )}${upright("instant", AXIS.at(median.value), middle - 18, middle + 18)}`;
}

function describe({ name, spread: { min, median, max } }: Row): string {
  if (max.value === 0) return `${name}: no query is lost.`;
  return `${name}: ${time(min.value)} to ${time(max.value)}, median ${time(median.value)}.`;
}
