import { expect, it } from "vitest";
import { encodeFrame } from "../../../host/protocol/frame.js";
import { BODY_LIMIT, messages } from "../../../host/protocol/messages.js";
import { Router } from "../../../host/router/router.js";

const tooLong = `body: expected at most ${BODY_LIMIT} bytes, found ${BODY_LIMIT + 1}`;

it("a body that is too long goes into no frame", () => {
  const frame = { kind: 0, flags: 0, sequence: 0, time: 0 };
  expect(() => encodeFrame({ ...frame, body: new Uint8Array(BODY_LIMIT) })).not.toThrow();
  expect(() => encodeFrame({ ...frame, body: new Uint8Array(BODY_LIMIT + 1) })).toThrow(
    new RangeError(tooLong),
  );
});

it("a body that is too long is not written into the core", async () => {
  const router = await Router.load("host");
  const before = Buffer.from(router.exports.memory.buffer.slice(0));
  const tail = new Uint8Array(BODY_LIMIT + 1 - messages.FORWARD.request.size).fill(0xaa);
  expect(() => router.call("FORWARD", { port: 0 }, tail)).toThrow(new RangeError(tooLong));
  expect(before.equals(Buffer.from(router.exports.memory.buffer))).toBe(true);
});
