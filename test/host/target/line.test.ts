import { expect, it } from "vitest";
import { lockOwner } from "../../../host/lock.js";
import { lineName } from "../../../host/target/line.js";
import { openTarget } from "../../../host/target/open.js";

it.each([
  ["serial:/dev/ttyACM0", { path: "/dev/ttyACM0", baudRate: 115_200 }],
  ["serial:COM3?baud=921600", { path: "COM3", baudRate: 921_600 }],
  ["tcp://192.0.2.7:4001", { host: "192.0.2.7", port: 4001 }],
  ["tcp://[2001:db8::7]:4001", { host: "2001:db8::7", port: 4001 }],
])("%s names a line", (name, line) => {
  expect(lineName(name)).toEqual(line);
});

it.each([
  "serial:",
  "serial:?baud=9600",
  "serial:/dev/ttyACM0?baud=",
  "serial:/dev/ttyACM0?baud=0",
  "/dev/ttyACM0",
  "tcp://192.0.2.7",
  "tcp://192.0.2.7:",
  "tcp://192.0.2.7:0",
  "tcp://192.0.2.7:65536",
])("%s names no line", name => {
  expect(lineName(name)).toBeNull();
});

it("a port that cannot be opened is nobody's", async () => {
  await expect(openTarget("serial:/dev/nearhop-none")).rejects.toThrow("No such file");
  expect(lockOwner("/dev/nearhop-none")).toBeNull();
});
