import { chmodSync, chownSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import type { Check } from "../../../host/doctor/check.js";
import { examinePorts, type User } from "../../../host/doctor/ports.js";
import { folder } from "../../firmware/folder.js";

const folders = folder();
const isRoot = process.getuid!() === 0;

/** What ports of these tests belong to: only root can give them away. */
const GROUP = isRoot ? 20 : process.getgid!();

const anna: User = { name: "anna", isRoot: false, groups: [], mayUse: () => false };

/** A machine with these files, of which everything else is missing. */
function machine(files: Record<string, string>): string {
  const root = mkdtempSync(join(folders, "root-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), 0o660);
    if (isRoot) chownSync(join(root, path), 0, GROUP);
  }
  return root;
}

const adapter = { "sys/class/tty/ttyUSB0/dev": "188:0", "dev/ttyUSB0": "" };
const group = (members: string) => ({ "etc/group": `root:x:0:\nports:x:${GROUP}:${members}\n` });

function found(files: Record<string, string>, user: Partial<User> = {}): [Check["state"], string, string][] {
  return examinePorts(machine(files), { ...anna, ...user }).map(({ state, what, text }) => [
    state,
    what,
    text,
  ]);
}

it("a machine without a port, and without udev, lacks the port", () => {
  expect(found({})).toEqual([["missing", "a serial port", expect.stringContaining("plug a board in")]]);
  expect(found({ "sys/class/tty/ttyS0/dev": "", "sys/class/tty/tty0/dev": "" })).toHaveLength(1);
});

it("whoever has no port yet is told of the group that ports will have, root aside", () => {
  const dialout = { "etc/group": "dialout:x:20:berta\n" };
  expect(found(dialout)[1]).toEqual([
    "missing",
    "group dialout",
    "sudo adduser anna dialout, then log in anew",
  ]);
  expect(found(dialout, { groups: [20] })[1]).toEqual(["ok", "group dialout", "anna is in it"]);
  expect(found(dialout, { isRoot: true })).toHaveLength(1);
});

it("a port that may be opened is well", () => {
  expect(found(adapter, { mayUse: path => path.endsWith("/dev/ttyUSB0") })).toEqual([
    ["ok", "port ttyUSB0", expect.stringMatching(/\/dev\/ttyUSB0$/)],
  ]);
});

it("a port of a group is opened by its members, from their next session on", () => {
  expect(found({ ...adapter, ...group("berta") })).toEqual([
    ["missing", "port ttyUSB0", "sudo adduser anna ports, then log in anew"],
  ]);
  expect(found({ ...adapter, ...group("berta,anna") })).toEqual([
    ["missing", "port ttyUSB0", "anna is in the group ports, but not in this session: log in anew"],
  ]);
});

it("a port of no group that people are in takes a udev rule", () => {
  expect(found({ ...adapter, "etc/group": `root:x:${GROUP}:\n` })).toEqual([
    [
      "missing",
      "port ttyUSB0",
      expect.stringContaining("doctor --udev | sudo tee /etc/udev/rules.d/70-nearhop.rules"),
    ],
  ]);
});

it("an adapter that holds bytes back is told of, with what stops it", () => {
  const timer = (milliseconds: string) => {
    const files = { "sys/bus/usb-serial/devices/ttyUSB0/latency_timer": `${milliseconds}\n` };
    return found({ ...adapter, ...files }, { mayUse: () => true })[1];
  };
  expect(timer("1")).toEqual(["ok", "latency of ttyUSB0", "1 ms"]);
  expect(timer("16")).toEqual([
    "advice",
    "latency of ttyUSB0",
    expect.stringMatching(/^16 ms: echo 1 \| sudo tee .*\/ttyUSB0\/latency_timer$/),
  ]);
});

it("ModemManager is told of, unless the rules keep it away", () => {
  const files = { "proc/7/comm": "sh\n", "proc/412/comm": "ModemManager\n", "proc/self": "" };
  expect(found(files)[1]).toEqual([
    "advice",
    "ModemManager",
    expect.stringMatching(/^pid 412 talks to new ports/),
  ]);
  expect(found({ ...files, "etc/udev/rules.d/70-nearhop.rules": "" })).toHaveLength(1);
});

it("udev rules are suggested where udev runs, and there are none", () => {
  const udev = { "run/udev/control": "" };
  expect(found(udev)[1]).toEqual([
    "advice",
    "udev rules",
    expect.stringContaining("doctor --udev | sudo tee "),
  ]);
  const rules = { "etc/udev/rules.d/70-nearhop.rules": "" };
  expect(found({ ...udev, ...rules })[1]).toEqual(["ok", "udev rules", "/etc/udev/rules.d/70-nearhop.rules"]);
});
