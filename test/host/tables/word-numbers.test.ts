import fc from "fast-check";
import { expect, it } from "vitest";
import { WordNumbers } from "../../../host/tables/word-numbers.js";

it("words have the numbers that a map of strings would give them", () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 6 }), {
    minLength: 300,
    maxLength: 1500,
  });
  fc.assert(
    fc.property(words, list => {
      const numbers = new WordNumbers();
      const expected = new Map<string, number>();
      for (const word of list) {
        const bytes = Buffer.from(`x ${word} y`);
        const known = numbers.get(bytes, 2, 2 + word.length);
        expect(known).toBe(expected.get(word) ?? -1);
        if (known < 0) {
          numbers.set(bytes, 2, 2 + word.length, expected.size);
          expected.set(word, expected.size);
          bytes.fill(0);
        }
      }
    }),
    { numRuns: 50 },
  );
});
