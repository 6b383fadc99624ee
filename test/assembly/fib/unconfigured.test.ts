import { expect, test } from "vitest";
import { Router } from "../../../host/router/router.js";
import { Bare, differences, kinds } from "./bare.js";
import { Reference } from "./reference.js";

test.each(kinds)("before the first CONFIGURE no address matches: $profile, IPv$family", async kind => {
  const table = await Bare.load(kind.profile, kind.family);
  const all = (1n << BigInt(table.bits)) - 1n;
  const asked = [0n, 1n, 0x0a00_0001n, all >> 1n, (all >> 1n) + 1n, all];
  expect(differences(table, new Reference(table.bits), asked)).toEqual([]);
});

test.each(["host", "mcu"] as const)("nor does one of a packet, %s", async profile => {
  const { exports } = await Router.load(profile);
  for (let length = 0; length < 64; length++) expect(() => exports.forward(0, length)).not.toThrow();
});
