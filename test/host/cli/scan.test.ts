import { expect, it } from "vitest";
import { nearhop } from "../../command.js";

it("a scan says of each port what became of it, and fails where no board answers", () => {
  const { code, out } = nearhop(["scan", "/dev/nearhop-none"]);
  expect(out).toMatch(
    /^port +board +unique id +core +state\n\/dev\/nearhop-none .* No such file or directory\n$/,
  );
  expect(code).toBe(3);
});

it("the boards that there are include the emulated ones", () => {
  const { code, out } = nearhop(["boards"]);
  expect(out).toMatch(/^mps2-an385 +cortex-m3 +25 MHz +UART0, 115200 baud +qemu-system-arm /m);
  expect(code).toBe(0);
});
