import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { measure, report as schema } from "../../../hil/measure/index.js";
import { json, jsonSchema } from "../../../hil/report/index.js";
import { example } from "../measure/example.js";

describe("JSON", () => {
  it("carries the whole report, with its version", () => {
    const written = JSON.parse(json(measure(example())));
    expect(written).toEqual(measure(example()));
    expect(written.schema).toBe("nearhop-report/2");
    expect(schema.parse(written)).toEqual(written);
  });

  it("is the same to the byte for the same observations", () => {
    expect(json(measure(example()))).toBe(json(measure(example())));
  });

  it("is not written when it would break its own schema", () => {
    const broken = measure(example());
    broken.outcomes[0]!.queries.lost = Number.NaN;
    expect(() => json(broken)).toThrow();
  });

  it("is described by docs/report.schema.json; npx tsx hil/generate-schemas.ts renews it", () => {
    expect(readFileSync(new URL("../../../docs/report.schema.json", import.meta.url), "utf8")).toBe(
      jsonSchema(),
    );
  });
});
