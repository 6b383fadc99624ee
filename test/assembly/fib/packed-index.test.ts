import { beforeAll, describe, expect, test } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { Random } from "../../../host/tables/random.js";
import { synthesize } from "../../../host/tables/synth.js";
import { Bare, differences, edges } from "./bare.js";
import { type Entry, entries } from "./internet.js";
import { Reference } from "./reference.js";
import { shuffle } from "./shuffle.js";

/** Room for an index of many ranges, whatever is in the table. */
const ROOM = 20_000;

const ascending = entries(synthesize({ prefixes4: 3000, prefixes6: 0 }), 4);
const region = entries(synthesize({ prefixes4: 200_000, prefixes6: 0 }), 4).slice(70_000, 73_000);

/** The index of the packed IPv4 table lies over what is in the table, and moves while that comes. */
describe.each([
  ["the internet's", ascending],
  ["a region's", region],
])("%s prefixes are found", (_, sorted) => {
  let table: Bare;
  beforeAll(async () => {
    table = await Bare.load("mcu", 4);
  });

  function expectFound(arrivals: Entry[]): void {
    table.clear(ROOM);
    const reference = new Reference(32);
    const expectSame = () => {
      const asked = arrivals
        .filter((_, i) => i % 7 === 0)
        .flatMap(entry => edges(entry.address, entry.length, 32));
      expect(differences(table, reference, asked)).toEqual([]);
    };
    arrivals.forEach(({ address, length, set }, i) => {
      expect(table.insert(address, length, set)).toBe(Status.OK);
      reference.insert(address, length, set);
      if (i === 10 || i === 1000) expectSame();
    });
    expectSame();
    for (const { address, length } of arrivals.slice(0, arrivals.length / 2)) {
      expect(table.remove(address, length)).toBe(Status.OK);
      reference.remove(address, length);
    }
    expectSame();
  }

  test("when they come in ascending order", () => expectFound(sorted));

  test("when they come in descending order", () => expectFound(sorted.toReversed()));

  test("when they come from the middle outwards", () => {
    const middle = sorted.length / 2;
    const from = (i: number) => (i % 2 === 0 ? middle + i / 2 : middle - (i + 1) / 2);
    expectFound(sorted.map((_, i) => sorted[from(i)]!));
  });

  test("when they come in any order", () => {
    const arrivals = [...sorted];
    shuffle(arrivals, new Random(1));
    expectFound(arrivals);
  });

  test("when the first and the last address come first", () => {
    expectFound([
      { address: 0n, length: 5, set: 1 },
      { address: 0xffff_ff00n, length: 24, set: 2 },
      ...sorted.filter(({ address }) => address !== 0n),
    ]);
  });
});
