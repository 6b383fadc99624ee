import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { isTakenBy, USES } from "../../../host/doctor/check.js";
import { examineInventory, examineLocks } from "../../../host/doctor/lab.js";
import { takeLock } from "../../../host/lock.js";
import { folder } from "../../firmware/folder.js";

const root = folder();
afterEach(() => vi.unstubAllEnvs());

it("a lock has a living owner, or is told of with what takes it away", async () => {
  const directory = join(root, "locks");
  const release = await takeLock("/dev/ttyACM0", { directory });
  const stale = join(directory, `${encodeURIComponent("/dev/ttyACM1")}.lock`);
  writeFileSync(stale, JSON.stringify({ pid: process.pid, started: "1", user: "anna", since: "2026" }));
  expect(examineLocks(directory)).toMatchObject([
    { what: "lock of /dev/ttyACM0", state: "ok", text: expect.stringContaining(`(pid ${process.pid})`) },
    { what: "lock of /dev/ttyACM1", state: "advice", text: expect.stringContaining(`rm ${stale}`) },
  ]);
  release();
  expect(readdirSync(directory)).toHaveLength(1);
  expect(examineLocks(join(root, "none"))).toEqual([]);
});

it("an inventory is well, or told of with its first slip", () => {
  const file = join(root, "boards.yaml");
  vi.stubEnv("NEARHOP_BOARDS", file);
  expect(examineInventory()).toMatchObject([{ what: file, state: "missing" }]);
  writeFileSync(file, "bench: { board: pico, port: /dev/ttyACM0 }");
  expect(examineInventory()).toMatchObject([{ what: file, state: "ok", text: "bench" }]);
  writeFileSync(file, "bench: { board: pico }");
  expect(examineInventory()).toMatchObject([
    { state: "missing", text: expect.stringContaining(`${file}:1:1: `) },
  ]);
});

it("a use takes what it builds on, and nothing else", () => {
  expect(USES.filter(needed => isTakenBy(needed, "flash"))).toEqual(["run", "build", "port", "flash"]);
  expect(USES.filter(needed => isTakenBy(needed, "run"))).toEqual(["run"]);
  expect(USES.filter(needed => isTakenBy(needed, "test"))).toEqual(["run", "build", "emulate", "test"]);
});
