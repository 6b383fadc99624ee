/**
 * UF2, the format of a file that is flashed by copying it to a board's drive
 * (https://github.com/microsoft/uf2, "File format"): blocks of 512 bytes, which may arrive in any order.
 */
const BLOCK = 512;
/** Bytes of data in a block. The RP2040 takes no other size, and only at multiples of it (datasheet 2.8.4.2). */
const PAYLOAD = 256;

const MAGIC_START_0 = 0x0a324655;
const MAGIC_START_1 = 0x9e5d5157;
const MAGIC_END = 0x0ab16f30;
const FLAG_FAMILY_ID = 0x2000;

/** `image` as a UF2 file that puts it at `address`, a multiple of 256, for boards of `family`. */
export function uf2(image: Uint8Array, address: number, family: number): Buffer {
  if (address % PAYLOAD !== 0) throw new RangeError(`a UF2 image cannot start at 0x${address.toString(16)}`);
  const count = Math.ceil(image.length / PAYLOAD);
  const file = Buffer.alloc(count * BLOCK);
  for (let index = 0; index < count; index++) {
    const block = file.subarray(index * BLOCK, (index + 1) * BLOCK);
    const at = index * PAYLOAD;
    const header = [
      MAGIC_START_0,
      MAGIC_START_1,
      FLAG_FAMILY_ID,
      address + at,
      PAYLOAD,
      index,
      count,
      family,
    ];
    for (const [position, word] of header.entries()) block.writeUInt32LE(word, 4 * position);
    block.set(image.subarray(at, at + PAYLOAD), 4 * header.length);
    block.writeUInt32LE(MAGIC_END, BLOCK - 4);
  }
  return file;
}
