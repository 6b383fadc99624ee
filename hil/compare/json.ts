/** A comparison for programs: checked against its own schema before it is written. */
import { jsonSchemaOf } from "../report/json.js";
import { COMPARISON_SCHEMA, type Comparison, comparison as schema } from "./comparison.js";

export function comparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(schema.parse(comparison), null, 2)}\n`;
}

export function comparisonJsonSchema(): string {
  return jsonSchemaOf(schema, `What nearhop compare --json writes, ${COMPARISON_SCHEMA}`);
}
