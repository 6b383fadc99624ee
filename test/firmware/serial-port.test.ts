import { afterAll, beforeAll, expect, it } from "vitest";
import { buildImage } from "../../firmware/build/image.js";
import { openTarget } from "../../host/target/open.js";
import { boot } from "../../host/target/qemu.js";
import { openWasm } from "../../host/target/wasm.js";
import type { Process } from "../../host/transport/child-process.js";
import { openPseudoTerminal, type PseudoTerminal } from "../pseudo-terminal.js";
import { folder } from "./folder.js";
import { holdSession, withoutSpeed } from "./session.js";

/** An emulated board on a serial port: QEMU's line is the far end of a pseudo-terminal, which `serialport` opens. */
const BOARD = "mps2-an385";

const directory = folder();
let board: Process;
let port: PseudoTerminal;

beforeAll(async () => {
  await buildImage(BOARD, directory);
  port = await openPseudoTerminal();
  board = await boot(BOARD, directory);
  board.line.onData = chunk => port.line.write(chunk);
  port.line.onData = chunk => board.line.write(chunk);
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
    expect(withoutSpeed(await holdSession(target))).toEqual(await holdSession(wasm));
  } finally {
    await target.close();
  }
});
