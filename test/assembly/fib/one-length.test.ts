import { beforeAll, describe, expect, test } from "vitest";
import { Refused } from "../../../host/protocol/refused.js";
import { Status } from "../../../host/protocol/words.js";
import { Random } from "../../../host/tables/random.js";
import { Bare, differences, edges, kinds } from "./bare.js";
import { Reference } from "./reference.js";
import { shuffle } from "./shuffle.js";

const MOST = 65_536;

/** Prefixes of room that stay free: in `mcu` the addresses of a batch lie there. */
const SPARE = 512;

/** Clears the table with as much room as there is memory for, up to that for `MOST` prefixes of four words each. */
function clearWidely(table: Bare): void {
  for (let room = 4 * MOST; ; room -= room >> 4) {
    try {
      table.clear(room + SPARE);
    } catch (error) {
      if (error instanceof Refused) continue;
      throw error;
    }
    table.clear(room);
    return;
  }
}

describe.each(kinds)("$profile, IPv$family", ({ profile, family }) => {
  const bits = family === 4 ? 32 : 128;
  const amount = profile === "mcu" ? "as many as fit, up to 65,536, of" : "65,536";
  let table: Bare;
  beforeAll(async () => {
    table = await Bare.load(profile, family);
  });

  const lengths = family === 4 ? [16, 24, 32] : [32, 48, 64];
  const rows = [
    ...lengths.map(length => ({ length, gap: "side by side", stride: 1n })),
    { length: lengths.at(-1)!, gap: "with gaps", stride: 3n },
  ];

  test.each(rows)(`${amount} prefixes of /$length, $gap, come and go`, ({ length, stride }) => {
    clearWidely(table);
    const random = new Random(length);
    const reference = new Reference(bits);
    const numbers = Array.from({ length: MOST }, (_, i) => i);
    const present: bigint[] = [];
    for (const i of shuffle(numbers, random)) {
      const address = (BigInt(i) * stride) << BigInt(bits - length);
      const set = i % 250;
      const status = table.insert(address, length, set);
      if (profile === "mcu" && status === Status.TABLE_FULL) break;
      expect(status).toBe(Status.OK);
      reference.insert(address, length, set);
      present.push(address);
    }
    expect(present.length).toBeGreaterThan(1000);

    const expectSame = (addresses: bigint[]) => {
      const asked = addresses.flatMap(address => edges(address, length, bits));
      expect(differences(table, reference, asked)).toEqual([]);
    };
    expectSame(present);
    // Half of them, in the order in which they came, which is none.
    const gone = present.splice(0, present.length >> 1);
    for (const address of gone) {
      expect(table.remove(address, length)).toBe(Status.OK);
      reference.remove(address, length);
    }
    expectSame([...present, ...gone].filter((_, i) => i % 8 === 0));
    for (const address of present) expect(table.remove(address, length)).toBe(Status.OK);
    expect(differences(table, new Reference(bits), present.slice(0, 100))).toEqual([]);
  });
});
