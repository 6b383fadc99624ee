import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readBoard } from "../../firmware/build/board.js";
import { isCurrent } from "../../firmware/build/current.js";
import { buildImage } from "../../firmware/build/image.js";
import { folder } from "./folder.js";

const root = folder();
const [sources, image, core] = ["sources", "image", "core.wasm"].map(name => join(root, name)) as [
  string,
  string,
  string,
];
const board = { ...readBoard("pico"), folders: [sources] };

/** A time of change, in years from now. */
function change(path: string, years: number): void {
  const time = Date.now() / 1000 + years * 31_556_952;
  utimesSync(path, time, time);
}

it("an image is current that has the core of now and is younger than the sources", () => {
  for (const path of [sources, image]) mkdirSync(path);
  const [source, copy, sums] = [
    join(sources, "board.c"),
    join(image, "router.wasm"),
    join(image, "SHA256SUMS"),
  ];
  expect(isCurrent(board, image, core)).toBe(false);
  for (const path of [source, sums]) writeFileSync(path, "");
  for (const path of [core, copy]) writeFileSync(path, "core");
  change(copy, 1);
  expect(isCurrent(board, image, core)).toBe(true);
  change(source, 2);
  expect(isCurrent(board, image, core)).toBe(false);
  change(source, 0);
  writeFileSync(core, "other");
  expect(isCurrent(board, image, core)).toBe(false);
  rmSync(core);
  expect(isCurrent(board, image, core)).toBe(false);
});

it("an image whose build did not end is not current, though it was before", async () => {
  const to = join(root, "half-built");
  mkdirSync(to);
  for (const file of [core, join(to, "router.wasm"), join(to, "SHA256SUMS")]) writeFileSync(file, "no core");
  const unchanging = { ...board, folders: [] };
  expect(isCurrent(unchanging, to, core)).toBe(true);
  await expect(buildImage("pico", to, () => {}, core)).rejects.toThrow();
  expect(isCurrent(unchanging, to, core)).toBe(false);
});
