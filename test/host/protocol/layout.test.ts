import { describe, expect, it } from "vitest";
import { bytes, layout, text, u8, u16, u32, u64 } from "../../../host/protocol/layout.js";
import { BODY_LIMIT, messages } from "../../../host/protocol/messages.js";

const all = layout({ a: u8, b: u16, c: u32, d: u64, e: bytes(3), f: text(4) });
const values = { a: 1, b: 0x0203, c: 0x04050607, d: 2 ** 40, e: Uint8Array.of(7, 8, 9), f: "ab" };

describe("a layout", () => {
  it("gives back the values it encoded, and leaves the tail", () => {
    const body = all.encode(values, Uint8Array.of(42));
    expect(body.length).toBe(all.size + 1);
    expect(all.decode(body)).toEqual(values);
  });

  it("is little-endian without gaps", () => {
    expect([...all.encode(values).subarray(0, 7)]).toEqual([1, 3, 2, 7, 6, 5, 4]);
  });

  it("names the field, what it expected and what it found", () => {
    expect(() => all.encode({ ...values, b: 65536 })).toThrow(
      "b: expected a whole number from 0 to 65535, found 65536",
    );
    expect(() => all.encode({ ...values, e: new Uint8Array(2) })).toThrow("e: expected 3 bytes, found 2");
    expect(() => all.encode({ ...values, f: "abcde" })).toThrow("f: expected at most 4 characters, found 5");
  });

  it("refuses a body that is too short", () => {
    expect(() => all.decode(new Uint8Array(all.size - 1))).toThrow(`expected at least ${all.size} bytes`);
  });
});

it("every message fits a frame, and no two share a kind", () => {
  const kinds = Object.values(messages).map(m => m.kind);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const message of Object.values(messages)) {
    expect(message.kind).toBeLessThan(32);
    expect(message.request.size).toBeLessThanOrEqual(BODY_LIMIT);
    expect(message.response.size).toBeLessThanOrEqual(BODY_LIMIT);
  }
});
