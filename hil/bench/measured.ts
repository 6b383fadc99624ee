/** A scenario played and measured, as `nearhop run` does it. */
import { measure, type Report } from "../measure/index.js";
import { type RunOptions, runScenario } from "../run.js";
import type { Scenario } from "../scenario/scenario.js";
import { checkExpectations } from "../world/expectations.js";

export async function measured(scenario: Scenario, options: RunOptions): Promise<Report> {
  const { observations, targets } = await runScenario(scenario, options);
  return measure({
    generator: "bench",
    scenario: { name: scenario.name, title: scenario.title, description: scenario.description },
    targets,
    seed: options.seed ?? 1,
    observations,
    expectations: checkExpectations(scenario, observations),
  });
}
