import { describe, expect, test } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { Random } from "../../../host/tables/random.js";
import { Bare, differences, edges, kinds } from "./bare.js";
import { Reference } from "./reference.js";
import { wordsFor } from "./room.js";

const CAPACITY = 300;
const STEPS = 15_000;

/**
 * Many prefixes in few places come and go for long, so that pages grow and shrink through all sizes and memory that was
 * given back is used again and again.
 */
describe.each(kinds)("$profile, IPv$family", ({ profile, family }) => {
  const bits = family === 4 ? 32 : 128;

  test("stays right through a long churn", async () => {
    const table = await Bare.load(profile, family);
    table.clear(CAPACITY);
    const empty = table.bytes();
    const reference = new Reference(bits);
    const random = new Random(family);
    const known: { address: bigint; length: number }[] = [];
    // Up to 10 bits of position behind one of three stems, where the pages are.
    const deepest = family === 4 ? 26 : 50;
    const draw = () => {
      const length = deepest - random.below(12);
      const stem = BigInt(random.below(3)) << BigInt(bits - 3);
      const inner = BigInt(random.below(1 << 12)) << BigInt(bits - deepest);
      return { address: reference.mask(stem | inner, length), length };
    };

    for (let step = 0; step < STEPS; step++) {
      // Now mostly more, now mostly less.
      const growing = Math.floor(step / 1000) % 2 === 0;
      if (random.below(10) < (growing ? 8 : 2)) {
        const { address, length } = draw();
        const set = random.below(step % 3 === 0 ? 2 : table.setLimit);
        const isNew = reference.get(address, length) === null;
        const words = isNew ? wordsFor(profile, family, [...known, { address, length }]) : 0;
        const status = words > CAPACITY ? Status.TABLE_FULL : Status.OK;
        expect(table.insert(address, length, set)).toBe(status);
        if (status === Status.OK) reference.insert(address, length, set);
        if (status === Status.OK && isNew) known.push({ address, length });
      } else if (known.length > 0) {
        const at = random.below(known.length);
        const { address, length } = known[at]!;
        known[at] = known.at(-1)!;
        known.pop();
        expect(table.remove(address, length)).toBe(Status.OK);
        reference.remove(address, length);
      }
      if (step % 500 === 0) {
        const asked = known.flatMap(({ address, length }) => edges(address, length, bits));
        expect(differences(table, reference, asked.slice(0, 600))).toEqual([]);
      }
    }

    for (const { address, length } of known) expect(table.remove(address, length)).toBe(Status.OK);
    expect(differences(table, new Reference(bits), [0n, 1n << BigInt(bits - 3)])).toEqual([]);
    // No page is left behind; the width of leaves and the buckets of escapes do not shrink.
    expect(table.bytes() - empty).toBeLessThan(512);
  });
});
