/**
 * What the boot ROM of an RP2040 looks for at the start of flash: 252 bytes of code, filled up with zeros, and their checksum
 * (datasheet 2.8.1.3.1). The image that the code starts follows.
 */
export const STAGE_SIZE = 256;
const SUM_SIZE = 4;

/** `code` as the boot ROM takes it. Throws a RangeError where it is too long. */
export function sealed(code: Uint8Array): Buffer {
  const stage = Buffer.alloc(STAGE_SIZE);
  if (code.length > STAGE_SIZE - SUM_SIZE) throw new RangeError(`a second stage of ${code.length} bytes`);
  stage.set(code);
  stage.writeUInt32LE(checksum(stage.subarray(0, -SUM_SIZE)), STAGE_SIZE - SUM_SIZE);
  return stage;
}

export function isSealed(stage: Buffer): boolean {
  return stage.readUInt32LE(STAGE_SIZE - SUM_SIZE) === checksum(stage.subarray(0, STAGE_SIZE - SUM_SIZE));
}

/** CRC-32, the highest bit first, from all ones, and neither reflected nor inverted. */
function checksum(bytes: Uint8Array): number {
  const POLYNOMIAL = 0x04c11db7;
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = (sum << 1) ^ (sum & 0x80000000 ? POLYNOMIAL : 0);
  }
  return sum >>> 0;
}
