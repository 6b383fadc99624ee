/** SHA-1 (RFC 3174) of a message that fits one block: at most 13 words, which is what BFD signs. */

const BLOCK: u32 = 16;
const ROUNDS: u32 = 80;

/** The message schedule, of which no more than the last 16 words are needed at a time. */
const schedule = memory.data(<i32>(BLOCK * 4), 4);

/** Writes the 20 bytes of the digest of `words` words at `message` to `digest`; both begin on a multiple of 4. */
export function sha1(message: usize, words: u32, digest: usize): void {
  for (let i: u32 = 0; i < BLOCK; i++) {
    setWord(i, i < words ? bswap(load<u32>(message + (i << 2))) : 0);
  }
  setWord(words, 0x80000000);
  setWord(BLOCK - 1, words << 5);

  let a: u32 = 0x67452301;
  let b: u32 = 0xefcdab89;
  let c: u32 = 0x98badcfe;
  let d: u32 = 0x10325476;
  let e: u32 = 0xc3d2e1f0;
  for (let round: u32 = 0; round < ROUNDS; round++) {
    let mixed: u32;
    if (round < 20) mixed = ((b & c) | (~b & d)) + 0x5a827999;
    else if (round < 40) mixed = (b ^ c ^ d) + 0x6ed9eba1;
    else if (round < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
    else mixed = (b ^ c ^ d) + 0xca62c1d6;
    const next = rotl(a, 5) + mixed + e + scheduled(round);
    e = d;
    d = c;
    c = rotl(b, 30);
    b = a;
    a = next;
  }
  store<u32>(digest, bswap(a + 0x67452301));
  store<u32>(digest, bswap(b + 0xefcdab89), 4);
  store<u32>(digest, bswap(c + 0x98badcfe), 8);
  store<u32>(digest, bswap(d + 0x10325476), 12);
  store<u32>(digest, bswap(e + 0xc3d2e1f0), 16);
}

function word(i: u32): u32 {
  return load<u32>(schedule + ((i & (BLOCK - 1)) << 2));
}

function setWord(i: u32, value: u32): void {
  store<u32>(schedule + ((i & (BLOCK - 1)) << 2), value);
}

function scheduled(round: u32): u32 {
  if (round >= BLOCK) {
    const sum = word(round - 3) ^ word(round - 8) ^ word(round - 14) ^ word(round - 16);
    setWord(round, rotl(sum, 1));
  }
  return word(round);
}
