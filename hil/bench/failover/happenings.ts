/**
 * What happens to a network again and again, at seeded phases: an event moves traffic, and another one brings it back. So many
 * times in one run that the smallest board has memory for them, in as many runs as that takes.
 */
import type { Target } from "../../../host/target/target.js";
import type { Outcome, Report } from "../../measure/result.js";
import { printTime } from "../../scenario/quantity.js";
import type { Scenario } from "../../scenario/scenario.js";
import { draw, keyOf } from "../../world/random.js";
import { measured } from "../measured.js";
import { keptOpen } from "./kept-open.js";

const IN_A_RUN = 10;

/** Before the first event: sessions of BFD run at full speed, and conversations of every age are under way. */
const SETTLED = 500_000;
const BEFORE = 20_000;

/** Phases are seeded over a stretch as long as the longest interval in the network. */
const SPREAD = 30_000;

/** Addresses of a run's prefix. */
const PREFIX_SIZE = 16;

/** Times are microseconds. */
export interface Happening {
  /** The event, and the one that brings traffic back `away` later; both without their times. */
  there: object;
  back: object;
  away: number;
  /** From then on until the event may come again. */
  home: number;
  /** What happens before all of it. */
  before?: object;
}

/** How the network is written for a run of `duration` with these events. Each run has another prefix, so that its flows are others. */
export type Network = (run: { prefixes: string[]; duration: string; events: object[] }) => Scenario;

/** What one event, and the one that brought traffic back, did to every stream. */
export interface Seen {
  report: Report;
  /** Their ids. */
  there: string;
  back: string;
}

export interface HappeningOptions {
  readonly seed: number;
  readonly repeat: number;
  readonly onProgress: (share: number) => void;
}

/** Lets it happen `repeat` times on `target`, which stays open. */
export async function happen(
  target: Target,
  network: Network,
  happening: Happening,
  { seed, repeat, onProgress }: HappeningOptions,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  while (seen.length < repeat) {
    const runSeed = keyOf(seed, "run", seen.length);
    const times = timesOf(happening, Math.min(IN_A_RUN, repeat - seen.length), runSeed);
    const before = happening.before ? [{ id: "before", at: printTime(BEFORE), ...happening.before }] : [];
    const events = times.flatMap(({ there, back }, turn) => [
      { id: `there ${turn}`, at: printTime(there), ...happening.there },
      { id: `back ${turn}`, at: printTime(back), ...happening.back },
    ]);
    const scenario = network({
      prefixes: [`198.51.100.${((PREFIX_SIZE * seen.length) / IN_A_RUN) % 256}/28`],
      duration: printTime(times.at(-1)!.back + happening.home),
      events: [...before, ...events],
    });
    const report = await measured(scenario, {
      openTarget: async () => keptOpen(target),
      seed: runSeed,
      onProgress: share => onProgress((seen.length + share * times.length) / repeat),
    });
    seen.push(...times.map((_, turn) => ({ report, there: `there ${turn}`, back: `back ${turn}` })));
  }
  return seen;
}

function timesOf({ away, home }: Happening, count: number, seed: number): { there: number; back: number }[] {
  const key = keyOf(seed, "phases");
  const phase = (index: number) => Math.floor(draw(key, index) * SPREAD);
  return Array.from({ length: count }, (_, turn) => {
    const start = SETTLED + turn * (away + home + 2 * SPREAD);
    return { there: start + phase(2 * turn), back: start + SPREAD + away + phase(2 * turn + 1) };
  });
}

/** The finest time that all of them can claim, microseconds. */
export function resolutionOf(seen: readonly Seen[]): number {
  return Math.max(...seen.map(({ report }) => report.resolution.value));
}

export function outcomesOf({ outcomes }: Report, event: string): Outcome[] {
  return outcomes.filter(outcome => outcome.event === event);
}
