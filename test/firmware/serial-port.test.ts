import { userInfo } from "node:os";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client } from "../../host/protocol/client.js";
import { type PrefixBatch, rowBatches } from "../../host/protocol/prefixes.js";
import { roomFor } from "../../host/protocol/room.js";
import { Protocol } from "../../host/protocol/words.js";
import { synthesize } from "../../host/tables/synth.js";
import { boot } from "../../host/target/emulated.js";
import { openTarget } from "../../host/target/open.js";
import { scanPorts } from "../../host/target/scan.js";
import { openWasm } from "../../host/target/wasm.js";
import type { Process } from "../../host/transport/child-process.js";
import { SerialLine } from "../../host/transport/serial.js";
import { connect, openPseudoTerminal, type PseudoTerminal } from "../pseudo-terminal.js";
import { testImage } from "./image.js";
import { holdSession, withoutBoard } from "./session.js";

/** An emulated board on a serial port: QEMU's line is the far end of a pseudo-terminal, which `serialport` opens. */
const BOARD = "mps2-an385";

let board: Process;
let port: PseudoTerminal;

beforeAll(async () => {
  const { directory } = await testImage(BOARD);
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

it("a table crosses a line that loses frames either way", async () => {
  const { ipv4 } = synthesize({ prefixes4: 3000, prefixes6: 0, seed: 1 });
  const rows = Uint32Array.from({ length: ipv4.count }, (_, row) => row);
  const target = await openTarget(`serial:${port.path}`);
  try {
    const { client } = target;
    await onePath(client, roomFor(4, ipv4.lengths));
    const lost = loseEach(9);
    await client.requestEach("ANNOUNCE", announcements(rowBatches(ipv4, rows)));
    expect(await client.request("STATE", {})).toMatchObject({ prefixes4: ipv4.count, sets: 1 });
    expect(lost()).toBeGreaterThan(5);
  } finally {
    connect(board.line, port.line);
    await target.close();
  }
});

/** A router with room for `prefixes4`, and path 0. */
async function onePath(client: Client, prefixes4: number): Promise<void> {
  const address = new Uint8Array(16);
  const none = { streams: 0, events: 0, records: 0, bfdSessions: 0, reversion: 0, histories: 0 };
  const room = {
    ports: 1,
    neighbors: 1,
    paths: 1,
    sets: 4,
    pathsPerSet: 1,
    buckets: 1,
    bucketAges: 0,
    distances: 0,
    flows: 0,
    prefixes4,
    prefixes6: 0,
  };
  await client.request("CONFIGURE", { ...room, ...none });
  await client.request("PORT", {
    port: 0,
    up: 1,
    mtu: 1500,
    address4: address.subarray(12),
    address6: address,
  });
  const costs = { cost: 0, latency: 0 };
  const neighbor = { neighbor: 0, port: 0, up: 1, asn: 64500, routerId: 1, address, holdTime: 0 };
  await client.request("NEIGHBOR", { ...neighbor, ...costs });
  const path = { slot: 0, neighbor: 0, protocol: Protocol.EBGP, flags: 0, origin: 0, weight: 0, hops: 0 };
  await client.request("PATH", { ...path, ...costs, localPref: 100, med: 0, originatorId: 0, clusters: 0 });
}

function* announcements(batches: Iterable<PrefixBatch>) {
  for (const { family, tail } of batches) yield { values: { slot: 0, family }, tail };
}

/** From now on, one in `n` of the chunks to the board is lost, and of those from it. Gives how many were. */
function loseEach(n: number): () => number {
  let lost = 0;
  for (const line of [board.line, port.line]) {
    const carry = line.onData;
    let count = 0;
    line.onData = chunk => {
      if (++count % n === 0) lost++;
      else carry(chunk);
    };
  }
  return () => lost;
}

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
