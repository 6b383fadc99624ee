/** Seeded numbers for tables: the same seed gives the same table on every machine. */

/** A bijection of 32-bit numbers that spreads every input bit over all output bits (two rounds of multiply and xorshift). */
export function mix(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b);
  return (value ^ (value >>> 16)) >>> 0;
}

export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = mix(seed);
  }

  /** A number from 0 to 2^32 - 1. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    return mix(this.#state);
  }

  /** A whole number from 0 to `limit - 1`, `limit` being at most 2^32. */
  below(limit: number): number {
    return Math.floor((this.next() / 2 ** 32) * limit);
  }

  /** A number from 0 up to but not including 1. */
  share(): number {
    return this.next() / 2 ** 32;
  }
}
