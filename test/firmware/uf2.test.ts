import { expect, it } from "vitest";
import { uf2 } from "../../firmware/build/uf2.js";

const FAMILY = 0xe48bff56;
const image = Uint8Array.from({ length: 600 }, (_, index) => index % 251);

function words(file: Buffer, block: number): number[] {
  return Array.from({ length: 8 }, (_, index) => file.readUInt32LE(512 * block + 4 * index));
}

it("a UF2 file has a block of 512 bytes for each 256 bytes of the image, the last one filled up with zeros", () => {
  const file = uf2(image, 0x20001400, FAMILY);
  expect(file.length).toBe(3 * 512);
  const data = [0, 1, 2].map(block => file.subarray(512 * block + 32, 512 * block + 32 + 256));
  expect(Buffer.concat(data)).toEqual(Buffer.concat([image, new Uint8Array(3 * 256 - image.length)]));
});

it("each block of a UF2 file says alone where it belongs, and of how many it is", () => {
  const file = uf2(image, 0x20001400, FAMILY);
  for (const block of [0, 1, 2]) {
    const address = 0x20001400 + 256 * block;
    expect(words(file, block)).toEqual([0x0a324655, 0x9e5d5157, 0x2000, address, 256, block, 3, FAMILY]);
    expect(file.readUInt32LE(512 * block + 508)).toBe(0x0ab16f30);
  }
});

it("a UF2 file of an image that starts within a block is refused", () => {
  expect(() => uf2(image, 0x20000104, FAMILY)).toThrow(RangeError);
});
