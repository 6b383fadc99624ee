import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { Status } from "../../../host/protocol/words.js";
import { Bare, differences, edges, kinds } from "./bare.js";
import { LONG } from "./long.js";
import { Reference } from "./reference.js";
import { wordsFor } from "./room.js";
import { type Prefix, type Step, scripts } from "./script.js";

const STEPS = LONG ? 2_000_000 : 100_000;
/** Steps of a script. */
const MOST = 400;
const RUNS_PER_ROUND = 50;

/** `NEARHOP_SEED`, the seed that a failure named, replays it. */
const SEED = Number(process.env.NEARHOP_SEED ?? Date.now() % 2 ** 31);

/**
 * Words of room: so few that a table is full most of the time, and more than a script can fill. With so many, the index of
 * the packed table has ranges that are smaller than a short prefix.
 */
const rooms = [12, 60, 20_000];

/** Does a step to the table and to the reference, and holds its outcome and what it changed around it. */
function apply(step: Step, table: Bare, reference: Reference, room: number): void {
  switch (step.kind) {
    case "insert": {
      const { address, length } = step.prefix;
      const hasRoom = reference.get(address, length) !== null || fits(step.prefix, table, reference, room);
      expect(table.insert(address, length, step.set)).toBe(hasRoom ? Status.OK : Status.TABLE_FULL);
      if (hasRoom) reference.insert(address, length, step.set);
      expectSameAround([step.prefix], table, reference);
      break;
    }
    case "remove": {
      const { address, length } = step.prefix;
      const isThere = reference.remove(address, length);
      expect(table.remove(address, length)).toBe(isThere ? Status.OK : Status.NOT_FOUND);
      expectSameAround([step.prefix], table, reference);
      break;
    }
    case "lookup":
      expect(table.lookup(step.address)).toBe(reference.lookup(step.address));
      break;
    case "match":
      expect(table.match(step.address)).toBe(reference.match(step.address));
      break;
    case "batch":
      expect(table.lookupAll(step.addresses)).toEqual(
        step.addresses.map(address => reference.lookup(address)),
      );
  }
}

function fits(prefix: Prefix, { profile, family }: Bare, reference: Reference, room: number): boolean {
  return wordsFor(profile, family, [...reference.prefixes(), prefix]) <= room;
}

function expectSameAround(prefixes: readonly Prefix[], table: Bare, reference: Reference): void {
  const asked = prefixes.flatMap(({ address, length }) => edges(address, length, table.bits));
  expect(differences(table, reference, asked)).toEqual([]);
}

function removeAll(prefixes: readonly Prefix[], table: Bare): void {
  for (const { address, length } of prefixes) expect(table.remove(address, length)).toBe(Status.OK);
}

/** Applies only what changes the table. */
function update(script: readonly Step[], table: Bare): void {
  for (const step of script) {
    if (step.kind === "insert") table.insert(step.prefix.address, step.prefix.length, step.set);
    if (step.kind === "remove") table.remove(step.prefix.address, step.prefix.length);
  }
}

describe.each(kinds)("$profile, IPv$family", ({ profile, family }) => {
  const bits = family === 4 ? 32 : 128;
  let table: Bare;
  beforeAll(async () => {
    table = await Bare.load(profile, family);
  });

  test(`${STEPS} random steps: right after each, and empty when all is removed`, () => {
    let done = 0;
    const script = scripts(family, table.setLimit, MOST);
    const property = fc.property(fc.constantFrom(...rooms), script, (room, steps) => {
      table.clear(room);
      const reference = new Reference(bits);
      for (const step of steps) apply(step, table, reference, room);
      done += steps.length;

      const everywhere = steps.flatMap(step => (step.kind === "insert" ? [step.prefix] : []));
      expectSameAround(everywhere, table, reference);
      const left = reference.prefixes();
      removeAll(left, table);
      expectSameAround(everywhere, table, new Reference(bits));

      // Wider leaves and more room for escapes stay; whatever else grew would grow again.
      const emptied = table.bytes();
      update(steps, table);
      removeAll(left, table);
      expect(table.bytes()).toBe(emptied);
    });
    for (let seed = SEED; done < STEPS; seed++) fc.assert(property, { seed, numRuns: RUNS_PER_ROUND });
  }, 3_600_000);
});
