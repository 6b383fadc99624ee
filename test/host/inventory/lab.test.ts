import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { entriesFor } from "../../../host/inventory/entry.js";
import { parseInventory, readInventory } from "../../../host/inventory/inventory.js";
import { stateOf } from "../../../host/inventory/state.js";
import { boot } from "../../../host/target/emulated.js";
import { openTarget } from "../../../host/target/open.js";
import { hex, scanPorts } from "../../../host/target/scan.js";
import { TargetError } from "../../../host/target-error.js";
import type { Process } from "../../../host/transport/child-process.js";
import { SerialLine } from "../../../host/transport/serial.js";
import { folder } from "../../firmware/folder.js";
import { testImage } from "../../firmware/image.js";
import { connect, openPseudoTerminal, type PseudoTerminal } from "../../pseudo-terminal.js";
import { listPort } from "../port-list.js";

/** A lab with one board, an emulated one on a pseudo-terminal. */
const BOARD = "mps2-an385";

const root = folder();
const inventory = join(root, "boards.yaml");
let port: PseudoTerminal;
let board: Process;
let id: string;

beforeAll(async () => {
  const { directory } = await testImage(BOARD);
  port = await openPseudoTerminal();
  board = await boot(BOARD, directory);
  connect(board.line, port.line);
  const [scan] = await scanPorts([port.path], 115_200);
  if (!scan || "problem" in scan) throw new Error("no board");
  id = hex(scan.hello.uniqueId);
});

afterAll(async () => {
  await board.end();
  await port.end();
});

beforeEach(() => vi.stubEnv("NEARHOP_BOARDS", inventory));
afterEach(() => vi.unstubAllEnvs());

function write(text: string): void {
  writeFileSync(inventory, text);
}

function state(name: string): Promise<string> {
  return stateOf(readInventory().find(entry => entry.name === name)!);
}

/** Lets this machine's list of ports hold the board's alone, as an adapter with that serial number. */
function listAs(serial: string): void {
  const programs = join(root, "bin");
  listPort(programs, port.path, serial);
  vi.stubEnv("PATH", [programs, process.env.PATH].join(delimiter));
}

describe("a board of the inventory", () => {
  it("is a target under its name", async () => {
    write(`bench: { board: ${BOARD}, port: ${port.path}, id: "${id}" }`);
    const target = await openTarget("bench");
    expect(target).toMatchObject({ name: "bench", clock: "device" });
    await target.close();
  });

  it("is refused where another kind of board answers", async () => {
    write(`bench: { board: pico, port: ${port.path} }`);
    const opening = openTarget("bench");
    await expect(opening).rejects.toThrow(TargetError);
    await expect(opening).rejects.toThrow(
      `bench is another board: ${inventory}:1:1 has pico, found ${BOARD} with the unique id ${id}`,
    );
    expect(await state("bench")).toMatch(/^another board: /);
  });

  it("is refused where another one of its kind answers", async () => {
    write(`bench: { board: ${BOARD}, port: ${port.path}, id: "0123456789abcdef" }`);
    await expect(openTarget("bench")).rejects.toThrow(
      `has ${BOARD} with the unique id 0123456789abcdef, found ${BOARD} with the unique id ${id}`,
    );
  });

  it("is found by the USB serial of its adapter", async () => {
    write(`bench: { board: ${BOARD}, usb: A50285BI }\nother: { board: ${BOARD}, usb: A50285BJ }`);
    listAs("A50285BI");
    await (await openTarget("bench")).close();
    await expect(openTarget("other")).rejects.toThrow("other is absent: no port has the USB serial A50285BJ");
  });

  it("is found by its own id, whatever the port", async () => {
    write(`bench: { board: ${BOARD}, id: "${id}" }\nother: { board: ${BOARD}, id: "0123456789abcdef" }`);
    listAs("A50285BI");
    await (await openTarget("bench")).close();
    await expect(openTarget("other")).rejects.toThrow("no board answers with the unique id 0123456789abcdef");
    expect(await state("other")).toMatch(/^absent: /);
  });

  it("is free, in use by whom, or absent", async () => {
    write(`bench: { board: ${BOARD}, port: ${port.path} }\nnone: { board: pico, port: ${root}/none }`);
    expect(await state("bench")).toBe("free");
    expect(await state("none")).toBe("absent");
    const target = await openTarget("bench");
    expect(await state("bench")).toMatch(new RegExp(`^in use by .* \\(pid ${process.pid}\\) since `));
    await target.close();
    const line = await SerialLine.open(port.path);
    expect(await state("bench")).toMatch(new RegExp(`^in use by .* \\(pid ${process.pid}\\)$`));
    await line.close();
  });

  it("shares its lock with all other names of its port", async () => {
    write(`bench: { board: ${BOARD}, port: ${port.path} }`);
    const target = await openTarget(`serial:${port.path}`);
    await expect(openTarget("bench")).rejects.toThrow("in use by");
    await target.close();
  });
});

it("a name that nobody knows is answered with those of the inventory", async () => {
  write(`bench: { board: ${BOARD}, port: ${port.path} }`);
  await expect(openTarget("bank")).rejects.toThrow(`(${inventory} has bench), found "bank"`);
  write("");
  await expect(openTarget("bank")).rejects.toThrow(`(${inventory} has none), found "bank"`);
});

it("a scan prints entries that are an inventory, by names of ports that last", async () => {
  const byId = join(root, "by-id");
  mkdirSync(byId);
  symlinkSync(port.path, join(byId, "usb-Board_0001"));
  const [scan] = await scanPorts([port.path], 115_200);
  const entries = parseInventory("scan", entriesFor([scan!], 115_200, byId));
  expect(entries).toMatchObject([{ name: `${BOARD}-1`, board: BOARD, port: join(byId, "usb-Board_0001") }]);
});
