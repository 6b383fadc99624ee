import { describe, expect, test } from "vitest";
import { Part, Status } from "../../../host/protocol/words.js";
import { Random } from "../../../host/tables/random.js";
import { synthesize } from "../../../host/tables/synth.js";
import { Bare, differences, edges, kinds } from "./bare.js";
import { type Entry, entries, realTable } from "./internet.js";
import { LONG } from "./long.js";
import { Reference } from "./reference.js";
import { wordsFor } from "./room.js";
import { shuffle } from "./shuffle.js";

/** Prefixes of the table, and updates that it sees; the whole real table in long mode. */
const sizes = {
  host: { prefixes: 20_000, updates: LONG ? 10_000_000 : 200_000 },
  mcu: { prefixes: 1500, updates: LONG ? 1_000_000 : 20_000 },
};

/** Few sets, unevenly in use. */
function drawSet(random: Random): number {
  return random.below(random.below(64) + 1);
}

function insertAll(table: Bare, list: readonly Entry[]): void {
  for (const { address, length, set } of list) {
    if (table.insert(address, length, set) !== Status.OK) throw new Error("insert refused");
  }
}

/** Sets change; prefixes go, of which up to a tenth is away at a time, and come back. Leaves all there. */
function churn(table: Bare, present: Entry[], updates: number, random: Random): void {
  const away: Entry[] = [];
  const most = present.length / 10;
  const bringBack = () => {
    const at = random.below(away.length);
    const entry = { ...away[at]!, set: drawSet(random) };
    away[at] = away.at(-1)!;
    away.pop();
    insertAll(table, [entry]);
    present.push(entry);
  };
  for (let update = 0; update < updates; update++) {
    const at = random.below(present.length);
    const entry = present[at]!;
    if (random.below(4) === 0) {
      entry.set = drawSet(random);
      insertAll(table, [entry]);
    } else if (random.below(most) >= away.length) {
      if (table.remove(entry.address, entry.length) !== Status.OK) throw new Error("remove refused");
      present[at] = present.at(-1)!;
      present.pop();
      away.push(entry);
    } else {
      bringBack();
    }
  }
  while (away.length > 0) bringBack();
}

describe.each(kinds)("$profile, IPv$family", ({ profile, family }) => {
  const { prefixes, updates } = sizes[profile];

  test(`takes within a tenth of what a fresh load takes after ${updates} updates`, async () => {
    const bits = family === 4 ? 32 : 128;
    const random = new Random(family);
    const real = LONG && profile === "host" ? realTable() : null;
    const whole = real ?? synthesize({ prefixes4: prefixes, prefixes6: prefixes, seed: 1 });
    const present = shuffle(entries(whole, family), random);
    const room = wordsFor(profile, family, present);

    const used = await Bare.load(profile, family);
    used.clear(room);
    insertAll(used, present);
    churn(used, present, updates, random);

    const fresh = await Bare.load(profile, family);
    fresh.clear(room);
    insertAll(fresh, present);
    if (LONG) {
      console.log(
        `${profile}, IPv${family}: ${present.length} prefixes in ${used.bytes()} bytes and ${used.partBytes(Part.FREE)}`,
        `free between pages after ${updates} updates, in ${fresh.bytes()} and ${fresh.partBytes(Part.FREE)} when loaded`,
      );
    }
    expect(used.bytes()).toBeLessThanOrEqual(fresh.bytes() * 1.1);
    // Pages alone, with the places between them: a slide of all is due where these come to a twelfth and 32 KiB.
    const pages = used.partBytes(Part.HEADERS) + used.partBytes(Part.LEAVES);
    expect(pages).toBe(fresh.partBytes(Part.HEADERS) + fresh.partBytes(Part.LEAVES));
    expect(used.partBytes(Part.FREE)).toBeLessThanOrEqual(2 * (pages / 12 + 32_768 + 1060));

    const reference = new Reference(bits);
    for (const { address, length, set } of present) reference.insert(address, length, set);
    const asked = present.slice(0, 1000).flatMap(({ address, length }) => edges(address, length, bits));
    expect(differences(used, reference, asked)).toEqual([]);
  });
});
