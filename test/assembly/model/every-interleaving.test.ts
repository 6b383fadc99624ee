/**
 * Repair, re-selection and what drives them: three neighbors are used as selection from scratch says, after every interleaving of
 * events.
 */
import { expect, it } from "vitest";
import { off } from "../reversion/model.js";
import { silence } from "./known.js";
import { DEPTH, SHORTER, walk } from "./walk.js";

it(`of ${DEPTH} events, each behind its own port`, async () => {
  expect(await walk({ portOf: [0, 1, 2], silence, rules: off }, DEPTH)).toBeGreaterThan(4 ** DEPTH);
});

it(`of ${SHORTER} events, two of them behind one port`, async () => {
  expect(await walk({ portOf: [0, 1, 1], silence, rules: off }, SHORTER)).toBeGreaterThan(4 ** SHORTER);
});
