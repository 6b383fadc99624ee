/** The report for programs: checked against its own schema before it is written, and that schema as JSON Schema. */
import { z } from "zod";
import { REPORT_SCHEMA, type Report, report as schema } from "../measure/result.js";

export function json(report: Report): string {
  return `${JSON.stringify(schema.parse(report), null, 2)}\n`;
}

/** JSON Schema (draft 2020-12) of what `json` writes. */
export function jsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(schema);
  const title = `What nearhop run --json writes, ${REPORT_SCHEMA}. Times are in microseconds.`;
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
