import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { emulatedBoards, readBoard } from "../../firmware/build/board.js";
import { buildImage } from "../../firmware/build/image.js";
import { Client } from "../../host/protocol/client.js";
import { encodeFrame, FrameReader } from "../../host/protocol/frame.js";
import { messages } from "../../host/protocol/messages.js";
import { Router } from "../../host/router/router.js";
import { boot, openEmulated } from "../../host/target/emulated.js";
import { openWasm } from "../../host/target/wasm.js";
import type { Process } from "../../host/transport/child-process.js";
import { folder } from "./folder.js";
import { type TestImage, testImage } from "./image.js";
import { pico } from "./pico.js";
import { holdSession, type Transcript, withoutBoard } from "./session.js";

it("an image is the same to the byte, wherever and whenever it is built", async () => {
  const first = await testImage("mps2-an385");
  const second = await buildImage("mps2-an385", join(folder(), "deeper"));
  for (const file of ["elf", "bin", "hex", "map", "sums"] as const) {
    expect(readFileSync(second.files[file]).equals(readFileSync(first.files[file])), file).toBe(true);
  }
});

describe.each(emulatedBoards())("the image of %s", name => {
  const { linearMemory, tickRate } = readBoard(name);
  let image: TestImage;

  beforeAll(async () => {
    image = await testImage(name);
  });

  /** The transcript of a session on the board, after HELLO. */
  async function onBoard(): Promise<Transcript> {
    const target = await openEmulated(name, image.directory);
    try {
      await target.client.hello();
      return await holdSession(target);
    } finally {
      await target.close();
    }
  }

  it("says in its size report what a loader writes and what a run takes", () => {
    const bytes = readFileSync(image.files.bin).length;
    expect(image.flash).toBe(bytes);
    expect(image.ram).toBeGreaterThan(linearMemory);
  });

  it("takes beside linear memory what is reckoned with for a Pico", () => {
    const sizes = new Map(image.sections.map(({ name, size }) => [name, size]));
    expect(sizes.get(".text")! + sizes.get(".rodata")!).toBeLessThanOrEqual(pico.text);
    expect(sizes.get(".stack")).toBeLessThanOrEqual(pico.stacks);
    const variables = [".data", ".noinit", ".bss"].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
    expect(variables - linearMemory).toBeLessThanOrEqual(pico.variables);
  });

  it("answers HELLO with the hash of the core in it", async () => {
    const target = await openEmulated(name, image.directory);
    try {
      const hello = await target.client.hello();
      const { buildHash } = await Router.load("mcu");
      expect(hello).toMatchObject({ board: name, tickRate, configured: 0, resetCause: 0 });
      expect(hello.buildHash).toEqual(new Uint8Array(buildHash));
      expect(image.buildHash).toEqual(buildHash);
    } finally {
      await target.close();
    }
  });

  it("answers announce, withdraw, lookup and a probe timeline with the bytes of the core in WASM", async () => {
    const wasm = await openWasm("mcu");
    await wasm.client.hello();
    const expected = await holdSession(wasm);
    const found = await onBoard();
    expect(withoutBoard(found)).toEqual(withoutBoard(expected));
  });

  it("keeps to its schedule within 100 us of device time while idle time is skipped", async () => {
    const target = await openEmulated(name, image.directory);
    try {
      await target.client.hello();
      await target.client.request("CONFIGURE", small);
      // Beyond the 171 s after which the fastest tick counter wraps.
      const duration = 200_000_000;
      await target.client.request("RUN", { duration });
      await target.elapse(duration + 1000);
      const { running, time, lateness } = await target.client.request("PROGRESS", {});
      expect({ running, time }).toEqual({ running: 0, time: duration });
      expect(lateness).toBeLessThan(100);
    } finally {
      await target.close();
    }
  });

  it("changes nothing but a counter for frames that were damaged or cut", async () => {
    const board = await boot(name, image.directory);
    try {
      const client = new Client(board.line);
      await client.hello();
      await client.request("CONFIGURE", small);
      const before = await lookAround(client);
      const damaged = await damagedCount(board);
      const bad = brokenFrames();
      for (const frame of bad) await board.line.write(frame);
      expect(await lookAround(client)).toEqual(before);
      await damaged(bad.length);
    } finally {
      await board.end();
    }
  });
});

const small = {
  ports: 2,
  neighbors: 2,
  paths: 4,
  sets: 4,
  pathsPerSet: 2,
  buckets: 8,
  bucketAges: 0,
  distances: 0,
  flows: 0,
  prefixes4: 8,
  prefixes6: 8,
  streams: 1,
  events: 1,
  records: 8,
  bfdSessions: 0,
  reversion: 0,
  histories: 0,
};

async function lookAround(client: Client): Promise<unknown[]> {
  return [await client.request("STATE", {}), await client.request("COUNTERS", {})];
}

/** A request that would forget everything: with each of its bits turned in one place, and cut short. */
function brokenFrames(): Uint8Array[] {
  const body = messages.CONFIGURE.request.encode({ ...small, ports: 1 });
  const frame = encodeFrame({ kind: messages.CONFIGURE.kind, flags: 0, sequence: 9, time: 0, body });
  const turned = Array.from({ length: 8 }, (_, bit) => {
    const copy = frame.slice();
    const middle = frame.length >> 1;
    // A zero byte would end the frame there, and make two of it.
    copy[middle] = copy[middle]! ^ (1 << bit) || 0xff;
    return copy;
  });
  return [...turned, Uint8Array.of(...frame.subarray(0, -6), 0)];
}

/**
 * Resolves at the next heartbeat. What it gives resolves once `expected` more damaged frames are counted: before, the board may have
 * got the end of a frame alone, sent while it started.
 */
async function damagedCount(board: Process): Promise<(expected: number) => Promise<void>> {
  const reader = new FrameReader();
  const take = board.line.onData;
  let count = 0;
  let changed = () => {};
  const change = () =>
    new Promise<void>(resolve => {
      changed = resolve;
    });
  board.line.onData = chunk => {
    for (const frame of reader.push(chunk)) {
      if (frame.kind !== messages.HEARTBEAT.kind) continue;
      count = messages.HEARTBEAT.response.decode(frame.body).damaged;
      changed();
    }
    take(chunk);
  };
  await change();
  const before = count;
  return async expected => {
    while (count < before + expected) await change();
    expect(count).toBe(before + expected);
  };
}
