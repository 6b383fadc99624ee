import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { readBoard } from "../../../firmware/build/board.js";
import { copyToDrive, type DriveMethod, findDrives } from "../../../host/flash/drive.js";
import { findWay, methodsOf, waitForWay } from "../../../host/flash/way.js";
import { TargetError } from "../../../host/target-error.js";
import { folder } from "../../firmware/folder.js";
import { openPseudoTerminal } from "../../pseudo-terminal.js";
import { fakeDrive, mountTable } from "./fake-drive.js";

const root = folder();
const [pico] = methodsOf(readBoard("pico"), "drive") as [DriveMethod];

afterEach(() => vi.unstubAllEnvs());

it("a drive is known by what its boot loader says, wherever it is mounted and whatever its name", () => {
  const own = fakeDrive(join(root, "My drive"), "Board-ID: RPI-RP2");
  const other = fakeDrive(join(root, "RPI-RP2"), "Board-ID: RP2350");
  const plain = join(root, "plain");
  mkdirSync(plain);
  const hidden = fakeDrive(join(root, "ext4"), "Board-ID: RPI-RP2");
  const mounts = mountTable(join(root, "mounts"), [own, other, plain], [hidden]);
  expect(findDrives(pico, mounts)).toEqual({ own: [own], others: [other] });
});

it.each([
  ["Unique ID: 9900000031864e45003a10110000004b000000006c756d7a", true],
  ["Unique ID: 9904360254174e45001500060000004f000000009796990b", false],
])("a micro:bit is told from another generation of it: %s", (line, isOwn) => {
  const drive = fakeDrive(join(root, "MICROBIT"), line, "DETAILS.TXT");
  const mounts = mountTable(join(root, "mounts"), [drive]);
  const [method] = methodsOf(readBoard("microbit"), "drive") as [DriveMethod];
  expect(findDrives(method, mounts)).toEqual(
    isOwn ? { own: [drive], others: [] } : { own: [], others: [drive] },
  );
});

it("two drives of the board are refused and listed", () => {
  const drives = ["one", "two"].map(name => fakeDrive(join(root, name), "Board-ID: RPI-RP2"));
  const mounts = mountTable(join(root, "mounts"), drives);
  expect(() => findWay("pico", [pico], mounts)).toThrow(
    `more than one drive is a pico's: ${drives.join(", ")}; leave one`,
  );
});

it("where no drive is there the user is told what to press, and that another board's is left alone", () => {
  const other = fakeDrive(join(root, "other"), "Board-ID: RP2350");
  const mounts = mountTable(join(root, "mounts"), [other]);
  expect(() => findWay("pico", [pico], mounts)).toThrow(
    `no drive of it is mounted (${other}: another board's): hold BOOTSEL while plugging the board in`,
  );
});

it("a drive can be waited for", async () => {
  const mounts = mountTable(join(root, "mounts"), []);
  const waiting = waitForWay("pico", [pico], 100_000, mounts);
  const drive = fakeDrive(join(root, "late"), "Board-ID: RPI-RP2");
  mountTable(mounts, [drive]);
  expect(await waiting).toEqual({ method: pico, drive });
});

it("while a drive is waited for, no other way is taken; after that, any", async () => {
  writeFileSync(join(root, "openocd"), "", { mode: 0o755 });
  vi.stubEnv("PATH", root);
  const mounts = mountTable(join(root, "mounts"), []);
  const methods = methodsOf(readBoard("pico"));
  const waiting = waitForWay("pico", methods, 100_000, mounts);
  const drive = fakeDrive(join(root, "awaited"), "Board-ID: RPI-RP2");
  mountTable(mounts, [drive]);
  expect(await waiting).toEqual({ method: pico, drive });
  mountTable(mounts, []);
  expect((await waitForWay("pico", methods, 0, mounts)).method.method).toBe("openocd");
});

it("of two drives the user is told at once, and not when the waiting is over", async () => {
  const drives = ["left", "right"].map(name => fakeDrive(join(root, name), "Board-ID: RPI-RP2"));
  const mounts = mountTable(join(root, "mounts"), drives);
  await expect(waitForWay("pico", [pico], 1_000_000, mounts)).rejects.toThrow("more than one drive");
});

it("a file is copied whole", async () => {
  const file = image("router.uf2", 100_000);
  const drive = fakeDrive(join(root, "whole"), "Board-ID: RPI-RP2");
  await copyToDrive(file, drive);
  expect(readFileSync(join(drive, "router.uf2")).equals(readFileSync(file))).toBe(true);
  expect(readdirSync(drive).sort()).toEqual(["INFO_UF2.TXT", "router.uf2"]);
});

it("a drive that goes while it is written to has started the image", async () => {
  const file = image("router.uf2", 1_000_000);
  const drive = fakeDrive(join(root, "going"), "Board-ID: RPI-RP2");
  const port = await openPseudoTerminal();
  symlinkSync(port.path, join(drive, "router.uf2"));
  const copying = copyToDrive(file, drive);
  await new Promise<void>(resolve => {
    port.line.onData = () => resolve();
  });
  await port.end();
  await copying;
});

it("a drive that has no room for the image is told of", async () => {
  const drive = fakeDrive(join(root, "full"), "Board-ID: RPI-RP2");
  symlinkSync("/dev/full", join(drive, "router.uf2"));
  const copying = copyToDrive(image("router.uf2", 5000), drive);
  await expect(copying).rejects.toThrow(TargetError);
  await expect(copying).rejects.toThrow(`cannot write to ${drive}: ENOSPC`);
});

function image(name: string, size: number): string {
  const path = join(root, name);
  writeFileSync(path, Buffer.alloc(size, "nearhop"));
  return path;
}
