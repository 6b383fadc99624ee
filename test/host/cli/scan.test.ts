import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { nearhop } from "../../command.js";
import { folder } from "../../firmware/folder.js";

const inventory = join(folder(), "boards.yaml");

it("a scan says of each port what became of it, and fails where no board answers", () => {
  const { code, out } = nearhop(["scan", "/dev/nearhop-none"]);
  expect(out).toMatch(
    /^port +board +unique id +core +state\n\/dev\/nearhop-none .* No such file or directory\n$/,
  );
  expect(code).toBe(3);
});

it("a scan whose boards go into an inventory adds nothing to it where none answers, and says why", () => {
  const { code, out, err } = nearhop(["scan", "--yaml", "/dev/nearhop-none"]);
  expect(out).toBe("");
  expect(err).toBe("/dev/nearhop-none: cannot open /dev/nearhop-none: No such file or directory\n");
  expect(code).toBe(3);
});

it("the boards that there are include the emulated ones", () => {
  const { code, out } = nearhop(["boards"]);
  expect(out).toMatch(/^mps2-an385 +cortex-m3 +25 MHz +UART0, 115200 baud +qemu-system-arm /m);
  expect(code).toBe(0);
});

it("the boards of an inventory are listed with their state", () => {
  writeFileSync(inventory, "bench: { board: pico, port: /dev/nearhop-none, notes: on the sill }\n");
  const { code, out } = nearhop(["boards"], "", { NEARHOP_BOARDS: inventory });
  expect(out).toMatch(
    /\n\nname +board +where +state +notes\nbench +pico +\/dev\/nearhop-none +absent +on the sill\n$/,
  );
  expect(code).toBe(0);
});

it("a slip in the inventory ends with code 2 and its place, for a target that is looked for there", () => {
  writeFileSync(inventory, "bench: { board: pica, port: /dev/nearhop-none }\n");
  const run = (target: string) =>
    nearhop(["run", "hop-count", "--quiet", "--target", target], "", { NEARHOP_BOARDS: inventory });
  expect(run("bench")).toMatchObject({
    code: 2,
    err: expect.stringContaining(`${inventory}:1:17: expected`),
  });
  expect(run("wasm").code).toBe(0);
});
