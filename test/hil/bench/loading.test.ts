import { expect, test } from "vitest";
import { loadingFigures } from "../../../hil/bench/loading.js";
import { synthesize } from "../../../host/tables/synth.js";

const once = { warmUp: 1, repeats: 2 };

test("text of each family and of both is loaded, and an MRT dump", async () => {
  const figures = await loadingFigures(synthesize({ prefixes4: 300, prefixes6: 200 }), once);
  expect(figures.map(({ format, families, prefixes }) => [format, families, prefixes])).toEqual([
    ["text", "IPv4", 300],
    ["text", "IPv6", 200],
    ["text", "both", 500],
    ["mrt", "both", 500],
  ]);
  for (const { bytes, prefixes, parse, insert, whole } of figures) {
    expect(bytes).toBeGreaterThan(prefixes * "0.0.0.0/0\n".length);
    expect([parse.repeats, insert.repeats, whole.repeats]).toEqual([2, 2, 2]);
    expect(whole.max).toBeGreaterThanOrEqual(Math.max(parse.max, insert.max));
  }
});

test("a table of one family is loaded once as text", async () => {
  const figures = await loadingFigures(synthesize({ prefixes4: 0, prefixes6: 200 }), once);
  expect(figures.map(({ format, families }) => [format, families])).toEqual([
    ["text", "IPv6"],
    ["mrt", "IPv6"],
  ]);
});
