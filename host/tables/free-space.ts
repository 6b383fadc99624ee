/**
 * The space of one address block that no prefix covers yet, as aligned chunks by their length (a buddy allocator). An
 * address is the number of its first `POSITION_BITS` bits.
 */
import type { Random } from "./random.js";

/** How much smaller chunks are preferred: the power of an even draw. Found by trying, as in `synth.ts`. */
const CROWDING = 5;

/** As many bits as a number holds exactly. */
export const POSITION_BITS = 52;

/** The size of a prefix of `length` bits, in positions. */
export function positions(length: number): number {
  return 2 ** (POSITION_BITS - length);
}

export class FreeSpace {
  /** Free chunks by length. */
  readonly #chunks: number[][] = Array.from({ length: POSITION_BITS + 1 }, () => []);

  constructor(position: number, length: number) {
    this.#chunks[length]!.push(position);
  }

  /**
   * Takes a free prefix of `length` and returns its position, -1 if there is none. The chunk that it is cut from is the
   * oftener the smaller: small ones lie beside what was taken before.
   */
  take(length: number, random: Random): number {
    const fitting: number[] = [];
    for (let i = length; i >= 0; i--) if (this.#chunks[i]!.length > 0) fitting.push(i);
    if (fitting.length === 0) return -1;
    let from = fitting[Math.floor(fitting.length * random.share() ** CROWDING)]!;
    const position = this.#chunks[from]!.pop()!;
    while (from < length) {
      from++;
      this.#chunks[from]!.push(position + positions(from));
    }
    return position;
  }
}
