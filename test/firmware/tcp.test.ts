import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { boot } from "../../host/target/emulated.js";
import { openTarget } from "../../host/target/open.js";
import { openWasm } from "../../host/target/wasm.js";
import { TargetError } from "../../host/target-error.js";
import type { Process } from "../../host/transport/child-process.js";
import { Stream } from "../../host/transport/tcp.js";
import { connect } from "../pseudo-terminal.js";
import { testImage } from "./image.js";
import { holdSession, withoutBoard } from "./session.js";

/** An emulated board whose line is served raw over TCP, as ser2net serves a port: to one connection at a time. */
const BOARD = "mps2-an385";

let board: Process;
let server: Server;
let name: string;
let peer: Socket | null = null;

beforeAll(async () => {
  const { directory } = await testImage(BOARD);
  board = await boot(BOARD, directory);
  server = createServer(socket => {
    peer = socket;
    connect(board.line, new Stream(socket, "peer"));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  name = `tcp://127.0.0.1:${(server.address() as { port: number }).port}`;
});

afterAll(async () => {
  await board.end();
  server.close();
});

it("a board that is served over TCP answers a session with the bytes of the core in WASM", async () => {
  const target = await openTarget(name);
  try {
    expect(target).toMatchObject({ name, clock: "device" });
    const wasm = await openWasm("mcu");
    await wasm.client.hello();
    expect(withoutBoard(await holdSession(target))).toEqual(withoutBoard(await holdSession(wasm)));
  } finally {
    await target.close();
  }
});

it("a connection that ends is told of, and the board is there for the next", async () => {
  const target = await openTarget(name);
  peer!.destroy();
  await expect(target.client.request("STATE", {})).rejects.toThrow(TargetError);
  await target.close();
  await (await openTarget(name)).close();
});
