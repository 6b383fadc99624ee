import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { RP2040 } from "rp2040js";
import { beforeAll, expect, it } from "vitest";
import { isSealed, sealed } from "../../firmware/build/second-stage.js";
import { encodeFrame, FrameReader } from "../../host/protocol/frame.js";
import { messages } from "../../host/protocol/messages.js";
import { type Boot, Chip, fromFlash } from "../../host/target/rp2040.js";
import { type TestImage, testImage } from "./image.js";
import { pico } from "./pico.js";

const FLASH = 0x10000000;
const RAM = 0x20000000;
const STAGE = 256;

let image: TestImage;

beforeAll(async () => {
  image = await testImage("pico");
});

/** The first heartbeat of a router that was just started, within half a second of device time. */
function firstHeartbeat(boot: Boot): unknown {
  const reader = new FrameReader();
  const frames: ReturnType<FrameReader["push"]> = [];
  const chip = new Chip(boot, byte => frames.push(...reader.push(Uint8Array.of(byte))));
  chip.run(500_000_000, 10_000_000);
  const [first] = frames;
  expect(first?.kind).toBe(messages.HEARTBEAT.kind);
  return messages.HEARTBEAT.response.decode(first!.body);
}

/** The SSI, in front of a flash chip that knows one command: 4Bh, which 4 bytes follow, then its id. */
function attachFlash(chip: RP2040, id: Uint8Array): void {
  const SSI = 0x18000;
  const [SR, DR0] = [0x28, 0x60];
  const RFNE = 1 << 3;
  let at = -1;
  const received: number[] = [];
  Object.assign(chip.peripherals[SSI]!, {
    writeUint32(offset: number, value: number) {
      if (offset !== DR0) return;
      if (at < 0) expect(value).toBe(0x4b);
      received.push(id[at - 4] ?? 0xff);
      at = at === 11 ? -1 : at + 1;
    },
    readUint32: (offset: number) => {
      if (offset === SR) return received.length > 0 ? RFNE : 0;
      return offset === DR0 ? received.shift() : 0;
    },
  });
}

/** The data of a UF2 file, and where it belongs. */
function unpack(uf2: Buffer): { address: number; bytes: Buffer } {
  const blocks = Array.from({ length: uf2.length / 512 }, (_, index) => uf2.subarray(512 * index));
  const bytes = Buffer.concat(blocks.map(block => block.subarray(32, 32 + block.readUInt32LE(16))));
  return { address: uf2.readUInt32LE(12), bytes };
}

it("the image of a Pico fits its RAM as a whole", () => {
  expect(image.ram).toBeLessThanOrEqual(pico.ram);
});

it("what is flashed is the same in each form: a sealed second stage, then the image", () => {
  const bin = readFileSync(image.files.bin);
  const { address, bytes } = unpack(readFileSync(image.files.uf2!));
  expect(address).toBe(FLASH);
  expect(bytes.subarray(0, bin.length).equals(bin)).toBe(true);
  expect(isSealed(bin)).toBe(true);
  const ram = unpack(readFileSync(image.files.ramUf2!));
  expect(ram.bytes.subarray(0, bin.length - STAGE).equals(bin.subarray(STAGE))).toBe(true);
  const [first, second] = readFileSync(image.files.hex, "latin1").split("\n");
  expect(first).toMatch(/^:020000041000/);
  expect(second!.slice(0, 9)).toBe(":10000000");
  expect(second!.slice(9, 41).toLowerCase()).toBe(bin.toString("hex", 0, 16));
});

/** zlib's CRC-32 takes the lowest bit first, and inverts the result. */
function crc32HighestFirst(bytes: Uint8Array): number {
  const turned = (value: number, bits: number) =>
    Number.parseInt([...value.toString(2).padStart(bits, "0")].reverse().join(""), 2);
  return turned(~crc32(bytes.map(byte => turned(byte, 8))) >>> 0, 32);
}

it("the sum of a second stage is the boot ROM's CRC-32", () => {
  expect(crc32HighestFirst(Buffer.from("123456789")), "CRC-32/MPEG-2").toBe(0x0376e6e7);
  const stage = readFileSync(image.files.bin).subarray(0, STAGE);
  expect(stage.readUInt32LE(252)).toBe(crc32HighestFirst(stage.subarray(0, 252)));
  expect(sealed(Buffer.from("123456789")).readUInt32LE(252)).toBe(
    crc32HighestFirst(Buffer.concat([Buffer.from("123456789"), Buffer.alloc(243)])),
  );
});

it("a second stage that is too long is refused", () => {
  expect(() => sealed(new Uint8Array(253))).toThrow(RangeError);
});

it("a Pico starts from flash, and refuses a second stage of which one bit is wrong", () => {
  const flash = readFileSync(image.files.bin);
  expect(firstHeartbeat(fromFlash(flash))).toMatchObject({ damaged: 0, overruns: 0 });
  flash[8]! ^= 1;
  expect(() => firstHeartbeat(fromFlash(flash))).toThrow(/no second stage/);
});

it("a Pico runs from RAM what was copied there, and leaves flash as it is", () => {
  const { address, bytes } = unpack(readFileSync(image.files.ramUf2!));
  let chip!: RP2040;
  const inRam: Boot = rp2040 => {
    chip = rp2040;
    rp2040.sram.set(bytes, address - RAM);
    return { start: address, stack: RAM + pico.ram };
  };
  firstHeartbeat(inRam);
  expect(chip.flash.every(byte => byte === 0xff)).toBe(true);
});

it("a Pico is told from others by its flash chip", () => {
  const id = Uint8Array.of(0xe6, 0x60, 0xc0, 0xd1, 0xc7, 0x5b, 0x8a, 0x2f);
  const reader = new FrameReader();
  const frames: ReturnType<FrameReader["push"]> = [];
  const chip = new Chip(
    fromFlash(readFileSync(image.files.bin)),
    byte => frames.push(...reader.push(Uint8Array.of(byte))),
    rp2040 => attachFlash(rp2040, id),
  );
  const { kind, response } = messages.HELLO;
  chip.receive(encodeFrame({ kind, flags: 0, sequence: 1, time: 0, body: new Uint8Array(0) }));
  chip.run(500_000_000, 10_000_000);
  const hello = frames.find(frame => frame.kind === kind);
  expect(response.decode(hello!.body).uniqueId).toEqual(id);
});

it("the checksums of a Pico's files cover the ones that are copied to its drive", () => {
  const sums = readFileSync(image.files.sums, "utf8");
  expect(sums).toMatch(/^[0-9a-f]{64} {2}router\.uf2$/m);
  expect(sums).toMatch(/^[0-9a-f]{64} {2}router-ram\.uf2$/m);
});
