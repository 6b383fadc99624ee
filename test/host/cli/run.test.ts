import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { report } from "../../../hil/measure/result.js";
import { nearhop } from "../../command.js";

let folder: string;
let file: string;

/** Lyon is the nearer one, and dies; the office expects `after` from then on. */
function scenario(after: string): string {
  return `
title: Two sites
duration: 2s
prefixes: [198.51.100.0/24]
routing: { protocol: ebgp, hold_time: 90ms, keep_alive: 30ms }
sites: { Lyon, Milan }
routers: { Geneva }
clients:
  office: { router: Geneva, queries: 500 }
links:
  - { between: [Geneva, Lyon], rtt: 3ms }
  - { between: [Geneva, Milan], rtt: 7ms }
expect:
  office: Lyon
events:
  - at: 1s
    silent_death: Lyon
    expect:
      office: ${after}
`;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nearhop-run-"));
  file = join(folder, "two.yaml");
  writeFileSync(file, scenario("Milan"));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("nearhop run", () => {
  it("prints what each client met, and ends with 0 where all expectations hold", () => {
    const { code, out, err } = nearhop(["run", file]);
    expect(out).toContain("Lyon → Milan");
    expect(out).toContain("PASS");
    expect(out).not.toContain("\x1b");
    expect(err).toBe("");
    expect(code).toBe(0);
  });

  it("ends with 1 where an expectation fails, and says what was found", () => {
    const wrong = join(folder, "wrong.yaml");
    writeFileSync(wrong, scenario("{ site: Milan, gap: 1ms }"));
    const { code, out } = nearhop(["run", wrong]);
    expect(out).toMatch(/✗ the gap of office: .*1 ms/);
    expect(code).toBe(1);
  });

  it("ends with 2 and the place of a slip in the file, and writes nothing", () => {
    const slip = join(folder, "slip.yaml");
    writeFileSync(slip, scenario("Milano"));
    const json = join(folder, "slip.json");
    const { code, out, err } = nearhop(["run", slip, "--json", json]);
    expect(err).toBe(`nearhop: ${slip}:19:15: expected the name of a site (Lyon, Milan), found "Milano"\n`);
    expect(out).toBe("");
    expect(code).toBe(2);
    expect(existsSync(json)).toBe(false);
  });

  it("ends with 2 where the command line is wrong", () => {
    for (const args of [["run"], ["run", file, "--repeat", "0"], ["run", file, "--nope"], ["play"]]) {
      expect(nearhop(args).code).toBe(2);
    }
  });

  it("reads the scenario from standard input for -", () => {
    const { code, out } = nearhop(["run", "-"], scenario("Milan"));
    expect(out).toContain("PASS");
    expect(code).toBe(0);
  });

  it("ends with 2 where two faces, or scenario and table, want one stream", () => {
    expect(nearhop(["run", file, "--json", "-", "--html", "-"])).toMatchObject({
      code: 2,
      err: 'nearhop: --html: expected a file, as standard output is for --json, found "-"\n',
    });
    expect(nearhop(["run", "-", "--table", "-"])).toMatchObject({ code: 2, out: "" });
    expect(nearhop(["run", file, "--seed", "4294967296"]).code).toBe(2);
  });

  it("says which routers are left out without a table", () => {
    const { code, err } = nearhop(["run", "full-table"]);
    expect(err).toBe("left out without --table: Full table\n");
    expect(code).toBe(0);
  });

  it("ends with 3 where the target cannot be reached", () => {
    const { code, err } = nearhop(["run", file, "--target", "tcp://127.0.0.1:1"]);
    expect(err).toMatch(/^nearhop: cannot reach 127.0.0.1:1: /);
    expect(code).toBe(3);
  });

  it("ends with 2 where nobody knows the target", () => {
    const { code, err } = nearhop(["run", file, "--target", "toaster"]);
    expect(err).toMatch(/^nearhop: target: expected .*wasm.*, found "toaster"/);
    expect(code).toBe(2);
  });

  it("gives byte-identical JSON for the same seed, and other phases for another", () => {
    const [first, second, other] = ["7", "7", "8"].map(
      seed => nearhop(["run", file, "--quiet", "--repeat", "3", "--seed", seed, "--json", "-"]).out,
    );
    expect(second).toBe(first);
    expect(other).not.toBe(first);
    expect(report.parse(JSON.parse(first!))).toMatchObject({ seed: 7, repeats: 3, verdict: "pass" });
  });

  it("keeps standard output for the face that goes there, and people on standard error", () => {
    const { out, err } = nearhop(["run", file, "--json", "-"]);
    expect(JSON.parse(out)).toHaveProperty("schema");
    expect(err).toContain("PASS");
  });

  it("shows where another target parts, and writes the faces of the first", () => {
    const { code, out, err } = nearhop([
      "run",
      file,
      "--target",
      "wasm-mcu",
      "--diff",
      "wasm",
      "--json",
      "-",
    ]);
    expect(JSON.parse(out)).toMatchObject({ targets: [{ target: "wasm-mcu" }], verdict: "pass" });
    expect(err).toMatch(/^SAME$/m);
    expect(code).toBe(0);
  });

  it("ends with 1 where two targets agree that an expectation fails", () => {
    const { code, out } = nearhop(["run", "-", "--diff", "wasm-mcu"], scenario("{ site: Milan, gap: 1ms }"));
    expect(out).toMatch(/^SAME$/m);
    expect(out).toContain(" fail ");
    expect(code).toBe(1);
  });

  it("writes every face, whole, and leaves no scraps", () => {
    const faces = {
      json: join(folder, "r.json"),
      junit: join(folder, "r.xml"),
      html: join(folder, "r.html"),
    };
    const args = Object.entries(faces).flatMap(([face, path]) => [`--${face}`, path]);
    expect(nearhop(["run", file, "--quiet", ...args])).toEqual({ code: 0, out: "", err: "" });
    expect(readFileSync(faces.html, "utf8")).toMatch(/^<!doctype html>.*<\/html>\s*$/is);
    expect(readFileSync(faces.junit, "utf8")).toContain("<testsuite");
    expect(readdirSync(folder).filter(name => name.endsWith(".part"))).toEqual([]);
  });

  it("leaves no scraps where a face cannot be written", () => {
    const { code, err } = nearhop(["run", file, "--quiet", "--json", join(folder, "no", "such.json")]);
    expect(err).toContain("ENOENT");
    expect(code).toBe(2);
  });
});
