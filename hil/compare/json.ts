/** A comparison, or a gate, for programs: checked against its own schema before it is written. */
import { jsonSchemaOf } from "../report/json.js";
import { COMPARISON_SCHEMA, type Comparison, comparison as schema } from "./comparison.js";
import { GATE_SCHEMA, type Gate, gate as gateSchema } from "./gate/shape.js";

export function comparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(schema.parse(comparison), null, 2)}\n`;
}

export function comparisonJsonSchema(): string {
  return jsonSchemaOf(schema, `What nearhop compare --json writes of two targets, ${COMPARISON_SCHEMA}`);
}

export function gateJson(gate: Gate): string {
  return `${JSON.stringify(gateSchema.parse(gate), null, 2)}\n`;
}

export function gateJsonSchema(): string {
  return jsonSchemaOf(gateSchema, `What nearhop compare --json writes of a baseline, ${GATE_SCHEMA}`);
}
