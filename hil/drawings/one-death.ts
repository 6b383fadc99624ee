/** One silent death, packet by packet: how a gap comes about. */
import { type Markup, markup } from "../report/html/markup.js";
import { instant, time } from "../report/units.js";
import { bfdName, bfdOf } from "./bfd.js";
import { ear } from "./listen.js";
import { packets } from "./packets.js";
import { play } from "./play.js";
import { Axis, level, round, sheet, span, text, upright, WIDTH } from "./sheet.js";

const SCENARIO = "silent-death";
const ROUTER = "Paris";
/** How much is shown around the death, microseconds. */
const BEFORE = 20_000;
const AFTER = 38_000;
/** One that came in the middle between two packets. */
const DEATH = 22_000_000;

const TICKS = [-20, -10, 0, 10, 20, 30];
const LEFT = 40;
const BFD = 92;
const QUERIES = 220;
const BOTTOM = 300;

export async function oneDeath(): Promise<string> {
  const { heard, on } = ear({ neighbor: 0, from: DEATH - BEFORE, to: DEATH, step: 20 });
  const { scenario, report, command } = await play({
    scenario: SCENARIO,
    repeat: 1,
    instrument: (target, { name }) => (name === ROUTER ? on(target) : target),
  });
  const { id } = report.events.find(({ time }) => time === DEATH)!;
  const found = report.repairs.find(({ router, event }) => router === ROUTER && event === id)!.time;
  const stream = report.streams.findIndex(one => one.router === ROUTER && one.representative);
  const outcome = report.outcomes.find(one => one.stream === stream && one.event === id)!;
  const gap = time(outcome.lossOfConnectivity!.value);
  const [arrivals] = heard as [number[]];
  const last = arrivals.at(-1)!;
  const silence = `${bfdName(bfdOf(scenario, ROUTER)!)} of silence`;

  const axis = new Axis(DEATH - BEFORE, DEATH + AFTER, LEFT, WIDTH - LEFT);
  const [death, end] = [axis.at(DEATH), axis.at(found)];
  return sheet({
    title: "One silent death, packet by packet",
    description: `The link between Paris and London dies ${time(DEATH - last)} after the last BFD packet came. After ${silence} Paris takes London for dead and uses New York. Nobody answers for ${gap}. From a run: ${command}, seed ${
      report.seed
    }, target wasm, at ${instant(DEATH)}.`,
    height: BOTTOM + 48,
    content: markup`${TICKS.map(ms => tick(ms, axis.at(DEATH + ms * 1000)))}
  <rect class="gap" x="${death}" y="${QUERIES - 26}" width="${round(end - death)}" height="52"/>
  ${text("bold", LEFT, BFD - 24, "BFD from London")}${level("line", LEFT, WIDTH - LEFT, BFD + 14)}
  ${arrivals.map(at => bar(axis.at(at)))}
  ${span(axis.at(last), end, BFD + 46, silence, (death + end) / 2)}
  ${text("bold", LEFT, QUERIES - 42, "Queries")}${level("line", LEFT, WIDTH - LEFT, QUERIES)}
  ${packets(report, stream, axis, QUERIES, 4.5)}
  ${text("london", LEFT, QUERIES + 32, "London answers")}${text("newyork end", WIDTH - LEFT, QUERIES + 32, "New York")}
  ${span(death, end, QUERIES + 52, `gap ${gap}`)}
  ${upright("instant", death, BFD - 48, BOTTOM)}${text("mid", death, BFD - 56, "the link dies")}
  ${upright("instant dashed", end, BFD - 48, BOTTOM)}${text("mid", end, BFD - 56, "Paris finds out")}`,
  });
}

function tick(ms: number, x: number): Markup {
  const label = ms === 0 ? "0" : `${ms < 0 ? "−" : "+"}${Math.abs(ms)} ms`;
  return markup`${upright("grid", x, BFD - 40, BOTTOM)}${text("dim mid", x, BOTTOM + 20, label)}`;
}

function bar(x: number): Markup {
  return markup`<rect class="london" x="${round(x - 3)}" y="${BFD - 10}" width="6" height="24" rx="2"/>`;
}
