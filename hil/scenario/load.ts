/** Scenario files: those that ship with the rig, by name, and the user's, by path. */
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { unreadable } from "../../host/input-error.js";
import { openInput, readAll } from "../../host/tables/input.js";
import { inputError } from "../../host/yaml/problem.js";
import { Source } from "../../host/yaml/source.js";
import { resolve } from "./resolve.js";
import type { Scenario } from "./scenario.js";
import { scenarioFile } from "./schema.js";
import { withoutTables } from "./without-tables.js";

export interface LoadOptions {
  /** Whether the run is given a prefix table. Without one, routers with `background_prefixes: table` are left out. */
  table?: boolean;
}

/** Scenarios are not compiled: a build finds them where the sources have them. */
const folder = fileURLToPath(
  new URL(
    import.meta.url.includes("/dist/hil/") ? "../../../hil/scenarios/" : "../scenarios/",
    import.meta.url,
  ),
);

/** Names of the scenarios that ship. */
export function shippedScenarios(): string[] {
  const files = readdirSync(folder).filter(file => file.endsWith(".yaml"));
  return files.map(file => file.replace(/\.yaml$/, "")).sort();
}

/** The scenario of that name, of the file at that path, or in standard input for "-". Throws an InputError. */
export async function loadScenario(nameOrPath: string, options: LoadOptions = {}): Promise<Scenario> {
  if (nameOrPath === "-") {
    const input = openInput(nameOrPath);
    return parseScenario(input.name, (await readAll(input)).toString(), options);
  }
  const shipped = shippedScenarios().includes(nameOrPath) && !existsSync(nameOrPath);
  const path = shipped ? `${folder}${nameOrPath}.yaml` : nameOrPath;
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const expected = `a scenario file, or one of ${shippedScenarios().join(", ")}`;
    throw unreadable(nameOrPath, expected, error);
  }
  return parseScenario(shipped ? `${nameOrPath}.yaml` : path, text, options);
}

/** `file` is for messages. Throws an InputError. */
export function parseScenario(file: string, text: string, { table = false }: LoadOptions = {}): Scenario {
  const source = Source.parse(file, text);
  const read = scenarioFile.safeParse(source.value);
  if (!read.success) throw inputError(source, read.error.issues);
  const scenario = resolve(source, read.data);
  return table ? scenario : withoutTables(scenario);
}
