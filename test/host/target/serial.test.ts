import { expect, it } from "vitest";
import { lockOwner } from "../../../host/lock.js";
import { openTarget } from "../../../host/target/open.js";
import { serialPort } from "../../../host/target/serial.js";

it.each([
  ["serial:/dev/ttyACM0", { path: "/dev/ttyACM0", baudRate: 115_200 }],
  ["serial:COM3?baud=921600", { path: "COM3", baudRate: 921_600 }],
])("%s names a port and its baud rate", (name, port) => {
  expect(serialPort(name)).toEqual(port);
});

it.each([
  "serial:",
  "serial:?baud=9600",
  "serial:/dev/ttyACM0?baud=",
  "serial:/dev/ttyACM0?baud=0",
  "/dev/ttyACM0",
])("%s names no port", name => {
  expect(serialPort(name)).toBeNull();
});

it("a port that cannot be opened is nobody's", async () => {
  await expect(openTarget("serial:/dev/nearhop-none")).rejects.toThrow("No such file");
  expect(lockOwner("/dev/nearhop-none")).toBeNull();
});
