import { expect, test } from "vitest";
import { partsOf, totalBytes } from "../../../host/router/parts.js";
import { Table } from "../../../host/router/table.js";
import { synthesize } from "../../../host/tables/synth.js";

test("the parts that lookups use add up to the table's bytes, and updates keep more", async () => {
  const table = await Table.of(synthesize({ prefixes4: 2000, prefixes6: 1000 }));
  for (const family of [4, 6] as const) {
    const parts = partsOf(table.router, family);
    expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(["direct", "leaves", "prefixes"]));
    const forLookups = parts.filter(({ lookup }) => lookup);
    expect(totalBytes(forLookups)).toBe(table.bytes(family));
    expect(forLookups.length).toBeLessThan(parts.length);
  }
});
