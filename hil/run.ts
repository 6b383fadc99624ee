/**
 * Runs a scenario: sets every router under test up, lets the probe inside it play the scenario, fetches its records, and
 * says what they mean for the network around.
 *
 *     plan -> CONFIGURE ... EVENT -> RUN -> elapse -> PROGRESS -> RECORDS -> observe
 *
 * Routers are independent of each other: each meets the network, not one another's packets. So their targets run side by side,
 * and several routers may have one target, which plays them one after the other.
 */
import { InputError } from "../host/input-error.js";
import type { PrefixBatch } from "../host/protocol/prefixes.js";
import { Refused } from "../host/protocol/refused.js";
import { Status } from "../host/protocol/words.js";
import type { PrefixTable } from "../host/tables/routes.js";
import type { Target } from "../host/target/target.js";
import { OutOfTimeError, TargetError } from "../host/target-error.js";
import type { TargetInfo } from "./measure/result.js";
import type { Scenario, TestedRouter } from "./scenario/scenario.js";
import { Background } from "./world/background.js";
import { newsOf } from "./world/news.js";
import type { Observation } from "./world/observation.js";
import { observe, type RouterRun } from "./world/observe.js";
import { planRouter } from "./world/plan.js";
import { program, type Step } from "./world/program.js";
import { keyOf } from "./world/random.js";
import { decodeRecords, type ProbeRecord } from "./world/records.js";
import { Topology } from "./world/topology.js";

export interface RunOptions {
  /** Starts or reaches the target of a router under test; it may be another router's too. `runScenario` closes it. */
  openTarget(router: TestedRouter): Promise<Target>;
  seed?: number;
  repeat?: number;
  /** For routers with `background_prefixes: table`. */
  table?: PrefixTable | null;
  /** Share of the whole, 0 to 1. */
  onProgress?: (share: number) => void;
}

export interface RunResult {
  /** One a repeat. */
  observations: Observation[];
  targets: TargetInfo[];
}

/** Share of the progress that a background table's load counts for. */
const LOADING = 0.5;
/** Device time for what is due at the very end, microseconds. */
const GRACE = 1000;
/** How often a router that is still at work is given as much again. */
const PATIENCE = 100;

export async function runScenario(scenario: Scenario, options: RunOptions): Promise<RunResult> {
  const { seed = 1, repeat = 1, table = null, onProgress = () => {} } = options;
  const opened: OpenRouter[] = [];
  try {
    for (const router of scenario.routers) {
      const background = Background.of(router, scenario.prefixes, table);
      opened.push({ router, background, target: await options.openTarget(router) });
    }
    const targets = await Promise.all(opened.map(describe));
    const observations: Observation[] = [];
    for (let turn = 0; turn < repeat; turn++) {
      const shares = opened.map(() => 0);
      const report = (index: number) => (share: number) => {
        shares[index] = share;
        const mean = shares.reduce((sum, one) => sum + one, 0) / shares.length;
        onProgress((turn + mean) / repeat);
      };
      const turnSeed = keyOf(seed, turn);
      const runs = inTurns(opened, (one, index) => runRouter(scenario, one, turnSeed, report(index)));
      observations.push(observe(scenario, await runs));
    }
    return { observations, targets };
  } finally {
    await Promise.all([...new Set(opened.map(({ target }) => target))].map(target => target.close()));
  }
}

interface OpenRouter {
  router: TestedRouter;
  target: Target;
  background: Background;
}

/** Runs all side by side, but those on one target one after the other. */
function inTurns<T>(opened: OpenRouter[], run: (one: OpenRouter, index: number) => Promise<T>): Promise<T[]> {
  const last = new Map<Target, Promise<unknown>>();
  const runs = opened.map((one, index) => {
    const before = last.get(one.target) ?? Promise.resolve();
    const turn = before.then(() => run(one, index));
    last.set(one.target, turn);
    return turn;
  });
  return Promise.all(runs);
}

