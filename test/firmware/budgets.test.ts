import { expect, it } from "vitest";
import { emulatedBoards } from "../../firmware/build/board.js";
import { buildImage } from "../../firmware/build/image.js";
import { measure, recorded } from "./budgets.js";
import { folder } from "./folder.js";

const directory = folder();
const hint = "if that is meant, record it: `npm run budgets` writes firmware/budgets.json";

it.each(emulatedBoards())("a router's work costs on %s what is recorded, to the unit", async name => {
  await buildImage(name, `${directory}/${name}`);
  expect(await measure(name, `${directory}/${name}`), hint).toEqual(recorded()[name]);
});
