/**
 * Three neighbors that are held back when they return are used as selection from scratch says, after every interleaving of events:
 * as a last resort, and never not at all.
 */
import { expect, it } from "vitest";
import { off } from "../reversion/model.js";
import { silence } from "./known.js";
import { SHORTER, walk } from "./walk.js";

const portOf = [0, 1, 2];

it(`of ${SHORTER} events, where they wait to be restored`, async () => {
  const rules = { ...off, waitToRestore: 7000 };
  expect(await walk({ portOf, silence, rules }, SHORTER)).toBeGreaterThan(4 ** SHORTER);
});

it(`of ${SHORTER} events, where they are damped`, async () => {
  // The second flap suppresses, for a half-life. Of such penalties the core and real numbers have the same.
  const figures = { penalty: 1000, suppress: 1600, reuse: 1000 };
  const rules = { ...off, halfLife: 1_000_000, maxSuppress: 1_000_000, ...figures };
  expect(await walk({ portOf, silence: null, rules }, SHORTER)).toBeGreaterThan(4 ** SHORTER);
});
