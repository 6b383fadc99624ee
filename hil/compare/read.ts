/** Reads back what `nearhop run --json` wrote. */
import { InputError } from "../../host/input-error.js";
import { report as schema } from "../measure/result.js";
import type { NamedReport } from "./comparable.js";

const EXPECTED = "a report of nearhop run --json";

/** `name` is what messages call it. Throws an InputError where the text is no report. */
export function readReport(name: string, text: string): NamedReport {
  const { data, error } = schema.safeParse(parse(name, text));
  if (data) return { name, report: data };
  const { path, message } = error.issues[0]!;
  throw new InputError({ file: name }, EXPECTED, `at ${path.join(".") || "its top"}: ${message}`);
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InputError({ file: name }, EXPECTED, "what is not JSON");
  }
}
