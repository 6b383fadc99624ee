import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { Client, type ClientOptions } from "../../host/protocol/client.js";
import { qemu } from "../../host/target/qemu.js";
import { type Process, start } from "../../host/transport/child-process.js";
import {
  bitErrors,
  delays,
  droppedBytes,
  droppedChunks,
  duplicates,
  type Fault,
  FaultyLine,
  interruption,
  truncation,
  withFaults,
} from "../../host/transport/faults.js";
import type { Transport } from "../../host/transport/transport.js";
import { type Ask, Board, load, stateOf } from "../host/protocol/loaded-router.js";
import { folder } from "./folder.js";
import { type TestImage, testImage } from "./image.js";

const BOARD = "mps2-an385";

/** An emulator answers soon, and may be held up for long. */
const options: ClientOptions = { patience: 20, quietWaits: 1000, waits: 1000 };

const control = join(folder(), "control");
let image: TestImage;
let board: Process;
let expected: unknown[];

beforeAll(async () => {
  image = await testImage(BOARD);
  const wasm = await Board.start("mcu");
  await load(new Client(wasm.line));
  expected = await stateOf(wasm.ask);
  wasm.stop();
});

beforeEach(async () => {
  const machine = ["-M", BOARD, "-icount", "shift=0,sleep=off"];
  const command = qemu([...machine, "-qmp", `unix:${control},server=on,wait=off`]);
  board = await start(path => command(image.files.elf, path));
});

afterEach(() => board.end());

function meet(line: Transport): Client {
  return new Client(line, options);
}

/** Of the board, over its own line. */
async function state(client: Client): Promise<unknown[]> {
  await client.hello();
  const ask: Ask = (name, values) => client.request(name, values);
  return stateOf(ask);
}

const stacks: [string, Fault[]][] = [
  ["bits turned, and bytes and chunks lost", [bitErrors(0.0001), droppedBytes(0.0005), droppedChunks(0.1)]],
  ["chunks cut, doubled and held up", [truncation(0.1), duplicates(0.3), delays(0.1, 50)]],
];

it.each(stacks)("a board's table is right, loaded over a line with %s", async (_, faults) => {
  await load(meet(withFaults(board.line, 1, ...faults)));
  expect(await state(meet(board.line))).toEqual(expected);
});

it("a board that is reset in the middle of a load is told by its boot nonce, and loaded anew", async () => {
  const { bootNonce: before } = await meet(board.line).hello();
  const reset = await resetButton();
  const client = meet(new FaultyLine(board.line, interruption(20, reset), 1));
  const failure = await loadAndWatch(client).catch((error: Error) => error.message);
  const again = meet(board.line);
  const { bootNonce: after } = await again.hello();
  const [old, now] = [before, after].map(nonce => nonce.toString(16).padStart(8, "0"));
  expect(failure).toBe(`the target was reset (boot nonce 0x${old}, now 0x${now}): what it knew is lost`);
  await load(again);
  expect(await state(again)).toEqual(expected);
});

/** Ends only by a failure. */
async function loadAndWatch(client: Client): Promise<void> {
  await load(client);
  for (;;) await client.request("STATE", {});
}

/** Resets a machine that runs, through QEMU's control socket; its memory stays as it is. */
async function resetButton(): Promise<() => void> {
  const socket = connect(control);
  await once(socket, "data");
  socket.write('{"execute":"qmp_capabilities"}\n');
  await once(socket, "data");
  return () => socket.write('{"execute":"system_reset"}\n', () => socket.end());
}
