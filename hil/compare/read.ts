/** Reads back what `nearhop run --json` wrote, or the figures of a benchmark. */
import { InputError } from "../../host/input-error.js";
import { RATED_SCHEMA, ratedFigures } from "../measure/rated.js";
import { report } from "../measure/result.js";
import type { NamedReport } from "./comparable.js";
import type { NamedFigures } from "./gate/gate.js";

const EXPECTED = "a report of nearhop run --json, or figures of nearhop bench failover --json";

/** `name` is what messages call it. Throws an InputError where the text is neither. */
export function readMeasured(name: string, text: string): NamedReport | NamedFigures {
  const value = parse(name, text);
  const shape = isFigures(value) ? ratedFigures : report;
  const { data, error } = shape.safeParse(value);
  if (data) return "figures" in data ? { name, figures: data } : { name, report: data };
  const { path, message } = error.issues[0]!;
  throw new InputError({ file: name }, EXPECTED, `at ${path.join(".") || "its top"}: ${message}`);
}

function isFigures(value: unknown): boolean {
  return typeof value === "object" && value !== null && "schema" in value && value.schema === RATED_SCHEMA;
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError({ file: name }, EXPECTED, "what is not JSON");
  }
}
