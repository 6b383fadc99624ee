import { expect, it } from "vitest";
import { readBoard } from "../../firmware/build/board.js";
import { type Ended, nearhop } from "../command.js";

/** The command line on a machine that has no program but this one. */
function bare(...args: string[]): Ended {
  return nearhop(args, "", { PATH: "" });
}

it("building without a compiler ends with code 3 and the package to install", () => {
  const { code, out, err } = bare("build", "mps2-an385");
  expect(err).toMatch(/^nearhop: arm-none-eabi-gcc is missing.*apt-get install gcc-arm-none-eabi/);
  expect(out).toBe("");
  expect(code).toBe(3);
});

it("building for a board that nobody knows ends with code 2 and the boards that are known", () => {
  const { code, err } = bare("build", "mps3");
  expect(err).toMatch(/expected a board \(.*mps2-an385.*\), found "mps3"/);
  expect(code).toBe(2);
});

it("the doctor tells what is missing and how to get it, and fails only for a use that takes it", () => {
  const emulate = bare("doctor", "emulate");
  expect(emulate.out).toMatch(/^missing +arm-none-eabi-gcc .*apt-get install gcc-arm-none-eabi$/m);
  expect(emulate.out).toMatch(/^missing +qemu-system-arm .*apt-get install qemu-system-arm$/m);
  expect(emulate.code).toBe(3);
  expect(emulate.out).toMatch(/^\d+ things are missing that `emulate` takes\.$/m);
  expect(emulate.out).toMatch(
    /^advice +a way to flash netduinoplus2 +flash +apt-get install one of stlink-tools, /m,
  );
  const run = bare("doctor");
  expect(run.out).toMatch(/\nAll that `run` takes is here\.\n$/);
  expect(run.code).toBe(0);
});

it("the doctor prints udev rules that give boards to who is at the machine", () => {
  const { code, out } = bare("doctor", "--udev");
  const rules = out.split("\n").filter(line => line !== "" && !line.startsWith("#"));
  expect(rules.every(rule => /^(\w+({\w+})?(==|=|\+=)"[^"]*"(, |$))+$/.test(rule))).toBe(true);
  expect(out).toMatch(/^SUBSYSTEMS=="usb", ATTRS{idVendor}=="2e8a", TAG\+="uaccess"/m);
  const { vendorId, productId } = readBoard("pico").usb!;
  expect(out).toContain(
    `ATTRS{idVendor}=="${vendorId.slice(2)}", ATTRS{idProduct}=="${productId.slice(2)}", TAG`,
  );
  expect(code).toBe(0);
});
