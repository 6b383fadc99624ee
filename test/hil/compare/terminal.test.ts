import { describe, expect, it } from "vitest";
import { compare, comparisonText } from "../../../hil/compare/index.js";
import { measure } from "../../../hil/measure/index.js";
import type { Report } from "../../../hil/measure/result.js";
import { example } from "../measure/example.js";
import { hostile } from "../report/hostile.js";

function shown(report: Report, change: (report: Report) => void): string {
  const other = structuredClone(report);
  change(other);
  return comparisonText(compare({ name: "a.json", report }, { name: "b.json", report: other }), {
    columns: 80,
    colour: false,
  });
}

describe("a comparison on the terminal", () => {
  it("says what is the same, and which times were left out", () => {
    const text = shown(measure(example()), report => {
      Object.assign(report.targets[0]!, { target: "mps2-an385", board: "mps2-an385", clock: "emulated" });
    });
    expect(text).toMatch(/^SAME$/m);
    expect(text.replaceAll("\n", " ")).toContain(
      "How long repairs took is not compared between pico (virtual clock) and mps2-an385 (emulated clock)",
    );
    expect(text).not.toContain("part");
  });

  it("shows the first packet that parts, with its time and both fates", () => {
    const text = shown(measure(example()), report => {
      report.timeline[3]!.spans[0]!.site = "New York";
    });
    expect(text).toMatch(/^DIFFERENT$/m);
    expect(text).toMatch(/0:00\.002 +osaka-cafe .* 0 +Tokyo .* New York .* 60,000$/m);
  });

  it("cuts long tables, and tells how much is left out", () => {
    const text = shown(measure(example()), report => {
      for (const outcome of report.outcomes) outcome.queries.reordered++;
    });
    expect(text).toContain("and 12 more, which --json writes");
  });

  it("stays within its columns and prints no control characters, whatever the names", () => {
    const text = shown(hostile(), report => {
      report.timeline[0]!.spans[0]!.neighbor = null;
      report.outcomes[0]!.after = null;
      report.repairs.pop();
      report.expectations[0]!.pass = false;
    });
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    for (const line of text.split("\n")) expect([...line].length).toBeLessThanOrEqual(80);
  });
});
