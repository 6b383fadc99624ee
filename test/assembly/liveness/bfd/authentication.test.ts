/** RFC 5880 sections 4.4 and 6.7.4. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BfdAuthentication, BfdState } from "../../../../host/protocol/words.js";
import { type Unit, unit } from "../../unit.js";
import { Line } from "./line.js";
import { type Authentication, control } from "./packet.js";

const key = new TextEncoder().encode("0123456789abcdefghij");
const { KEYED_SHA1, METICULOUS_KEYED_SHA1 } = BfdAuthentication;

describe.each(["host", "mcu"] as const)("SHA-1 of the %s profile", profile => {
  let core: Unit<{ sha1(message: number, words: number, digest: number): void; room(): number }>;
  beforeAll(async () => {
    core = await unit(
      profile,
      `export { sha1 } from "./liveness/bfd/sha1";
       const memoryForTest = memory.data(128, 8);
       export function room(): usize { return memoryForTest; }`,
    );
  });

  it("is SHA-1, for messages of up to 13 words", () => {
    const message = fc.nat(13).chain(words => fc.uint8Array({ minLength: 4 * words, maxLength: 4 * words }));
    fc.assert(
      fc.property(message, bytes => {
        const memory = new Uint8Array(core.memory.buffer);
        memory.set(bytes, core.room());
        core.sha1(core.room(), bytes.length / 4, core.room() + 64);
        const digest = memory.subarray(core.room() + 64, core.room() + 84);
        expect(Buffer.from(digest).toString("hex")).toBe(createHash("sha1").update(bytes).digest("hex"));
      }),
      { numRuns: 2000 },
    );
  });
});

describe.each(["host", "mcu"] as const)("authentication in the %s profile", profile => {
  let line: Line;
  beforeAll(async () => {
    line = await Line.build(profile);
  });
  const settings = (authentication: number) => ({ authentication, keyId: 7, key });
  beforeEach(() => line.restart(settings(METICULOUS_KEYED_SHA1)));

  const signed = (sequence: number, fields: Partial<Authentication> = {}) => ({
    authentication: { type: METICULOUS_KEYED_SHA1, keyId: 7, key, sequence: sequence >>> 0, ...fields },
  });
  const isTaken = (sequence: number, fields: Partial<Authentication> = {}) => {
    const { received } = line.state();
    line.hear({ state: BfdState.UP, ...signed(sequence, fields) });
    return line.state().received > received;
  };

  it.each([KEYED_SHA1, METICULOUS_KEYED_SHA1])("signs every packet with type %i, one number higher", type => {
    line.restart(settings(type));
    const sent = line.wait(10_000_000);
    const first = sent[0]!.authentication!.sequence;
    for (const [number, { packet, ...fields }] of sent.entries()) {
      const sequence = (first + number) >>> 0;
      const expected = control({ ...fields, authentication: { type, keyId: 7, sequence, key } });
      expect(Buffer.from(packet.subarray(28)).toString("hex")).toBe(Buffer.from(expected).toString("hex"));
    }
  });

  it("pads a short key with zeros", () => {
    const short = new Uint8Array(20);
    short.set(key.subarray(0, 5));
    line.configure({ authentication: KEYED_SHA1, keyId: 1, key: short });
    expect(isTaken(1, { type: KEYED_SHA1, keyId: 1, key: key.subarray(0, 5) })).toBe(true);
  });

  it("takes no other key, key id, or type", () => {
    expect(isTaken(1, { key: key.toReversed() })).toBe(false);
    expect(isTaken(1, { keyId: 8 })).toBe(false);
    expect(isTaken(1, { type: KEYED_SHA1 })).toBe(false);
    for (const type of [1, 2, 3]) expect(isTaken(1, { type })).toBe(false);
    expect(isTaken(1)).toBe(true);
  });

  it.each([
    { type: KEYED_SHA1, first: 0 },
    { type: METICULOUS_KEYED_SHA1, first: 1 },
  ])("takes numbers up to three multipliers ahead with type $type, from $first on", ({ type, first }) => {
    for (const start of [1000, 0xffffffff, 0x7fffffff]) {
      for (const [ahead, taken] of [
        [-1, false],
        [0, first === 0],
        [1, true],
        [9, true],
        [10, false],
      ] as const) {
        line.restart(settings(type));
        expect(isTaken(start, { type })).toBe(true);
        expect(isTaken(start + ahead, { type })).toBe(taken);
      }
    }
  });

  it("takes no number from a packet that is not authentic", () => {
    isTaken(1000);
    expect(isTaken(1005, { key: key.toReversed() })).toBe(false);
    expect(isTaken(1001)).toBe(true);
  });

  it("takes any number again after two detection times without a packet (6.8.1)", () => {
    isTaken(1000);
    line.wait(2 * line.state().detectionTime - 1);
    expect(isTaken(5)).toBe(false);
    line.wait(1);
    expect(isTaken(5)).toBe(true);
  });

  it("refuses a packet in which any one bit was turned", () => {
    const { localDiscriminator: your } = line.state();
    const authentic = control({ your, ...signed(1) });
    for (let bit = 0; bit < authentic.length * 8; bit++) {
      const { received } = line.state();
      const packet = authentic.slice();
      packet[bit >> 3]! ^= 0x80 >> (bit & 7);
      line.hearPayload(packet);
      // The byte behind the key id is reserved, and signed all the same.
      expect(line.state().received).toBe(received);
    }
    line.hearPayload(authentic);
    expect(line.state().received).toBe(1);
  });

  it("brings a session up, and keeps it", () => {
    let sequence = 0;
    const hear = (state: BfdState, final = false) => line.hear({ state, final, ...signed(++sequence) });
    hear(BfdState.DOWN);
    hear(BfdState.UP);
    hear(BfdState.UP, true);
    for (let i = 0; i < 100; i++) {
      line.wait(20_000);
      hear(BfdState.UP);
    }
    expect(line.state()).toMatchObject({ state: BfdState.UP, received: 103 });
  });
});
