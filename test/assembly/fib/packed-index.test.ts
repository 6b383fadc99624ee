import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { withMemory } from "../../../hil/bench/module-memory.js";
import { Status } from "../../../host/protocol/words.js";
import { configureBareTable } from "../../../host/router/bare-table.js";
import { modulePath, Router } from "../../../host/router/router.js";
import { Random } from "../../../host/tables/random.js";
import { synthesize } from "../../../host/tables/synth.js";
import { refusal } from "../rib/world.js";
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

  test("while others come and go far away, on one side and on the other", () => {
    table.clear(ROOM);
    const reference = new Reference(32);
    for (const { address, length, set } of sorted) {
      table.insert(address, length, set);
      reference.insert(address, length, set);
    }
    const asked = sorted.filter((_, i) => i % 70 === 0).flatMap(({ address }) => edges(address, 24, 32));
    for (const address of [0n, 0xffff_ff00n, 0x0800_0000n, 0xfe00_0000n, 0n]) {
      expect(table.insert(address, 24, 9)).toBe(Status.OK);
      reference.insert(address, 24, 9);
      expect(differences(table, reference, [...asked, ...edges(address, 24, 32)])).toEqual([]);
      expect(table.remove(address, 24)).toBe(Status.OK);
      reference.remove(address, 24);
      expect(differences(table, reference, [...asked, ...edges(address, 24, 32)])).toEqual([]);
    }
  });

  test("when the first and the last address come first", () => {
    expectFound([
      { address: 0n, length: 5, set: 1 },
      { address: 0xffff_ff00n, length: 24, set: 2 },
      ...sorted.filter(({ address }) => address !== 0n),
    ]);
  });
});

test("where there is memory for more than the index can count, so many fit and more are refused", async () => {
  const most = 63_000;
  const router = await Router.of(withMemory(await readFile(modulePath("mcu")), 8, 8));
  const { insert4, lookup4, remove4 } = router.exports;
  expect(refusal(() => configureBareTable(router, { prefixes4: most + 1, prefixes6: 0 }))).toBe("BAD_VALUE");
  configureBareTable(router, { prefixes4: most, prefixes6: 0 });
  // From the last to the first, so that each moves all before it.
  const address = (i: number) => (i * 0x1_0000 + 0x300) >>> 0;
  for (let i = most - 1; i >= 0; i--) expect(insert4(address(i), 24, i % 200)).toBe(Status.OK);
  expect(insert4(0, 16, 1)).toBe(Status.TABLE_FULL);
  const wrong = () =>
    Array.from({ length: most }, (_, i) => i).filter(i => lookup4(address(i) + 9) !== i % 200);
  expect(wrong()).toEqual([]);
  expect(remove4(address(0), 24)).toBe(Status.OK);
  expect(insert4(0xffff_ff00, 24, 7)).toBe(Status.OK);
  expect(wrong()).toEqual([0]);
});
