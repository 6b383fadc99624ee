import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  compare,
  comparisonJson,
  comparisonJsonSchema,
  gateJson,
  gateJsonSchema,
  gateReports,
} from "../../../hil/compare/index.js";
import { measure } from "../../../hil/measure/index.js";
import { example } from "../measure/example.js";

const report = measure(example());
const astray = structuredClone(report);
astray.timeline[0]!.spans[1]!.neighbor = "Madrid-link";
const comparison = compare({ name: "a.json", report }, { name: "b.json", report: astray });

describe("JSON of a comparison", () => {
  it("carries the whole comparison, with its version", () => {
    const written = JSON.parse(comparisonJson(comparison));
    expect(written).toEqual(comparison);
    expect(written.schema).toBe("nearhop-comparison/1");
  });

  it("is not written when it would break its own schema", () => {
    const broken = structuredClone(comparison);
    broken.traces[0]!.packet = 0.5;
    expect(() => comparisonJson(broken)).toThrow();
  });

  it("is described by docs/comparison.schema.json; npx tsx hil/generate-schemas.ts renews it", () => {
    expect(readFileSync(new URL("../../../docs/comparison.schema.json", import.meta.url), "utf8")).toBe(
      comparisonJsonSchema(),
    );
  });
});

describe("JSON of a gate", () => {
  const gate = gateReports({ name: "a.json", report }, { name: "b.json", report });

  it("carries the whole gate, with its version", () => {
    const written = JSON.parse(gateJson(gate));
    expect(written).toEqual(gate);
    expect(written.schema).toBe("nearhop-gate/1");
  });

  it("is described by docs/gate.schema.json; npx tsx hil/generate-schemas.ts renews it", () => {
    expect(readFileSync(new URL("../../../docs/gate.schema.json", import.meta.url), "utf8")).toBe(
      gateJsonSchema(),
    );
  });
});
