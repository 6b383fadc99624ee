/** Whatever comes to the BFD port, the router goes on serving, and a session comes up behind it. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { BfdState } from "../../../../host/protocol/words.js";
import type { Bytes } from "../../packet/build.js";
import { addresses, type Family, Line } from "./line.js";
import { control, enclosed } from "./packet.js";

const key = new Uint8Array(20).fill(9);
const byte = fc.nat(255);

/** A control packet of any values, with a few bytes changed, cut short or made longer. */
const payload = fc
  .record({
    fields: fc.record({
      version: fc.constantFrom(1, 1, 1, 1, 0),
      diagnostic: fc.nat(31),
      state: fc.constantFrom(...Object.values(BfdState)),
      poll: fc.boolean(),
      final: fc.boolean(),
      demand: fc.boolean(),
      multiplier: byte,
      my: fc.nat(0xffffffff),
      minTx: fc.constantFrom(0, 1, 10_000, 0xffffffff),
      minRx: fc.constantFrom(0, 1, 10_000, 0xffffffff),
    }),
    isOurs: fc.boolean(),
    sequence: fc.option(fc.nat(20), { nil: null }),
    edits: fc.array(fc.tuple(fc.nat(51), byte), { maxLength: 2 }),
    cut: fc.oneof({ weight: 4, arbitrary: fc.constant(60) }, fc.nat(60)),
    more: fc.uint8Array({ maxLength: 8 }),
  })
  .map(({ fields, isOurs, sequence, edits, cut, more }) => (discriminator: number): Bytes => {
    const authentication = sequence === null ? null : { type: 5, keyId: 1, sequence, key };
    const packet = control({ ...fields, your: isOurs ? discriminator : 0, authentication });
    for (const [at, value] of edits) if (at < packet.length) packet[at] = value;
    return Uint8Array.from([...packet.subarray(0, cut), ...more]);
  });

const input = fc.record({
  payload: fc.oneof(
    { weight: 9, arbitrary: payload },
    fc.uint8Array({ maxLength: 100 }).map(bytes => () => bytes),
  ),
  to: fc.constantFrom(3784, 3784, 3784, 4784),
  lifetime: fc.constantFrom(255, 255, 255, 254),
  pause: fc.constantFrom(0, 0, 100, 10_000, 1_000_000),
});

const families: Family[] = [4, 6];
const kinds = families.flatMap(family =>
  (["host", "mcu"] as const).flatMap(profile =>
    [0, 5].map(authentication => ({ profile, family, authentication })),
  ),
);

describe.each(kinds)("any bytes, $profile profile, IPv$family, authentication $authentication", kind => {
  const settings = { authentication: kind.authentication, keyId: 1, key };
  let line: Line;
  beforeAll(async () => {
    line = await Line.build(kind.profile, settings, kind.family);
  });

  it("leave the router serving", () => {
    const { own: destination, far: source } = addresses[kind.family];
    fc.assert(
      fc.property(fc.array(input, { minLength: 50, maxLength: 50 }), inputs => {
        line.restart(settings);
        let sequence = 1000;
        for (const { payload, to, lifetime, pause } of inputs) {
          const bytes = payload(line.state().localDiscriminator);
          line.receive(enclosed(bytes, { source, destination, to, lifetime }));
          line.wait(pause);
        }
        // So that no sequence number is known any more, and then a usual far end.
        line.configure(settings);
        const hear = (state: BfdState) => {
          const authentication = kind.authentication
            ? { type: 5, keyId: 1, sequence: sequence++, key }
            : null;
          line.hear({ state, authentication });
        };
        hear(BfdState.ADMIN_DOWN);
        hear(BfdState.DOWN);
        hear(BfdState.UP);
        expect(line.state().state).toBe(BfdState.UP);
        expect(line.isUsed()).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
