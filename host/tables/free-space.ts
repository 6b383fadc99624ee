/**
 * The space of one address block that no prefix covers yet, as aligned chunks by their length (a buddy allocator). An
 * address is the number of its first `POSITION_BITS` bits.
 */
import type { Random } from "./random.js";

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
   * Takes a free prefix of `length` and returns its position, -1 if there is none. With a share of `dense` it comes from
   * the smallest chunk that has room, which lies beside prefixes that were taken; otherwise from one of any size.
   */
  take(length: number, dense: number, random: Random): number {
    const fitting: number[] = [];
    for (let i = length; i >= 0; i--) if (this.#chunks[i]!.length > 0) fitting.push(i);
    if (fitting.length === 0) return -1;
    let from = fitting[random.share() < dense ? 0 : random.below(fitting.length)]!;
    const chunks = this.#chunks[from]!;
    const index = chunks.length - 1;
    const position = chunks[index]!;
    chunks.pop();
    while (from < length) {
      from++;
      this.#chunks[from]!.push(position + positions(from));
    }
    return position;
  }
}
