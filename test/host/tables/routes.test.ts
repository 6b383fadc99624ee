import fc from "fast-check";
import { expect, it } from "vitest";
import { Routes } from "../../../host/tables/routes.js";

// Few addresses and lengths, so that prefixes come up again.
const entry = fc.tuple(
  fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }),
  fc.integer({ min: 0, max: 3 }),
);

it.each([4, 6] as const)("IPv%i: the first of equal prefixes stays, and is found, as in a map", family => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 300 }), fc.boolean(), (entries, ascending) => {
      const routes = new Routes(family, 2);
      const reference = new Map<string, number>();
      const key = ([words, length]: [number[], number]) => `${words.slice(0, routes.width)}/${length}`;
      if (ascending) entries.sort((a, b) => (key(a) < key(b) ? -1 : 1));
      for (const [words, length] of entries) {
        const known = reference.get(key([words, length])) ?? -1;
        expect(routes.add(Uint32Array.from(words), length, reference.size)).toBe(known);
        if (known < 0) reference.set(key([words, length]), reference.size);
      }
      expect(routes.count).toBe(reference.size);
      for (const [words, length] of entries) {
        expect(routes.find(Uint32Array.from(words), length)).toBe(reference.get(key([words, length])));
      }
      expect(routes.find(Uint32Array.of(9, 9, 9, 9), 32)).toBe(-1);
      const words = new Uint32Array(4);
      const order = Array.from(routes.ascending(), row => {
        routes.read(row, words);
        return key([[...words], routes.lengths[row]!]);
      });
      expect(order).toEqual([...reference.keys()].sort());
    }),
  );
});
