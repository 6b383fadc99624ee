import { describe, expect, it } from "vitest";
import { encodeFrame } from "../../../host/protocol/frame.js";
import { BODY_LIMIT, FrameFlag, messages, nak, record } from "../../../host/protocol/messages.js";
import { SCHEMA_HASH } from "../../../host/protocol/schema-hash.js";
import { Status } from "../../../host/protocol/words.js";
import { Device, isNak, small } from "./device.js";

const noEvent = { kind: 0, subject: 0, argument: 0, family: 4, length: 0, address: new Uint8Array(16) };

const progress = (sequence: number) =>
  encodeFrame({ kind: messages.PROGRESS.kind, flags: 0, sequence, time: 0, body: new Uint8Array(0) });

const configure = (sequence: number) => ({
  kind: messages.CONFIGURE.kind,
  flags: 0,
  sequence,
  time: 0,
  body: messages.CONFIGURE.request.encode(small),
});

describe.each(["host", "mcu"] as const)("the serial line of the %s profile", profile => {
  it("answers HELLO with the schema, the build and the capacities", async () => {
    const device = await Device.start(profile);
    device.configure(1);
    const frame = device.ask("HELLO", 7);
    expect(frame.sequence).toBe(7);
    expect(frame.flags).toBe(FrameFlag.RESPONSE);
    expect(messages.HELLO.response.decode(frame.body)).toMatchObject({
      protocol: 1,
      configured: 1,
      schemaHash: SCHEMA_HASH,
      buildHash: new Uint8Array(device.router.buildHash),
      ...small,
    });
  });

  it("refuses what it does not know, and says why", async () => {
    const device = await Device.start(profile);
    const status = (frame: { body: Uint8Array }) => nak.decode(frame.body).status;
    expect(status(device.ask("PROGRESS", 1))).toBe(Status.NOT_CONFIGURED);
    const unknown = encodeFrame({ kind: 30, flags: 0, sequence: 2, time: 0, body: new Uint8Array(0) });
    expect(status(device.line(unknown)[0]!)).toBe(Status.UNKNOWN_KIND);
    expect(status(device.ask("CONFIGURE", 3, new Uint8Array(3)))).toBe(Status.BAD_LENGTH);
    device.configure(4);
    expect(status(device.ask("PROGRESS", 5, new Uint8Array(1)))).toBe(Status.BAD_LENGTH);
  });

  it("refuses a configuration that does not fit with the bytes missing, and keeps the old one", async () => {
    const device = await Device.start(profile);
    const used = messages.CONFIGURE.response.decode(device.configure(1).body);
    const records = profile === "mcu" ? 100_000 : 2 ** 26;
    const huge = { ...small, records };
    const refused = device.ask("CONFIGURE", 2, messages.CONFIGURE.request.encode(huge));
    expect(isNak(refused)).toBe(true);
    const { status, detail } = nak.decode(refused.body);
    expect(status).toBe(Status.CAPACITY);
    expect(detail).toBe((records - small.records) * record.size - used.bytesFree);
    expect(messages.HELLO.response.decode(device.ask("HELLO", 3).body)).toMatchObject(small);
  });

  it("carries a request out once, and repeats its answer when asked again", async () => {
    const device = await Device.start(profile);
    device.ask("HELLO", 100);
    device.configure(101);
    const event = messages.EVENT.request.encode({ ...noEvent, time: 0 });
    const answers = Array.from({ length: small.events + 5 }, () => device.ask("EVENT", 102, event));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    // The timeline took one event, so there is room for all but one more.
    for (let i = 1; i < small.events; i++) expect(isNak(device.ask("EVENT", 102 + i, event))).toBe(false);
    expect(nak.decode(device.ask("EVENT", 102 + small.events, event).body).status).toBe(Status.EVENTS_FULL);
  });

  it("counts a frame that is out of date, and does not answer it", async () => {
    const device = await Device.start(profile);
    device.ask("HELLO", 0xffff);
    device.configure(0);
    device.ask("PROGRESS", 1);
    expect(device.line(progress(0xfff0))).toEqual([]);
    expect(device.line(progress(0))).toEqual([]);
    expect(device.damaged()).toBe(2);
    expect(device.line(progress(2))).toHaveLength(1);
  });

  it("sends a heartbeat every 250 ms of device time", async () => {
    const device = await Device.start(profile);
    device.sent = [];
    device.router.exports.advance(1_000_000n);
    expect(device.sent.map(frame => frame.time)).toEqual([250_000, 500_000, 750_000, 1_000_000]);
    for (const frame of device.sent) expect([frame.kind, frame.flags]).toEqual([1, FrameFlag.EVENT]);
  });

  it("carries nothing out twice when HELLO and what followed it come late once more", async () => {
    const device = await Device.start(profile);
    const event = messages.EVENT.request.encode({ ...noEvent, time: 0 });
    device.ask("HELLO", 10);
    device.configure(11);
    for (let sequence = 12; sequence < 15; sequence++) device.ask("EVENT", sequence, event);
    expect(device.ask("HELLO", 10).sequence).toBe(10);
    const late = { kind: messages.EVENT.kind, flags: 0, time: 0, body: event };
    device.line(encodeFrame(configure(11)));
    for (const sequence of [12, 13, 14]) device.line(encodeFrame({ ...late, sequence }));
    expect(device.ask("PROGRESS", 15).flags).toBe(FrameFlag.RESPONSE);
    for (let i = 3; i < small.events; i++) expect(isNak(device.ask("EVENT", 13 + i, event))).toBe(false);
    expect(nak.decode(device.ask("EVENT", 100, event).body).status).toBe(Status.EVENTS_FULL);
  });

  it("tells a new host where to count on from", async () => {
    const device = await Device.start(profile);
    const sequence = (number: number) =>
      messages.HELLO.response.decode(device.ask("HELLO", number).body).sequence;
    sequence(7);
    device.configure(500);
    device.ask("PROGRESS", 501);
    expect(sequence(40_000)).toBe(501);
    expect(device.ask("PROGRESS", 502).sequence).toBe(502);
  });

  it("does not count alike after two boots", async () => {
    const boots = Array.from({ length: 20 }, async () => (await Device.start(profile)).ask("HELLO", 0));
    const starts = (await Promise.all(boots)).map(
      ({ body }) => messages.HELLO.response.decode(body).sequence,
    );
    expect(new Set(starts).size).toBeGreaterThan(10);
  });

  it("repeats an answer even where HELLO came in between", async () => {
    const device = await Device.start(profile);
    const answer = device.configure(1);
    device.ask("HELLO", 900);
    expect(device.configure(1)).toEqual(answer);
  });

  it("refuses a packet that its answer could not hold", async () => {
    const device = await Device.start(profile);
    device.configure(1);
    const packet = new Uint8Array(BODY_LIMIT - messages.FORWARD.response.size);
    const forward = (tail: Uint8Array) => messages.FORWARD.request.encode({ port: 0 }, tail);
    expect(isNak(device.ask("FORWARD", 2, forward(packet)))).toBe(false);
    const refused = device.ask("FORWARD", 3, forward(new Uint8Array(packet.length + 1)));
    expect(nak.decode(refused.body).status).toBe(Status.BAD_LENGTH);
  });

  it("reads frames however the bytes are cut", async () => {
    const device = await Device.start(profile);
    device.ask("HELLO", 0);
    device.configure(1);
    for (let sequence = 2; sequence < 60; sequence++) {
      const bytes = progress(sequence);
      const cut = sequence % bytes.length;
      device.line(bytes.subarray(0, cut));
      const early = device.sent.length;
      device.line(bytes.subarray(cut));
      expect(early + device.sent.length).toBe(1);
    }
  });
});
