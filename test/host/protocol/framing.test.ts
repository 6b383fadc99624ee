import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../../../host/protocol/cobs.js";
import { crc16 } from "../../../host/protocol/crc.js";
import { decodeFrame, encodeFrame, type Frame, FrameReader } from "../../../host/protocol/frame.js";

// Zeros and long runs without one are where COBS can go wrong.
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.array(fc.constantFrom(0, 1, 255), { maxLength: 600 }).map(a => Uint8Array.from(a)),
  fc.integer({ min: 250, max: 520 }).map(n => new Uint8Array(n).fill(7)),
);

const frame: fc.Arbitrary<Frame> = fc.record({
  kind: fc.integer({ min: 0, max: 31 }),
  flags: fc.integer({ min: 0, max: 7 }),
  sequence: fc.integer({ min: 0, max: 0xffff }),
  time: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  body: fc.uint8Array({ maxLength: 240 }),
});

describe("COBS", () => {
  it("gives back what it encoded, with no zero inside", () => {
    fc.assert(
      fc.property(bytes, data => {
        const encoded = encode(data);
        expect(encoded[0]).toBe(0);
        expect(encoded.indexOf(0, 1)).toBe(encoded.length - 1);
        expect(encoded.length).toBeLessThanOrEqual(data.length + Math.floor(data.length / 254) + 3);
        expect(decode(encoded.subarray(1, -1))).toEqual(data);
      }),
    );
  });

  it("refuses a block that ends early", () => {
    expect(decode(Uint8Array.of(5, 1, 2))).toBeNull();
  });
});

describe("CRC-16/CCITT-FALSE", () => {
  it("has its published check value", () => {
    expect(crc16(new TextEncoder().encode("123456789"))).toBe(0x29b1);
  });
});

describe("frames", () => {
  it("come out of any chunks as they went in, in order", () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), fc.integer({ min: 1, max: 300 }), (frames, size) => {
        const line = Buffer.concat(frames.map(encodeFrame));
        const reader = new FrameReader();
        const read: Frame[] = [];
        for (let at = 0; at < line.length; at += size)
          read.push(...reader.push(line.subarray(at, at + size)));
        expect(read).toEqual(frames);
        expect(reader.damaged).toBe(0);
      }),
    );
  });

  it("are refused when any one bit is flipped", () => {
    fc.assert(
      fc.property(frame, fc.nat(), fc.integer({ min: 0, max: 7 }), (sent, position, bit) => {
        const line = encodeFrame(sent).subarray(1, -1).slice();
        line[position % line.length]! ^= 1 << bit;
        // A bit flip may cut the frame in two by making a zero; neither part may pass as a frame.
        for (const part of [line, line.subarray(0, line.indexOf(0) >>> 0)])
          expect(decodeFrame(part)).toBeNull();
      }),
    );
  });

  const good: Frame = { kind: 3, flags: 1, sequence: 9, time: 5, body: Uint8Array.of(1, 0, 2) };

  it("behind a damaged one are read", () => {
    const damaged = encodeFrame(good);
    damaged[4]! ^= 0x55;
    const reader = new FrameReader();
    expect(reader.push(Buffer.concat([damaged, encodeFrame(good)]))).toEqual([good]);
    expect(reader.damaged).toBe(1);
  });

  it("behind noise without a zero are read, and the noise counts as one damaged frame", () => {
    fc.assert(
      fc.property(fc.integer({ min: 257, max: 2000 }), fc.integer({ min: 1, max: 700 }), (length, size) => {
        const line = Buffer.concat([new Uint8Array(length).fill(0x55), encodeFrame(good)]);
        const reader = new FrameReader();
        const read: Frame[] = [];
        for (let at = 0; at < line.length; at += size)
          read.push(...reader.push(line.subarray(at, at + size)));
        expect(read).toEqual([good]);
        expect(reader.damaged).toBe(1);
      }),
    );
  });

  it("that are too long count as damaged before they end", () => {
    const reader = new FrameReader();
    for (let byte = 0; byte < 256; byte++) reader.push(Uint8Array.of(1));
    expect(reader.damaged).toBe(0);
    for (let byte = 0; byte < 100; byte++) reader.push(Uint8Array.of(1));
    expect(reader.damaged).toBe(1);
  });

  it("may be as long as a body can make them", () => {
    for (const fill of [0, 1]) {
      const longest: Frame = {
        ...good,
        sequence: 0x0101,
        time: 0x01010101_010101,
        body: new Uint8Array(240).fill(fill),
      };
      expect(new FrameReader().push(encodeFrame(longest))).toEqual([longest]);
    }
  });
});
