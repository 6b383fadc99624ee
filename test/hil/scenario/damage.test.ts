import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parseScenario } from "../../../hil/scenario/load.js";
import { InputError } from "../../../host/input-error.js";

const text = readFileSync(new URL("../../../hil/scenarios/three-sites.yaml", import.meta.url), "utf8");

/** Some stretches of the text replaced by others of it, or by signs that mean something to YAML. */
const damage = fc.array(
  fc.record({
    at: fc.nat(text.length),
    remove: fc.nat(30),
    insert: fc.oneof(
      fc.constantFrom("", ":", "- ", "[", "}", "&a ", "*a", "null", "\n", "\n  ", "#", "'", "-1", "1e9", "%"),
      fc.tuple(fc.nat(text.length), fc.nat(30)).map(([from, length]) => text.slice(from, from + length)),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

it("a damaged scenario loads, or is refused with a place inside the file, and never fails in another way", () => {
  let refused = 0;
  fc.assert(
    fc.property(damage, edits => {
      const damaged = edits.reduce(
        (whole, { at, remove, insert }) => whole.slice(0, at) + insert + whole.slice(at + remove),
        text,
      );
      try {
        parseScenario("damaged.yaml", damaged);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        refused++;
        const { where } = error;
        expect("line" in where && where.line <= damaged.split("\n").length).toBe(true);
        expect(error.expected).not.toBe("");
        expect(error.found).not.toBe("");
      }
    }),
    { numRuns: 500 },
  );
  expect(refused).toBeGreaterThan(100);
});

it("aliases that would unfold without end are refused", () => {
  const levels = Array.from(
    { length: 12 },
    (_, n) => `a${n + 1}: &a${n + 1} [${new Array(10).fill(`*a${n}`).join(", ")}]`,
  );
  const bomb = ["a0: &a0 x", ...levels].join("\n");
  expect(() => parseScenario("bomb.yaml", bomb)).toThrow(InputError);
});
