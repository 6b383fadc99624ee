/**
 * HalfSipHash-1-3 with 64 bits of output (Aumasson and Bernstein, the variant of SipHash for 32-bit CPUs, with as many rounds as
 * hash tables take): who does not know the key cannot choose messages whose digests are equal, or lie in one set of a table.
 */

// The two halves of the last digest.
export let low: u32 = 0;
export let high: u32 = 0;

let key0: u32 = 0;
let key1: u32 = 0;

export function setKey(first: u32, second: u32): void {
  key0 = first;
  key1 = second;
}

/** Digests `words` aligned u32 at `at`, fewer than 64, as they lie in memory. `high` is left alone unless both `halves` are asked for. */
export function digest(at: usize, words: u32, halves: u32): void {
  let v0 = key0;
  let v1 = key1 ^ 0xee;
  let v2 = key0 ^ 0x6c796765;
  let v3 = key1 ^ 0x74656462;
  const finish = words + 1;
  for (let round: u32 = 0, end = finish + 3 * halves; round < end; round++) {
    let word: u32 = 0;
    if (round < words) {
      word = load<u32>(at + ((<usize>round) << 2));
    } else if (round == words) {
      // The length in bytes is the last word's upper byte.
      word = words << 26;
    } else if (round == finish) {
      v2 ^= 0xee;
    } else if (round == finish + 3) {
      low = v1 ^ v3;
      v1 ^= 0xdd;
    }
    v3 ^= word;
    v0 += v1;
    v1 = rotl(v1, 5) ^ v0;
    v0 = rotl(v0, 16);
    v2 += v3;
    v3 = rotl(v3, 8) ^ v2;
    v0 += v3;
    v3 = rotl(v3, 7) ^ v0;
    v2 += v1;
    v1 = rotl(v1, 13) ^ v2;
    v2 = rotl(v2, 16);
    v0 ^= word;
  }
  if (halves == 1) low = v1 ^ v3;
  else high = v1 ^ v3;
}
