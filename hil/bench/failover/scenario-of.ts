/** A scenario that a benchmark composes, by the form and through the checks of a file. */
import { stringify } from "yaml";
import { parseScenario } from "../../scenario/load.js";
import type { Scenario } from "../../scenario/scenario.js";

export function scenarioOf(name: string, content: object): Scenario {
  return parseScenario(`${name}.yaml`, stringify(content, { aliasDuplicateObjects: false }));
}
