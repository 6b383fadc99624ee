import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const nearhop = fileURLToPath(new URL("../../host/cli/nearhop.ts", import.meta.url));

/** The command line on a machine that has no program but this one. */
function bare(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const command = ["--import", "tsx", nearhop, ...args];
  return spawnSync(process.execPath, command, { encoding: "utf8", env: { ...process.env, PATH: "" } });
}

it("building without a compiler ends with code 3 and the package to install", () => {
  const { status, stdout, stderr } = bare("build", "mps2-an385");
  expect(stderr).toMatch(/^nearhop: arm-none-eabi-gcc is missing.*apt-get install gcc-arm-none-eabi/);
  expect(stdout).toBe("");
  expect(status).toBe(3);
});

it("building for a board that nobody knows ends with code 2 and the boards that are known", () => {
  const { status, stderr } = bare("build", "mps3");
  expect(stderr).toMatch(/expected a board \(.*mps2-an385.*\), found "mps3"/);
  expect(status).toBe(2);
});

it("the doctor tells what is missing and how to get it, and fails only for a use that takes it", () => {
  const emulate = bare("doctor", "emulate");
  expect(emulate.stdout).toMatch(/^missing +arm-none-eabi-gcc .*apt-get install gcc-arm-none-eabi$/m);
  expect(emulate.stdout).toMatch(/^missing +qemu-system-arm .*apt-get install qemu-system-arm$/m);
  expect(emulate.status).toBe(3);
  expect(bare("doctor").status).toBe(0);
});
