import { beforeAll, expect, it } from "vitest";
import { imageDirectory } from "../../firmware/build/board.js";
import { buildImage } from "../../firmware/build/image.js";
import { boardBench } from "../../hil/bench/board/bench.js";
import { namedCosts } from "../../hil/bench/board/budgets.js";
import { ImageFlag } from "../../host/protocol/words.js";
import { openEmulated } from "../../host/target/emulated.js";
import { nearhop } from "../command.js";
import { folder } from "./folder.js";
import { testImage } from "./image.js";

const BOARD = "mps2-an385";
const unchecked = folder();
let checked: string;

beforeAll(async () => {
  checked = (await testImage(BOARD)).directory;
  await buildImage(BOARD, unchecked, () => {}, undefined, false);
}, 180_000);

async function hello(directory: string) {
  const target = await openEmulated(BOARD, directory);
  try {
    return await target.client.hello();
  } finally {
    await target.close();
  }
}

async function bench(directory: string) {
  const target = await openEmulated(BOARD, directory);
  try {
    return await boardBench(target, { sizes: { 4: [100], 6: [100] } });
  } finally {
    await target.close();
  }
}

it("an image without bounds checks says so, and has another build hash than one with them", async () => {
  const [on, off] = [await hello(checked), await hello(unchecked)];
  expect(on.imageFlags).toBe(0);
  expect(off.imageFlags).toBe(ImageFlag.UNCHECKED);
  expect(off.buildHash).not.toEqual(on.buildHash);
});

it("bounds checks cost instructions in all that is measured", async () => {
  const [on, off] = [await bench(checked), await bench(unchecked)];
  expect([on.checked, off.checked]).toEqual([true, false]);
  const without = new Map(namedCosts(off));
  for (const [figure, { mean }] of namedCosts(on))
    expect(without.get(figure)!.mean, figure).toBeLessThan(mean);
});

it.each([
  [["build", BOARD, "--unchecked", "--out", imageDirectory(BOARD)], "is for images with bounds checks"],
  [["build", BOARD, "--out", imageDirectory(BOARD, false)], "is for images without bounds checks"],
  [["bench", "--unchecked"], "--target: expected one of "],
  [["bench", "--unchecked", "--target", "wasm-mcu"], 'found "wasm-mcu"'],
])("nearhop %j is refused, as the two must not be mistaken for each other", (args, reason) => {
  const { code, out, err } = nearhop(args);
  expect(err.replace(/\s+/g, " ")).toContain(reason);
  expect(out).toBe("");
  expect(code).toBe(2);
});
