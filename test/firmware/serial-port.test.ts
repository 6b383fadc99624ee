import { userInfo } from "node:os";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildImage } from "../../firmware/build/image.js";
import { boot } from "../../host/target/emulated.js";
import { openTarget } from "../../host/target/open.js";
import { scanPorts } from "../../host/target/scan.js";
import { openWasm } from "../../host/target/wasm.js";
import type { Process } from "../../host/transport/child-process.js";
import { SerialLine } from "../../host/transport/serial.js";
import { connect, openPseudoTerminal, type PseudoTerminal } from "../pseudo-terminal.js";
import { folder } from "./folder.js";
import { holdSession, withoutBoard } from "./session.js";

/** An emulated board on a serial port: QEMU's line is the far end of a pseudo-terminal, which `serialport` opens. */
const BOARD = "mps2-an385";

const directory = folder();
let board: Process;
let port: PseudoTerminal;

beforeAll(async () => {
  await buildImage(BOARD, directory);
  port = await openPseudoTerminal();
  board = await boot(BOARD, directory);
  connect(board.line, port.line);
});

afterAll(async () => {
  await board.end();
  await port.end();
});

it("a board on a serial port answers a session with the bytes of the core in WASM", async () => {
  const target = await openTarget(`serial:${port.path}`);
  try {
    expect(target).toMatchObject({ name: `serial:${port.path}`, clock: "device" });
    const wasm = await openWasm("mcu");
    await wasm.client.hello();
    expect(withoutBoard(await holdSession(target))).toEqual(withoutBoard(await holdSession(wasm)));
  } finally {
    await target.close();
  }
});

it("a scan knows a board by its own word, and leaves alone what somebody holds", async () => {
  const deaf = await openPseudoTerminal();
  const held = await openPseudoTerminal();
  const line = await SerialLine.open(held.path);
  try {
    const found = await scanPorts([port.path, deaf.path, held.path], 115_200);
    expect(found).toMatchObject([
      { path: port.path, hello: { board: BOARD } },
      { path: deaf.path, problem: expect.stringContaining("the target is silent") },
      { path: held.path, problem: expect.stringMatching(`in use by .*pid ${process.pid}`) },
    ]);
  } finally {
    await line.close();
    await Promise.all([deaf.end(), held.end()]);
  }
});

it("a board that a run has is refused to another, or given once it is free", async () => {
  const name = `serial:${port.path}`;
  const target = await openTarget(name);
  await expect(openTarget(name)).rejects.toThrow(`in use by ${userInfo().username} (pid ${process.pid})`);
  const waiting = openTarget(name, { wait: 100_000 });
  await target.close();
  await (await waiting).close();
});
