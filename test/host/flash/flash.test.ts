import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Board, readBoard } from "../../../firmware/build/board.js";
import type { DriveMethod } from "../../../host/flash/drive.js";
import { flash } from "../../../host/flash/flash.js";
import { commandOf, findWay, type MethodName, methodsOf } from "../../../host/flash/way.js";
import { takeLock } from "../../../host/lock.js";
import { boot } from "../../../host/target/emulated.js";
import { deviceOf } from "../../../host/target/line.js";
import { openTarget } from "../../../host/target/open.js";
import type { Process } from "../../../host/transport/child-process.js";
import { SerialLine } from "../../../host/transport/serial.js";
import { folder } from "../../firmware/folder.js";
import { testImage } from "../../firmware/image.js";
import { connect, openPseudoTerminal, type PseudoTerminal } from "../../pseudo-terminal.js";
import { listPort } from "../port-list.js";
import { fakeDrive } from "./fake-drive.js";

/** A board in QEMU stands for the real one: it is plugged in when a program that stands for the flasher has run. */
const BOARD = "netduinoplus2";

const root = folder();
const programs = join(root, "bin");
const calls = join(root, "calls");
const board = readBoard(BOARD);
let directory: string;
let port: PseudoTerminal;
let emulated: Process;

beforeAll(async () => {
  ({ directory } = await testImage(BOARD));
  port = await openPseudoTerminal();
  emulated = await boot(BOARD, directory);
  mkdirSync(programs);
});

afterAll(async () => {
  await emulated.end();
  await port.end();
});

beforeEach(() => rmSync(calls, { force: true }));
afterEach(() => vi.unstubAllEnvs());

/** Puts a program on an otherwise empty PATH that records where and with what it was called. */
function fakeProgram(name: string, exitCode = 0): void {
  const path = join(programs, name);
  const record = `printf '%s\\n' "$PWD" "$@" > ${calls}`;
  writeFileSync(path, `#!/bin/sh\n${record}\necho "${name} was here" >&2\nexit ${exitCode}\n`);
  chmodSync(path, 0o755);
  vi.stubEnv("PATH", programs);
}

function way(of: Board, method: MethodName) {
  return findWay(of.name, methodsOf(of, method));
}

interface Given {
  onOutput?: (text: string) => void;
  path?: string;
}

function flashed(method: MethodName, { onOutput = () => {}, path = port.path }: Given = {}) {
  const options = { port: path, baudRate: 115_200, patience: 0, onOutput };
  return flash(board, way(board, method), directory, options);
}

describe("flashing by a program", () => {
  it("runs it in the folder of the image, shows its output, and takes the board's own word", async () => {
    fakeProgram("st-flash");
    let output = "";
    const found = await flashed("st-flash", {
      onOutput: text => {
        output += text;
        connect(emulated.line, port.line);
      },
    });
    expect(output).toBe("st-flash was here\n");
    expect(readFileSync(calls, "utf8").split("\n").slice(0, -1)).toEqual([
      directory,
      ...["--reset", "write", "router.bin", "0x08000000"],
    ]);
    expect(found).toMatchObject({ path: port.path, hello: { board: BOARD } });
  });

  it("proves nothing where the board that answers was there before, and was not reset", async () => {
    fakeProgram("dfu-util");
    await expect(flashed("dfu-util")).rejects.toThrow(
      new RegExp(
        `flashed, but not proved: nothing answers as ${BOARD}, core [0-9a-f]{16}; found\n` +
          `  ${port.path}: ${BOARD}, core [0-9a-f]{16}, not reset since before`,
      ),
    );
  });

  it("that fails says how, and what to do before", async () => {
    fakeProgram("st-flash", 7);
    await expect(flashed("st-flash")).rejects.toThrow(
      "st-flash ended with exit code 7; before flashing, connect an ST-LINK to the board's debug pins",
    );
  });

  it("leaves alone a board that another run has", async () => {
    fakeProgram("st-flash");
    const target = await openTarget(`serial:${port.path}`);
    await expect(flashed("st-flash")).rejects.toThrow("is in use by");
    await target.close();
    expect(existsSync(calls)).toBe(false);
  });

  it("does not begin while another program has the port that is to prove it", async () => {
    fakeProgram("st-flash");
    const line = await SerialLine.open(port.path);
    await expect(flashed("st-flash")).rejects.toThrow(`cannot open ${port.path}: it is in use by`);
    await line.close();
    expect(existsSync(calls)).toBe(false);
  });

  it("proves nothing by a board that could not be asked before", async () => {
    fakeProgram("st-flash");
    listPort(programs, port.path, "A50285BI");
    connect(emulated.line, port.line);
    const release = await takeLock(deviceOf({ path: port.path, baudRate: 115_200 }));
    const options = { baudRate: 115_200, patience: 0, onOutput: release };
    const flashing = flash(board, way(board, "st-flash"), directory, options);
    await expect(flashing).rejects.toThrow(/flashed, but not proved: .*, on a port that was in use before/s);
  });
});

it("flashing by a drive takes the board's own word, too", async () => {
  const drive = fakeDrive(join(root, "RPI-RP2"), "Board-ID: RPI-RP2");
  const [method] = methodsOf(readBoard("pico"), "drive") as [DriveMethod];
  const fresh = await openPseudoTerminal();
  const arrival = new Promise<void>(resolve => watch(drive, () => resolve()).unref());
  const options = { port: fresh.path, baudRate: 115_200, patience: 100_000, onOutput: () => {} };
  const flashing = flash(board, { method: { ...method, file: "router.bin" }, drive }, directory, options);
  await arrival;
  connect(emulated.line, fresh.line);
  expect(await flashing).toMatchObject({ path: fresh.path, hello: { board: BOARD } });
  const [copy, image] = [drive, directory].map(folder => readFileSync(join(folder, "router.bin")));
  expect(copy!.equals(image!)).toBe(true);
  await fresh.end();
});

it("the first way of a board that can be used now is taken", () => {
  fakeProgram("dfu-util");
  rmSync(join(programs, "st-flash"), { force: true });
  const found = findWay(BOARD, methodsOf(board));
  expect(found.method.method).toBe("dfu-util");
  expect(commandOf(found, join(root, "an image"))).toMatch(
    /^cd '.*an image' && dfu-util -a 0 -s 0x08000000:leave -D router.bin$/,
  );
});

it("a program that is missing is named with its package", () => {
  vi.stubEnv("PATH", "");
  expect(() => findWay(BOARD, methodsOf(board))).toThrow(
    /st-flash is missing; .*apt-get install stlink-tools\n.*dfu-util is missing/,
  );
});

it("a method that the board does not take, and a board that takes none, are refused", () => {
  expect(() => methodsOf(board, "drive")).toThrow(
    `--method: expected a way to flash ${BOARD}: st-flash, dfu-util, openocd, found "drive"`,
  );
  expect(() => methodsOf(readBoard("mps2-an385"))).toThrow("found one that it only emulates");
});
