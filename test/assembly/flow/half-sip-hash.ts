/** HalfSipHash by its definition (Aumasson and Bernstein), with any number of rounds. Shares nothing with the core. */

export interface Rounds {
  compression: number;
  finalization: number;
}

const rotated = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits));

/** The 64 bits that a message of whole 32-bit words is digested to, as two words, the first that is put out first. */
export function halfSipHash(key: Uint8Array, message: Uint8Array, rounds: Rounds): [number, number] {
  const wordOf = (bytes: Uint8Array, at: number) =>
    new DataView(bytes.buffer, bytes.byteOffset).getInt32(at, true);
  const [k0, k1] = [wordOf(key, 0), wordOf(key, 4)];
  const v = [k0, k1 ^ 0xee, 0x6c796765 ^ k0, 0x74656462 ^ k1] as [number, number, number, number];
  const work = (times: number) => {
    for (let i = 0; i < times; i++) {
      v[0] = (v[0] + v[1]) | 0;
      v[2] = (v[2] + v[3]) | 0;
      v[1] = rotated(v[1], 5) ^ v[0];
      v[3] = rotated(v[3], 8) ^ v[2];
      v[0] = rotated(v[0], 16);
      v[2] = (v[2] + v[1]) | 0;
      v[0] = (v[0] + v[3]) | 0;
      v[1] = rotated(v[1], 13) ^ v[2];
      v[3] = rotated(v[3], 7) ^ v[0];
      v[2] = rotated(v[2], 16);
    }
  };
  const take = (word: number) => {
    v[3] ^= word;
    work(rounds.compression);
    v[0] ^= word;
  };
  for (let at = 0; at < message.length; at += 4) take(wordOf(message, at));
  take(message.length << 24);
  v[2] ^= 0xee;
  work(rounds.finalization);
  const first = (v[1] ^ v[3]) >>> 0;
  v[1] ^= 0xdd;
  work(rounds.finalization);
  return [first, (v[1] ^ v[3]) >>> 0];
}
