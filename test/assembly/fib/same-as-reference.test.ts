import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { Bare, differences, edges, kinds } from "./bare.js";
import { Reference } from "./reference.js";
import { wordsFor } from "./room.js";

const CAPACITY = 24;

/** A step of a run. Prefixes lie near one of the run's anchors: `shared` of its bits are the anchor's. */
interface Step {
  kind: "insert" | "replace" | "remove" | "remove absent";
  anchor: number;
  shared: number;
  rest: bigint;
  length: number;
  set: number;
  /** Which of the known prefixes is replaced or removed. */
  pick: number;
}

function steps(bits: number, setLimit: number): fc.Arbitrary<Step[]> {
  const landmarks =
    bits === 32 ? [0, 1, 15, 16, 17, 24, 25, 31, 32] : [0, 16, 17, 32, 47, 48, 49, 64, 127, 128];
  const step = fc.record<Step>({
    kind: fc.constantFrom(
      "insert",
      "insert",
      "insert",
      "insert",
      "replace",
      "remove",
      "remove",
      "remove absent",
    ),
    anchor: fc.nat(2),
    shared: fc.nat(bits),
    rest: fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }),
    length: fc.oneof(fc.nat(bits), fc.constantFrom(...landmarks)),
    set: fc.oneof(fc.nat(3), fc.constantFrom(253, 254), fc.nat(setLimit - 1)),
    pick: fc.nat(1000),
  });
  return fc.array(step, { maxLength: 60 });
}

describe.each(kinds)("$profile, IPv$family", ({ profile, family }) => {
  let table: Bare;
  beforeAll(async () => {
    table = await Bare.load(profile, family);
  });

  test("holds what the reference holds, whatever comes and goes", () => {
    const bits = family === 4 ? 32 : 128;
    const all = (1n << BigInt(bits)) - 1n;
    const address = fc.oneof(fc.bigInt({ min: 0n, max: all }), fc.constantFrom(0n, all));
    const anchors = fc.tuple(address, address, address);
    const run = fc.tuple(anchors, steps(bits, profile === "mcu" ? 0xff : 0xfffe));
    fc.assert(
      fc.property(run, ([anchor, script]) => {
        table.clear(CAPACITY);
        const reference = new Reference(bits);
        const known: { address: bigint; length: number }[] = [];
        for (const { kind, ...step } of script) {
          const near = anchor[step.anchor]! ^ (step.rest >> BigInt(step.shared));
          const picked = known.length > 0 ? known[step.pick % known.length]! : null;
          const fresh = { address: reference.mask(near, step.length), length: step.length };
          const prefix = (kind === "replace" || kind === "remove") && picked ? picked : fresh;
          const isKnown = reference.get(prefix.address, prefix.length) !== null;
          if (kind === "remove" || kind === "remove absent") {
            expect(table.remove(prefix.address, prefix.length)).toBe(isKnown ? Status.OK : Status.NOT_FOUND);
            reference.remove(prefix.address, prefix.length);
            if (isKnown) {
              const same = (other: typeof prefix) =>
                other.address === prefix.address && other.length === prefix.length;
              known.splice(known.findIndex(same), 1);
            }
          } else if (isKnown || wordsFor(profile, family, [...known, prefix]) <= CAPACITY) {
            expect(table.insert(prefix.address, prefix.length, step.set)).toBe(Status.OK);
            reference.insert(prefix.address, prefix.length, step.set);
            if (!isKnown) known.push(prefix);
          } else {
            expect(table.insert(prefix.address, prefix.length, step.set)).toBe(Status.TABLE_FULL);
          }
          const asked = [near, near ^ 1n, 0n, all, ...edges(prefix.address, prefix.length, bits)];
          if (picked) asked.push(...edges(picked.address, picked.length, bits));
          expect(differences(table, reference, asked)).toEqual([]);
        }
        const everywhere = known.flatMap(prefix => edges(prefix.address, prefix.length, bits));
        expect(differences(table, reference, everywhere)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
