/** Conversations that break, by what happens and by what keeps them. */
import type { Outcome, Report } from "../measure/result.js";
import { type Markup, markup } from "../report/html/markup.js";
import { play } from "./play.js";
import { round, sheet, text, WIDTH } from "./sheet.js";

const SCENARIO = "hil/drawings/conversations.yaml";
const REPEAT = 3;
const MODES = [
  { router: "Paris", name: "nothing kept" },
  { router: "Lyon", name: "idle buckets" },
  { router: "Turin", name: "pinned flows" },
];
/** Events by the beginning of their ids. */
const ROWS = [
  { name: "London withdraws", events: () => "withdrawal" },
  { name: "joins again", events: () => "join" },
  { name: "flaps five times", events: () => "flap" },
  { name: "becomes nearer", events: (router: string) => `${router} cheaper` },
  { name: "dies", events: () => "death" },
];
const LEFT = 20;
const BARS = 220;
const APART = 16;
const BAR = (WIDTH - BARS - LEFT - (MODES.length - 1) * APART) / MODES.length;
/** A bar of everything leaves room for its number. */
const FULL = BAR - 80;
const TOP = 52;
const ROW = 48;
const HEIGHT = 28;

/** Shares of the conversations that were open when it began. */
interface Cell {
  moved: number;
  died: number;
}

export async function conversations(): Promise<string> {
  const { repeats, command } = await play({ scenario: SCENARIO, repeat: REPEAT });
  const rows = ROWS.map(({ name, events }) => ({
    name,
    cells: MODES.map(({ router }) => cellOf(repeats, router, events(router))),
  }));
  const bottom = TOP + rows.length * ROW;
  return sheet({
    title: "Conversations that break",
    description: `${rows.map(({ name, cells }) => describe(name, cells)).join(" ")} From a run: ${command}, seed 1, target wasm.`,
    height: bottom + 52,
    content: markup`${MODES.map(({ name }, n) => text("bold", leftOf(n), TOP - 18, name))}
  ${rows.map(({ name, cells }, n) => row(name, cells, TOP + n * ROW))}
  <rect class="broken" x="${BARS}" y="${bottom + 10}" width="18" height="18"/>${text("", BARS + 28, bottom + 25, "moved to another site")}
  <rect class="died" x="${leftOf(1) + 120}" y="${bottom + 10}" width="18" height="18"/>${text("", leftOf(1) + 148, bottom + 25, "died with London")}`,
  });
}

function leftOf(mode: number): number {
  return round(BARS + mode * (BAR + APART));
}

function cellOf(repeats: Report[], router: string, events: string): Cell {
  const met = repeats.map(({ outcomes }) =>
    outcomes.filter(one => one.router === router && one.event.startsWith(events)),
  );
  const sum = (outcomes: Outcome[], key: "open" | "moved" | "homeDied") =>
    outcomes.reduce((total, { sessions }) => total + sessions[key], 0);
  const open = sum(
    met.flatMap(outcomes => outcomes.filter(({ event }) => event === outcomes[0]!.event)),
    "open",
  );
  return { moved: sum(met.flat(), "moved") / open, died: sum(met.flat(), "homeDied") / open };
}

function row(name: string, cells: Cell[], top: number): Markup {
  const bars = cells.map(({ moved, died }, n) => {
    const x = leftOf(n);
    const rect = (kind: string, from: number, share: number) =>
      share > 0
        ? markup`<rect class="${kind}" x="${round(x + from * FULL)}" y="${top}" width="${round(share * FULL)}" height="${HEIGHT}"/>`
        : null;
    return markup`<rect class="ground" x="${x}" y="${top}" width="${round(BAR)}" height="${HEIGHT}"/>${rect("broken", 0, moved)}${rect("died", moved, died)}${text(
      "",
      round(x + (moved + died) * FULL + 8),
      top + 20,
      percent(moved + died),
    )}`;
  });
  return markup`${text("", LEFT, top + 20, name)}${bars}
  `;
}

/** Whole, as there are some hundred conversations. */
function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function describe(name: string, cells: Cell[]): string {
  const each = cells.map(({ moved, died }, n) => `${percent(moved + died)} with ${MODES[n]!.name}`);
  return `${name}: ${each.join(", ")}.`;
}
