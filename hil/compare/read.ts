/** Reads back what `nearhop run --json` wrote, or the figures of a benchmark. */
import { InputError, type Place } from "../../host/input-error.js";
import { excerpt, findFault, offsetOf, valueAt } from "../../host/json-place.js";
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
  const wrong = valueAt(value, path);
  const found = wrong === undefined ? "nothing" : excerpt(JSON.stringify(wrong));
  const where = placeOf(name, text, offsetOf(text, path));
  throw new InputError(where, EXPECTED, `${found} at ${path.join(".") || "its top"} (${message})`);
}

function isFigures(value: unknown): boolean {
  return typeof value === "object" && value !== null && "schema" in value && value.schema === RATED_SCHEMA;
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { offset, expected } = findFault(text)!;
    const found = offset < text.length ? excerpt(text.slice(offset).trimEnd()) : "the end of the file";
    throw new InputError(placeOf(name, text, offset), `${EXPECTED}, with ${expected} here`, found);
  }
}

function placeOf(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset).split("\n");
  return { file, line: before.length, column: before.at(-1)!.length + 1 };
}
