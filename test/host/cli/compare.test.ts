import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../../hil/measure/result.js";
import { nearhop } from "../../command.js";
import { SMALL } from "../../hil/small-scenario.js";

let folder: string;
let path: (name: string) => string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nearhop-compare-"));
  path = name => join(folder, name);
  writeFileSync(path("small.yaml"), SMALL);
  for (const [target, seed] of [
    ["wasm", "1"],
    ["wasm-mcu", "1"],
    ["wasm", "2"],
  ] as const) {
    const json = path(`${target}-${seed}.json`);
    nearhop(["run", path("small.yaml"), "--quiet", "--target", target, "--seed", seed, "--json", json]);
  }
  const report = JSON.parse(readFileSync(path("wasm-1.json"), "utf8")) as Report;
  report.timeline[0]!.spans[0]!.neighbor = "New York";
  writeFileSync(path("other.json"), JSON.stringify(report));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("nearhop compare", () => {
  it("ends with 0 where two targets agree", () => {
    const { code, out, err } = nearhop(["compare", path("wasm-1.json"), path("wasm-mcu-1.json")]);
    expect(out).toMatch(/^SAME$/m);
    expect(err).toBe("");
    expect(code).toBe(0);
  });

  it("ends with 1 where they part, and shows where", () => {
    const { code, out } = nearhop(["compare", path("wasm-mcu-1.json"), path("other.json")]);
    expect(out).toContain("Where the traces part");
    expect(code).toBe(1);
  });

  it("writes the comparison as JSON, and people read on standard error", () => {
    const { out, err } = nearhop(["compare", path("wasm-mcu-1.json"), path("other.json"), "--json", "-"]);
    expect(JSON.parse(out)).toMatchObject({ agree: false, traces: [{ packet: 0, client: "office" }] });
    expect(err).toContain("DIFFERENT");
    const quiet = nearhop(["compare", path("wasm-mcu-1.json"), path("other.json"), "--quiet"]);
    expect(quiet).toEqual({ code: 1, out: "", err: "" });
  });

  it("takes one of them from standard input", () => {
    const report = readFileSync(path("wasm-1.json"));
    expect(nearhop(["compare", "-", path("wasm-mcu-1.json"), "--quiet"], report).code).toBe(0);
    expect(nearhop(["compare", "-", "-"], report)).toMatchObject({ code: 2, out: "" });
  });

  it("ends with 2 for reports of two targets with different seeds", () => {
    const { code, err } = nearhop(["compare", path("wasm-mcu-1.json"), path("wasm-2.json")]);
    expect(err).toBe(
      `nearhop: ${path("wasm-2.json")}: expected seed 1 as in ${path("wasm-mcu-1.json")}, found 2\n`,
    );
    expect(code).toBe(2);
  });

  it("takes reports of one target as a baseline and a later run, whatever their seeds", () => {
    const same = nearhop(["compare", path("wasm-1.json"), path("other.json")]);
    expect(same.out).toMatch(/^NO WORSE$/m);
    expect(same.code).toBe(0);
    expect(nearhop(["compare", path("wasm-1.json"), path("wasm-2.json"), "--quiet"]).code).toBe(0);
    const exact = nearhop(["compare", path("wasm-1.json"), path("other.json"), "--exact"]);
    expect(exact.out).toContain("Where the traces part");
    expect(exact.code).toBe(1);
  });

  it("ends with 1 where a later run is worse, and writes what", () => {
    const report = JSON.parse(readFileSync(path("wasm-1.json"), "utf8")) as Report;
    const [first] = report.expectations;
    Object.assign(first!, { pass: false, found: "New York" });
    writeFileSync(path("worse.json"), JSON.stringify(report));
    const { code, out, err } = nearhop(["compare", path("wasm-1.json"), path("worse.json"), "--json", "-"]);
    expect(JSON.parse(out)).toMatchObject({ holds: false, worse: [{ name: first!.text, unit: "held" }] });
    expect(err).toContain(`· ${first!.text}: held → did not hold`);
    expect(code).toBe(1);
  });

  it("takes the figures of a benchmark", () => {
    const figures = (value: number) => ({
      schema: "nearhop-figures/1",
      generator: "nearhop 0.1.0",
      subject: "failover on pico",
      figures: [{ name: "repair", unit: "cycles", better: "lower", value, low: value, high: value }],
    });
    for (const cycles of [500, 501]) writeFileSync(path(`${cycles}.json`), JSON.stringify(figures(cycles)));
    expect(nearhop(["compare", path("501.json"), path("500.json")]).code).toBe(0);
    const slower = nearhop(["compare", path("500.json"), path("501.json")]);
    expect(slower.out).toContain("· repair: 500 cycles → 501 cycles");
    expect(slower.code).toBe(1);
    expect(nearhop(["compare", path("500.json"), path("wasm-1.json")])).toMatchObject({ code: 2, out: "" });
    const { err, code } = nearhop(["compare", path("500.json"), path("501.json"), "--exact"]);
    expect(err).toContain("500.json: expected a report of nearhop run --json with --exact, found figures");
    expect(code).toBe(2);
  });

  it.each([
    [
      "what is not JSON",
      "small.yaml",
      /small\.yaml:1:1: expected a report .*, with a JSON value here, found /,
    ],
    ["no such file", "none.json", /none\.json: expected a readable file, found no such file/],
  ])("ends with 2 for %s", (_, name, message) => {
    const { code, err } = nearhop(["compare", path("wasm-1.json"), path(name)]);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  it("ends with 2 for JSON that is no report, and names what is wrong with it", () => {
    writeFileSync(path("bench.json"), "{}");
    const { code, err } = nearhop(["compare", path("bench.json"), path("wasm-1.json")]);
    expect(err).toMatch(
      /bench\.json:1:1: expected a report of nearhop run --json, or figures .*, found nothing at schema /,
    );
    expect(code).toBe(2);
  });
});
