/** Ranks from 0 to `count - 1` by Zipf's law: rank r is drawn in proportion to 1 / (r + 1). */
export class Zipf {
  /** The greatest 32-bit number that still gives a rank: its share of all, summed up to it. */
  readonly #bounds: Uint32Array;

  constructor(count: number) {
    const sums = new Float64Array(count);
    let sum = 0;
    for (let rank = 0; rank < count; rank++) {
      sum += 1 / (rank + 1);
      sums[rank] = sum;
    }
    this.#bounds = Uint32Array.from(sums, part => Math.ceil((part / sum) * 2 ** 32) - 1);
  }

  /** The rank of a 32-bit number; numbers that are evenly spread give ranks by the law. */
  rank(value: number): number {
    const bounds = this.#bounds;
    let low = 0;
    let high = bounds.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (bounds[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
