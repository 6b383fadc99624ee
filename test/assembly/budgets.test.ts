import { describe, expect, test } from "vitest";
import { measure, recorded } from "./budgets.js";

/** Share by which a module may be smaller than recorded before the gain is to be recorded. */
const UNRECORDED_GAIN = 0.02;

const hint = "if that is meant, record it: `npm run budgets` writes assembly/budgets.json";

describe.each(["host", "mcu"] as const)("%s", profile => {
  test("router.wasm is no larger than its budget, nor so much smaller that the gain should be recorded", async () => {
    const { bytes } = await measure(profile);
    const budget = recorded()[profile].bytes;
    expect(bytes, `larger than recorded; ${hint}`).toBeLessThanOrEqual(budget);
    expect(bytes, `smaller than recorded; ${hint}`).toBeGreaterThanOrEqual(budget * (1 - UNRECORDED_GAIN));
  });

  test("the hot exports have the opcodes that are recorded", async () => {
    const { opcodes } = await measure(profile);
    expect(opcodes, `other opcodes than recorded; ${hint}`).toEqual(recorded()[profile].opcodes);
  });
});
