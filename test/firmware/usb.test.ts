import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { Client } from "../../host/protocol/client.js";
import { encodeFrame, FrameReader, isResponse } from "../../host/protocol/frame.js";
import { messages } from "../../host/protocol/messages.js";
import { DeviceTarget } from "../../host/target/device.js";
import { Chip, fromFlash } from "../../host/target/rp2040.js";
import { openWasm } from "../../host/target/wasm.js";
import type { Transport } from "../../host/transport/transport.js";
import { type TestImage, testImage } from "./image.js";
import { holdSession, withoutBoard } from "./session.js";
import { UsbHost } from "./usb-host.js";

let image: TestImage;

beforeAll(async () => {
  image = await testImage("pico");
});

/** A line of a chip in this process. */
class Line implements Transport {
  onData: (chunk: Uint8Array) => void = () => {};
  onClose: (reason: Error) => void = () => {};

  constructor(readonly send: (bytes: Uint8Array) => void) {}

  async write(bytes: Uint8Array): Promise<void> {
    this.send(bytes);
  }

  async close(): Promise<void> {}
}

/** Nanoseconds of device time, which are over at once where the chip sleeps, and instructions between two looks at the lines. */
const SLICE = 10_000_000;
const INSTRUCTIONS = 100_000;
const MILLISECOND = 1_000_000;

const PACKET = 64;

let host: UsbHost;
let chip: Chip;
let uart: Line;
let usb: Line;
let running: Promise<void>;
let isOver = false;

beforeEach(() => {
  host = new UsbHost();
  uart = new Line(bytes => chip.receive(bytes));
  usb = new Line(bytes => host.send(bytes));
  host.onData = packet => usb.onData(packet);
  chip = new Chip(
    fromFlash(readFileSync(image.files.bin)),
    byte => uart.onData(Uint8Array.of(byte)),
    rp2040 => host.attach(rp2040),
  );
  isOver = false;
  running = run();
});

afterEach(() => {
  isOver = true;
  return running;
});

async function run(): Promise<void> {
  while (!isOver) {
    chip.run(SLICE, INSTRUCTIONS);
    await setImmediate();
  }
}

function meet(line: Line): Client {
  return new Client(line, { quietWaits: 40 });
}

/** Requests that need no more than their kind, numbered on from `sequence`. */
function requests(name: "HELLO" | "STATE", sequence: number, count: number): Uint8Array[] {
  const { kind } = messages[name];
  return Array.from({ length: count }, (_, index) =>
    encodeFrame({
      kind,
      flags: 0,
      sequence: (sequence + 1 + index) & 0xffff,
      time: 0,
      body: new Uint8Array(0),
    }),
  );
}

it("a USB host is told of a serial port, under a name that is not another's", async () => {
  await meet(usb).hello();
  const describe = (type: number, index = 0) => {
    host.ask(0x80, 6, (type << 8) | index, 255);
    chip.run(MILLISECOND, INSTRUCTIONS);
    return host.answered;
  };
  const device = describe(1);
  expect(device.readUInt16LE(8).toString(16)).toBe("1209");
  expect(device.readUInt16LE(10)).toBe(1);
  expect(device[4], "device class: communications").toBe(2);
  const configuration = describe(2);
  expect(configuration.readUInt16LE(2)).toBe(configuration.length);
  expect(describe(3, 1).subarray(2).toString("utf16le")).toBe("nearhop");
  expect(describe(3, 2).subarray(2).toString("utf16le")).toBe("pico");
});

it("the router says on USB what it says on UART0", async () => {
  const there = await meet(usb).hello();
  const here = await meet(uart).hello();
  expect(here).toEqual({ ...there, sequence: here.sequence });
});

it("a session over USB has the bytes of the core in WASM", async () => {
  const wasm = await openWasm("mcu");
  await wasm.client.hello();
  const target = new DeviceTarget("pico", meet(usb));
  await target.client.hello();
  expect(withoutBoard(await holdSession(target))).toEqual(withoutBoard(await holdSession(wasm)));
});

it("nothing is lost of what a USB host sends faster than the router takes it", async () => {
  const { sequence } = await meet(usb).hello();
  const count = 200;
  const reader = new FrameReader();
  const answered: number[] = [];
  host.onData = packet => {
    answered.push(
      ...reader
        .push(packet)
        .filter(isResponse)
        .map(frame => frame.sequence),
    );
  };
  host.send(Buffer.concat(requests("HELLO", sequence, count)));
  while (answered.length < count) await setImmediate();
  expect(answered).toEqual(Array.from({ length: count }, (_, index) => (sequence + 1 + index) & 0xffff));
});

it("whatever waits for a USB host ends with a packet that is not full", async () => {
  let { sequence } = await meet(usb).hello();
  const totals = new Set<number>();
  // Refused by a router that is not configured, in an odd number of bytes: one of the counts makes whole packets.
  for (let count = 1; count <= PACKET; count++) {
    host.packets.length = 0;
    host.stopReading();
    for (const frame of requests("STATE", sequence, count)) host.send(frame);
    sequence += count;
    chip.run(20 * MILLISECOND, 1_000_000);
    host.readAgain();
    chip.run(20 * MILLISECOND, 1_000_000);
    expect(host.packets.at(-1)).toBeLessThan(PACKET);
    totals.add(host.packets.reduce((sum, length) => sum + length, 0) % PACKET);
  }
  expect(totals).toContain(0);
});

it("a USB host that does not read holds up neither the router nor UART0, and may read again", async () => {
  const { sequence } = await meet(usb).hello();
  host.stopReading();
  for (const frame of requests("HELLO", sequence, 100)) host.send(frame);
  chip.run(100 * MILLISECOND, 1_000_000);
  await meet(uart).hello();
  await meet(uart).hello();
  host.readAgain();
  await meet(usb).hello();
});
