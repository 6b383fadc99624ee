/** The report for programs: checked against its own schema before it is written, and that schema as JSON Schema. */
import { z } from "zod";
import { REPORT_SCHEMA, type Report, report as schema } from "../measure/result.js";

export function json(report: Report): string {
  return `${JSON.stringify(schema.parse(report), null, 2)}\n`;
}

export function jsonSchema(): string {
  return jsonSchemaOf(schema, `What nearhop run --json writes, ${REPORT_SCHEMA}`);
}

/** JSON Schema (draft 2020-12) of what a command writes. */
export function jsonSchemaOf(shape: z.ZodType, title: string): string {
  const { $schema, ...rest } = z.toJSONSchema(shape);
  return `${JSON.stringify({ $schema, title: `${title}. Times are in microseconds.`, ...rest }, null, 2)}\n`;
}
