import fc from "fast-check";
import { expect, it } from "vitest";
import { covers, formatPrefix, fromNumber, type Prefix, prefixOf } from "../../../host/tables/address.js";
import { tableStats } from "../../../host/tables/stats.js";
import { readText } from "../../../host/tables/text.js";

it("counts lengths, nesting and coverage as the definition does", () => {
  // Prefixes of a few bits nest often.
  const prefix = fc
    .tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 6 }))
    .map(([bits, length]) => prefixOf(fromNumber(bits * 2 ** 26), length));
  fc.assert(
    fc.property(fc.uniqueArray(prefix, { selector: formatPrefix, maxLength: 40 }), prefixes => {
      const { ipv4 } = readText("table.txt", Buffer.from(prefixes.map(formatPrefix).join("\n")));
      const around = (inner: Prefix) =>
        prefixes.filter(outer => outer.length < inner.length && covers(outer, inner)).length;
      const stats = tableStats(ipv4);
      expect(stats.prefixes).toBe(prefixes.length);
      for (let length = 0; length <= 32; length++) {
        expect(stats.lengths[length]).toBe(prefixes.filter(prefix => prefix.length === length).length);
      }
      stats.nesting.forEach((count, depth) => {
        expect(count).toBe(prefixes.filter(prefix => around(prefix) === depth).length);
      });
      const covered = Array.from({ length: 64 }, (_, bits) => fromNumber(bits * 2 ** 26)).filter(address =>
        prefixes.some(prefix => covers(prefix, address)),
      );
      expect(stats.coverage).toBe(covered.length / 64);
    }),
  );
});
