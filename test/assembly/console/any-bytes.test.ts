import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encode } from "../../../host/protocol/cobs.js";
import { encodeFrame } from "../../../host/protocol/frame.js";
import { messages, type Request } from "../../../host/protocol/messages.js";
import type { Profile } from "../../../host/router/router.js";
import { Device, small } from "./device.js";

const BATCH = 250;
const BATCHES = 100_000 / BATCH;

/** A device with ports, neighbors, paths and routes, so that every request finds something to work on. */
async function busyDevice(profile: Profile): Promise<Device> {
  const device = await Device.start(profile);
  const address = new Uint8Array(16);
  device.ask("HELLO", 0);
  device.configure(1);
  let sequence = 2;
  const ask = <M extends keyof typeof messages>(name: M, values: Request<M>, tail?: Uint8Array) =>
    // biome-ignore lint/suspicious/noExplicitAny: the layout of a message that is only known by its name
    device.ask(name, sequence++, (messages[name].request as any).encode(values, tail));
  for (let n = 0; n < small.neighbors; n++) {
    ask("PORT", { port: n, up: 1, mtu: 1500, address4: Uint8Array.of(192, 0, 2, n), address6: address });
    const link = { asn: 64500 + n, routerId: n, cost: n, latency: 0, holdTime: 1000 };
    ask("NEIGHBOR", { neighbor: n, port: n, up: 1, ...link, address: address.with(0, 192).with(3, n) });
    const ranks = { origin: 0, weight: 0, localPref: 100, med: 0, hops: 0, cost: 0, latency: 0 };
    ask("PATH", { slot: n, neighbor: n, protocol: 2, flags: 0, originatorId: 0, clusters: 0, ...ranks });
    ask("ANNOUNCE", { slot: n, family: 4 }, Uint8Array.of(24, 198, 51, 100, 0, 0, 0, 0, 0, 0));
  }
  return device;
}

/** Requests of every kind, most of the right length and with small numbers, so that they get past the first check. */
const request = fc.integer({ min: 0, max: 31 }).chain(kind => {
  const size = Object.values(messages).find(message => message.kind === kind)?.request.size ?? 0;
  const byte = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 5 }) },
    fc.integer({ min: 0, max: 255 }),
  );
  const fitting = fc.array(byte, { minLength: size, maxLength: size }).map(bytes => Uint8Array.from(bytes));
  const body = fc.oneof({ weight: 4, arbitrary: fitting }, fc.uint8Array({ maxLength: 240 }));
  return fc.record({ kind: fc.constant(kind), body });
});

const noise = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 270 }).map(encode));

describe.each(["host", "mcu"] as const)("any bytes on the line, %s profile", profile => {
  it("that are no frame change nothing but the console's own buffers", async () => {
    const device = await busyDevice(profile);
    const { exports } = device.router;
    const own = [exports.inputBuffer(), exports.requestBuffer(), exports.responseBuffer()];
    /** Linear memory with zeros where the console may write. */
    const untouchable = () => {
      const memory = Buffer.from(exports.memory.buffer.slice(0));
      const [input, received, outgoing] = own as [number, number, number];
      memory.fill(0, input, input + exports.inputSize());
      memory.fill(0, received - 12, received + 242);
      memory.fill(0, outgoing - 12, outgoing + 242);
      return memory;
    };
    const before = untouchable();
    fc.assert(
      fc.property(fc.array(noise, { minLength: BATCH, maxLength: BATCH }), batch => {
        for (const bytes of batch) device.line(bytes);
        expect(untouchable().equals(before)).toBe(true);
      }),
      { numRuns: BATCHES },
    );
  });

  it("in frames of every kind leave the router serving, and memory beyond its pools untouched", async () => {
    const device = await busyDevice(profile);
    const { exports } = device.router;
    let sequence = 1000;
    const end = exports.memory.buffer.byteLength - 4096;
    if (profile === "host") device.router.bytes(end, 4096).fill(0x5a);
    fc.assert(
      fc.property(fc.array(request, { minLength: BATCH, maxLength: BATCH }), batch => {
        for (const { kind, body } of batch) {
          // A configuration of its own would take the guarded memory, and rightly so.
          if (kind === messages.CONFIGURE.kind && body.length === messages.CONFIGURE.request.size) continue;
          sequence = (sequence + 1) & 0xffff;
          const answers = device.line(encodeFrame({ kind, flags: 0, sequence, time: 0, body }));
          expect(answers.filter(answer => answer.kind === kind)).toHaveLength(1);
        }
        exports.advance(BigInt(exports.advance(0n)) + 10_000n);
        if (profile === "host")
          expect(device.router.bytes(end, 4096).every(byte => byte === 0x5a)).toBe(true);
        sequence = (sequence + 1) & 0xffff;
        const hello = messages.HELLO.response.decode(device.ask("HELLO", sequence).body);
        expect(hello).toMatchObject({ configured: 1, ...small });
      }),
      { numRuns: BATCHES },
    );
  });
});
