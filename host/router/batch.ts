/** Addresses in the core's memory, to be looked up with one call, and the sets found for them. */
import type { Family } from "../tables/address.js";
import type { Router } from "./router.js";

export class Batch {
  readonly #addresses: number;
  readonly #sets: number;

  constructor(
    readonly router: Router,
    readonly family: Family,
    /** Most addresses. */
    readonly size: number,
  ) {
    const width = family === 4 ? 4 : 16;
    this.#addresses = router.scratch(size * (width + 2));
    this.#sets = this.#addresses + size * width;
  }

  /** Puts in the addresses from the first on: one word each, or four from the most significant on. */
  fill(words: Uint32Array): void {
    const to = new Uint32Array(this.router.exports.memory.buffer, this.#addresses, words.length);
    if (this.family === 4) {
      to.set(words);
      return;
    }
    // The core has an address as two little-endian numbers of 64 bits.
    for (let at = 0; at < words.length; at += 4) {
      to[at] = words[at + 1]!;
      to[at + 1] = words[at]!;
      to[at + 2] = words[at + 3]!;
      to[at + 3] = words[at + 2]!;
    }
  }

  /** Looks up the first `count` addresses. */
  run(count = this.size): void {
    const { lookupBatch4, lookupBatch6 } = this.router.exports;
    if (this.family === 4) lookupBatch4(this.#addresses, this.#sets, count);
    else lookupBatch6(this.#addresses, this.#sets, count);
  }

  /** The same, one after the other instead of several at a time. */
  runEach(count = this.size): void {
    const { lookupEach4, lookupEach6 } = this.router.exports;
    if (this.family === 4) lookupEach4(this.#addresses, this.#sets, count);
    else lookupEach6(this.#addresses, this.#sets, count);
  }

  /** What was found, `NO_SET` for none: a view, gone stale once memory grows. */
  get sets(): Uint16Array {
    return new Uint16Array(this.router.exports.memory.buffer, this.#sets, this.size);
  }
}
