import { afterAll, beforeAll, expect, it } from "vitest";
import { runScenario } from "../../hil/run.js";
import { loadScenario, shippedScenarios } from "../../hil/scenario/load.js";
import { Background } from "../../hil/world/background.js";
import { checkExpectations } from "../../hil/world/expectations.js";
import { newsOf } from "../../hil/world/news.js";
import { planRouter } from "../../hil/world/plan.js";
import { capacities } from "../../hil/world/program.js";
import { Topology } from "../../hil/world/topology.js";
import type { Request } from "../../host/protocol/messages.js";
import { Refused } from "../../host/protocol/refused.js";
import { openEmulated } from "../../host/target/emulated.js";
import type { Target } from "../../host/target/target.js";
import { testImage } from "./image.js";

/** What `docs/boards.md` says of the smallest board. */
const scenarios = ["hop-count", "latency", "link-cost", "pinning", "three-sites"];
const edge = {
  ports: 4,
  neighbors: 4,
  paths: 16,
  sets: 16,
  pathsPerSet: 2,
  buckets: 16,
  bucketAges: 0,
  distances: 0,
  flows: 0,
};
const prefixes = { 4: 1500, 6: 750 };

let directory: string;
let target: Target;

beforeAll(async () => {
  directory = (await testImage("microbit")).directory;
  target = await openEmulated("microbit", directory);
  await target.client.hello();
});

afterAll(() => target.close());

/** Bytes that are missing for these capacities; 0 where they fit. */
async function missing(values: Request<"CONFIGURE">): Promise<number> {
  try {
    await target.client.request("CONFIGURE", values);
    return 0;
  } catch (error) {
    if (error instanceof Refused) return error.detail;
    throw error;
  }
}

it("a micro:bit has memory for most scenarios, and says how much it lacks for the others", async () => {
  const fitting: string[] = [];
  for (const name of shippedScenarios()) {
    const scenario = await loadScenario(name);
    const lacks = [];
    for (const router of scenario.routers.filter(router => router.target === null)) {
      const plan = planRouter(scenario, new Topology(scenario), newsOf(scenario), router, 1);
      const background = Background.of(router, scenario.prefixes, null);
      lacks.push(await missing(capacities(scenario, plan, background)));
    }
    if (lacks.every(bytes => bytes === 0)) fitting.push(name);
  }
  expect(fitting).toEqual(scenarios);
});

it("a micro:bit has memory for an edge with as many prefixes as the documentation says", async () => {
  const probe = { streams: 0, events: 0, records: 0, bfdSessions: 0, reversion: 0, histories: 0 };
  expect(await missing({ ...edge, ...probe, prefixes4: prefixes[4], prefixes6: 0 })).toBe(0);
  expect(await missing({ ...edge, ...probe, prefixes4: 0, prefixes6: prefixes[6] })).toBe(0);
  expect(await missing({ ...edge, ...probe, prefixes4: 2 * prefixes[4], prefixes6: 0 })).toBeGreaterThan(0);
});

it("a micro:bit passes a whole scenario", async () => {
  const scenario = await loadScenario("hop-count");
  const { observations } = await runScenario(scenario, {
    openTarget: () => openEmulated("microbit", directory),
  });
  expect(checkExpectations(scenario, observations).every(({ pass }) => pass)).toBe(true);
});
