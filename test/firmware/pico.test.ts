import { readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { type TestImage, testImage } from "./image.js";
import { pico } from "./pico.js";

let image: TestImage;

beforeAll(async () => {
  image = await testImage("pico");
});

it("the image of a Pico fits its RAM as a whole", () => {
  expect(image.ram).toBeLessThanOrEqual(pico.ram);
});

it("the UF2 file of a Pico begins with the code that the boot ROM is to start", () => {
  const elf = readFileSync(image.files.elf);
  const uf2 = readFileSync(image.files.uf2!);
  const entry = elf.readUInt32LE(0x18) & ~1;
  expect(uf2.readUInt32LE(12)).toBe(entry);
  expect(uf2.subarray(32, 36)).toEqual(readFileSync(image.files.bin).subarray(0, 4));
});

it("the checksums of a Pico's files cover the one that is copied to its drive", () => {
  expect(readFileSync(image.files.sums, "utf8")).toMatch(/^[0-9a-f]{64} {2}router\.uf2$/m);
});
