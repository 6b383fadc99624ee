import { describe, expect, it } from "vitest";
import { readMeasured } from "../../../hil/compare/index.js";
import { measure } from "../../../hil/measure/index.js";
import { json } from "../../../hil/report/index.js";
import { example } from "../measure/example.js";

const report = measure(example());
const text = json(report);
const EXPECTED = "expected a report of nearhop run --json, or figures of nearhop bench failover --json";

function messageOf(text: string): string {
  try {
    readMeasured("a.json", text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it was taken");
}

it("a report is read back as it was written", () => {
  expect(readMeasured("a.json", text)).toEqual({ name: "a.json", report });
});

describe("what is no report", () => {
  it("is told by the place where it stops being JSON", () => {
    const half = text.slice(0, text.indexOf('"seed":'));
    const [lines, last] = [half.split("\n").length, half.split("\n").at(-1)!.length];
    expect(messageOf(half)).toBe(
      `a.json:${lines}:${last + 1}: ${EXPECTED}, with a key in quotes here, found the end of the file`,
    );
    expect(messageOf("")).toBe(`a.json:1:1: ${EXPECTED}, with a JSON value here, found the end of the file`);
    expect(messageOf("{}\n{}")).toBe(`a.json:2:1: ${EXPECTED}, with nothing more here, found {}`);
  });

  it("is told by the version that was found, and the one that is read", () => {
    const older = text.replace(report.schema, "nearhop-report/1");
    expect(messageOf(older)).toMatch(
      /^a\.json:2:13: .*, found "nearhop-report\/1" at schema \(.*"nearhop-report\/2"\)$/,
    );
    expect(messageOf("{}")).toMatch(/^a\.json:1:1: .*, found nothing at schema \(.*\)$/);
    expect(messageOf("[]")).toMatch(/^a\.json:1:1: .*, found \[\] at its top \(.*\)$/);
  });

  it("is told by the first value that is of another kind, as a figure without a number is", () => {
    const hollow = JSON.stringify({ ...report, duration: null });
    expect(messageOf(hollow)).toMatch(/, found null at duration \(.*expected number.*\)$/);
  });

  it("has no figures to be a baseline of", () => {
    const figures = { schema: "nearhop-figures/1", generator: "nearhop", subject: "failover", figures: [] };
    expect(messageOf(JSON.stringify(figures))).toMatch(/, found \[\] at figures \(.*\)$/);
  });
});
