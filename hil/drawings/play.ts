/** Plays a scenario on the wasm target, as `nearhop run` does. */
import type { Target } from "../../host/target/target.js";
import { openWasm } from "../../host/target/wasm.js";
import { measure } from "../measure/index.js";
import type { Report } from "../measure/result.js";
import { runScenario } from "../run.js";
import { loadScenario } from "../scenario/load.js";
import type { Scenario, TestedRouter } from "../scenario/scenario.js";
import { checkExpectations } from "../world/expectations.js";

export interface Run {
  /** One that ships, or the path of a file. */
  scenario: string;
  repeat: number;
  /** What is to happen to a router's target before it is used. */
  instrument?: (target: Target, router: TestedRouter) => Target;
}

export interface Played {
  scenario: Scenario;
  /** Of all repeats together, and of each. */
  report: Report;
  repeats: Report[];
  /** The command that plays it. */
  command: string;
}

const SEED = 1;

/** Throws where an expectation of the scenario does not hold: a drawing shows no run that failed. */
export async function play({ scenario: name, repeat, instrument = target => target }: Run): Promise<Played> {
  const scenario = await loadScenario(name);
  const { observations, targets } = await runScenario(scenario, {
    openTarget: async router => instrument(await openWasm(), router),
    seed: SEED,
    repeat,
  });
  const reportOf = (some: typeof observations) =>
    measure({
      generator: "drawings",
      scenario: { name, title: scenario.title, description: scenario.description },
      targets,
      seed: SEED,
      observations: some,
      expectations: checkExpectations(scenario, some),
    });
  const report = reportOf(observations);
  if (report.verdict === "fail") throw new Error(`${name} fails`);
  const repeats = observations.map(one => reportOf([one]));
  return {
    scenario,
    report,
    repeats,
    command: `nearhop run ${name}${repeat > 1 ? ` --repeat ${repeat}` : ""}`,
  };
}
