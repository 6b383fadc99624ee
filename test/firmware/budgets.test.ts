import { expect, it } from "vitest";
import { emulatedBoards } from "../../firmware/build/board.js";
import { measure, recorded } from "./budgets.js";
import { testImage } from "./image.js";

const hint = "if that is meant, record it: `npm run budgets` writes firmware/budgets.json";

// A busy host may send a request twice, and the bytes of the copy interrupt what is measured: once more, it is without.
const options = { retry: 1 };

it.each(emulatedBoards())(
  "a router's work costs on %s what is recorded, to the unit",
  options,
  async name => {
    const { directory } = await testImage(name);
    expect(await measure(name, directory), hint).toEqual(recorded()[name]);
  },
);
