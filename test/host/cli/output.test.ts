import { spawnSync } from "node:child_process";
import {
  closeSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeOutput } from "../../../host/cli/output.js";

const built = fileURLToPath(new URL("../../../dist/host/cli/nearhop.js", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nearhop-output-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("an output file", () => {
  it("is replaced whole, also behind a link, which stays one", async () => {
    const file = join(folder, "real.json");
    const link = join(folder, "link.json");
    writeFileSync(file, "old");
    symlinkSync(file, link);
    await writeOutput(link, "new");
    expect(readFileSync(file, "utf8")).toBe("new");
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  it("stays as it was where what is to be written fails half-way", async () => {
    const file = join(folder, "real.json");
    writeFileSync(file, "old");
    async function* failing() {
      yield "half";
      throw new Error("no more");
    }
    await expect(writeOutput(file, failing())).rejects.toThrow("no more");
    expect(readFileSync(file, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["real.json"]);
  });

  it("that is a device is written into, not replaced", async () => {
    await writeOutput("/dev/null", "anything");
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
  });
});

/** Makes a table with standard output going to a file; gives the exit code and standard error. */
function printingTo(path: string): [code: number | null, err: string] {
  const out = openSync(path, "w");
  const { status, stderr } = spawnSync(
    process.execPath,
    [built, "table", "synth", "--prefixes4", "9", "--prefixes6", "0"],
    {
      stdio: ["ignore", out, "pipe"],
    },
  );
  closeSync(out);
  return [status, stderr.toString()];
}

it("a full disk behind standard output ends with code 3 and says so", () => {
  expect(printingTo("/dev/full")).toEqual([3, "nearhop: cannot write to standard output: ENOSPC\n"]);
  expect(printingTo("/dev/null")).toEqual([0, ""]);
});
