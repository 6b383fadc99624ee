import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { nearhop } from "../../command.js";
import { folder } from "../../firmware/folder.js";

const programs = folder();

it("a dry run prints the command that would flash the board, and runs nothing", () => {
  const program = join(programs, "st-flash");
  writeFileSync(program, `#!/bin/sh\necho ran > ${programs}/ran\n`);
  chmodSync(program, 0o755);
  const { code, out, err } = nearhop(["flash", "netduinoplus2", "--dry-run"], "", { PATH: programs });
  expect(err).toMatch(
    /^cd \S*build\/boards\/netduinoplus2 && st-flash --reset write router.bin 0x08000000$/m,
  );
  expect(out).toBe("");
  expect(code).toBe(0);
});

it("a board whose drive is not there, and so goes another way, says what would make the drive appear", () => {
  writeFileSync(join(programs, "openocd"), "", { mode: 0o755 });
  const { code, err } = nearhop(["flash", "pico", "--dry-run"], "", { PATH: programs });
  expect(err).toMatch(
    /^no drive of it is mounted \(hold BOOTSEL while plugging the board in\), so it goes by openocd\ncd .* && openocd /m,
  );
  expect(code).toBe(0);
});

it("a board that cannot be flashed now ends with code 3 and what to do, one that takes no way with 2", () => {
  const now = nearhop(["flash", "netduinoplus2", "--dry-run"], "", { PATH: "" });
  expect(now.err).toMatch(/nearhop: netduinoplus2 cannot be flashed now:\n {2}st-flash is missing;/);
  expect(now.code).toBe(3);
  const never = nearhop(["flash", "mps2-an385"]);
  expect(never.err).toBe(
    "nearhop: mps2-an385: expected a board that nearhop can flash, found one that it only emulates\n",
  );
  expect(never.code).toBe(2);
});