async function describe({ router, target }: OpenRouter): Promise<TargetInfo> {
  const { board, buildHash, tickRate } = await target.client.request("HELLO", {});
  return {
    router: router.name,
    target: target.name,
    board,
    buildHash: Buffer.from(buildHash).toString("hex"),
    clock: target.clock,
    tickRate,
  };
}

async function runRouter(
  scenario: Scenario,
  open: OpenRouter,
  seed: number,
  onProgress: (share: number) => void,
): Promise<RouterRun> {
  const { router, target, background } = open;
  const plan = planRouter(scenario, new Topology(scenario), newsOf(scenario), router, seed);
  const loading = background.count > 0 ? LOADING : 0;
  const prefixes = background.count + scenario.prefixes.length;
  await setUp(open, program(scenario, plan, background, seed), prefixes, announced =>
    onProgress(loading * Math.min(1, announced / (prefixes * plan.neighbors.length))),
  );
  const played = await play(target, router.name, scenario.duration, share =>
    onProgress(loading + (1 - loading) * share),
  );
  return { plan, ...played, prefixes };
}

/** Lets the probe of a router that is set up run for so long; gives what it saw. */
export async function play(
  target: Target,
  router: string,
  duration: number,
  onProgress: (share: number) => void,
): Promise<{ records: ProbeRecord[]; lateness: number }> {
  await target.client.request("RUN", { duration });
  await target.elapse(duration + GRACE, onProgress);
  const { records, lost, lateness } = await finish(target, router);
  if (lost > 0) throw new TargetError(`${router} had no room for ${lost} of its records`);
  return { records: await fetchRecords(target, records), lateness };
}

/** Carries out `steps`. `onAnnounced` gets the number of prefixes announced so far, over all neighbors. */
async function setUp(
  { router, target, background }: OpenRouter,
  steps: Iterable<Step>,
  prefixes: number,
  onAnnounced: (count: number) => void,
): Promise<void> {
  const { client } = target;
  let announced = 0;
  function* announce(slot: number, batches: Iterable<PrefixBatch>) {
    for (const { family, tail, count } of batches) {
      yield { values: { slot, family }, tail };
      announced += count;
      if (background.count > 0) onAnnounced(announced);
    }
  }
  for (const step of steps) {
    const answered =
      step.name === "ANNOUNCE"
        ? client.requestEach("ANNOUNCE", announce(step.slot, step.batches))
        : client.request(step.name, step.values, step.tail);
    await answered.catch(error => {
      throw isTooLarge(error) ? tooLarge(router, target, prefixes, error) : error;
    });
  }
}

/** Only CONFIGURE asks for memory; what it refuses is the scenario's size. */
function isTooLarge(error: unknown): error is Refused {
  return error instanceof Refused && error.status === Status.CAPACITY;
}

function tooLarge(
  { name, backgroundPlace }: TestedRouter,
  target: Target,
  prefixes: number,
  { detail }: Refused,
): InputError {
  const missing = detail > 0 ? `${detail} bytes of memory are missing` : "more than can be addressed";
  return new InputError(
    backgroundPlace,
    `a table that fits into ${target.name}`,
    `${prefixes} prefixes in ${name} (${missing})`,
  );
}

/** The probe's account once it has stopped. */
async function finish(target: Target, router: string) {
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    const progress = await target.client.request("PROGRESS", {});
    if (progress.running === 0) return progress;
    await target.elapse(GRACE);
  }
  throw new OutOfTimeError(`${router} still runs after the scenario's duration`);
}

async function fetchRecords({ client }: Target, total: number): Promise<ProbeRecord[]> {
  const records: ProbeRecord[] = [];
  while (records.length < total) {
    const { count, tail } = await client.request("RECORDS", { first: records.length });
    if (count === 0) throw new TargetError(`the router gave ${records.length} of ${total} records`);
    records.push(...decodeRecords(tail, count));
  }
  return records;
}
