import fc from "fast-check";
import { expect, test } from "vitest";
import { roomFor } from "../../../host/protocol/room.js";
import { wordsFor } from "../../assembly/fib/room.js";

test.each([4, 6] as const)("room is asked for that every profile's table can do with: IPv%d", family => {
  const bits = family === 4 ? 32 : 128;
  const prefix = fc.tuple(fc.nat(bits), fc.nat(3)).map(([length, number]) => ({
    address: BigInt(number % 2 ** length) << BigInt(bits - length),
    length,
  }));
  const prefixes = fc.uniqueArray(prefix, {
    maxLength: 30,
    selector: ({ address, length }) => `${address}/${length}`,
  });
  fc.assert(
    fc.property(prefixes, some => {
      const room = roomFor(
        family,
        some.map(({ length }) => length),
      );
      for (const profile of ["host", "mcu"] as const) {
        expect(room).toBeGreaterThanOrEqual(wordsFor(profile, family, some));
      }
    }),
  );
});
