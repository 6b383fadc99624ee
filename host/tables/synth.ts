/**
 * Synthetic tables with the shape of the internet's: the same distribution of prefix lengths, the same share of each
 * length inside a shorter prefix, runs of neighboring prefixes, and address blocks that are as unevenly full.
 *
 * First the outer prefixes, from the shortest to the longest: each takes free space of a block, drawn by its weight, so
 * that none overlaps another. Then the inner ones: each goes into an earlier, shorter prefix of those that were chosen to
 * be parents, or right behind the last inner one.
 */
import type { Family } from "./address.js";
import { maskWord } from "./address-reader.js";
import { FreeSpace, POSITION_BITS, positions } from "./free-space.js";
import { type NextHopOptions, NextHops } from "./next-hops.js";
import { mix, Random } from "./random.js";
import { type PrefixTable, Routes } from "./routes.js";
import { type Shape, shape4, shape6 } from "./synth-shape.js";

export interface SynthOptions extends NextHopOptions {
  readonly prefixes4: number;
  readonly prefixes6: number;
  /** Share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

// How the rest of the shape is met: found by trying, against the same table as `synth-shape.ts`.

/** Share of inner prefixes right behind the last one. */
const RUN = 0.6;

/** A parent that is a bit longer contains this much fewer others. */
const PARENT_DECAY = 0.7;

/** How unevenly parents of a length contain others: the power of an even draw. */
const PARENT_SKEW = 2;

/** Draws of a place, or of a block with room, before another way is tried. */
const PATIENCE = 64;

/** Prefixes between two calls of `onProgress`. */
const PROGRESS_STEP = 1 << 14;

/** The same options give the same table, sorted by address and length. */
export function synthesize(options: SynthOptions): PrefixTable {
  const { prefixes4, prefixes6, seed = 1, onProgress = () => {} } = options;
  const total = prefixes4 + prefixes6;
  const ipv4 = new Synthesis(4, shape4, mix(seed)).place(prefixes4, done => onProgress(done / total));
  const ipv6 = new Synthesis(6, shape6, mix(seed + 1)).place(prefixes6, done =>
    onProgress((prefixes4 + done) / total),
  );
  return { ipv4: sorted(ipv4, options), ipv6: sorted(ipv6, options) };
}

function sorted(routes: Routes, options: NextHopOptions): Routes {
  const result = new Routes(routes.family, routes.count);
  const nextHops = new NextHops(result, options);
  const words = new Uint32Array(4);
  for (const row of routes.ascending()) {
    routes.read(row, words);
    const length = routes.lengths[row]!;
    result.add(words, length, nextHops.forPrefix(words, length));
  }
  return result;
}

class Synthesis {
  readonly #random: Random;
  readonly #routes: Routes;
  readonly #words = new Uint32Array(4);
  readonly #blocks: FreeSpace[];
  readonly #blockSums: number[] = [];
  /** The rows of each length that are to contain others. */
  readonly #parents: number[][] = Array.from({ length: 129 }, () => []);

  readonly #parentPercent = new Uint8Array(129);
  /** Lengths for which no block has room. */
  readonly #isFull: boolean[] = [];

  constructor(
    family: Family,
    readonly shape: Shape,
    seed: number,
  ) {
    this.#random = new Random(seed);
    this.#routes = new Routes(family);
    const { blockLength } = shape;
    const blocks = shape.blocks.filter(([, weight]) => weight > 0);
    this.#blocks = blocks.map(([block]) => new FreeSpace(block * positions(blockLength), blockLength));
    for (const [length, , , percent] of shape.lengths) this.#parentPercent[length] = percent;
    let sum = 0;
    for (const [, weight] of blocks) {
      sum += weight;
      this.#blockSums.push(sum);
    }
  }

  place(total: number, onProgress: (done: number) => void): Routes {
    const counts = this.#apportion(total);
    for (const kind of ["outer", "inner"] as const) {
      this.shape.lengths.forEach(([length], i) => {
        const parents = this.#parentSums(length);
        for (let n = counts[i]![kind]; n > 0; n--) {
          if (!this.#placeOne(length, kind === "inner", parents)) this.#placeLonger(length + 1);
          if (this.#routes.count % PROGRESS_STEP === 0) onProgress(this.#routes.count);
        }
      });
    }
    return this.#routes;
  }

  /** Where there is no room for an outer prefix, or no parent for an inner one, it may become one of the other kind. */
  #placeOne(length: number, inner: boolean, parents: readonly number[]): boolean {
    if (inner && this.#random.share() < RUN && this.#drawBehind(length) && this.#add(length)) return true;
    for (let tries = 0; tries < PATIENCE; tries++) {
      const drawInner = inner === (tries % 2 === 0);
      const isDrawn = drawInner ? this.#drawInner(length, parents) : this.#drawOuter(length);
      if (isDrawn && this.#add(length)) return true;
    }
    return false;
  }

  /** For a table that is so large that there is no room left for another prefix of the length that was due. */
  #placeLonger(length: number): void {
    while (!this.#placeOne(length, true, this.#parentSums(length))) length++;
  }

  /**
   * How many of `total` prefixes each length gets, rounded so that the sum is exact. A table that is larger than the
   * internet's has no more outer prefixes, for which there would be no space.
   */
  #apportion(total: number): { outer: number; inner: number }[] {
    const { lengths } = this.shape;
    const all = lengths.reduce((sum, [, count]) => sum + count, 0);
    let seen = 0;
    return lengths.map(([, count, innerPercent]) => {
      const before = Math.round((seen / all) * total);
      seen += count;
      const here = Math.round((seen / all) * total) - before;
      const outer = Math.round((Math.min(here, count) * (100 - innerPercent)) / 100);
      return { outer, inner: here - outer };
    });
  }

  #add(length: number): boolean {
    const row = this.#routes.count;
    if (this.#routes.add(this.#words, length, 0) >= 0) return false;
    if (this.#random.below(100) < this.#parentPercent[length]!) this.#parents[length]!.push(row);
    return true;
  }

  /** Free space of a block, drawn by weight, or of any if the drawn ones are full. False if all are. */
  #drawOuter(length: number): boolean {
    if (length > POSITION_BITS || this.#isFull[length]) return false;
    let position = -1;
    for (let tries = 0; tries < PATIENCE && position < 0; tries++) {
      position = this.#blocks[pick(this.#blockSums, this.#random)]!.take(length, this.#random);
    }
    for (let i = 0; i < this.#blocks.length && position < 0; i++) {
      position = this.#blocks[i]!.take(length, this.#random);
    }
    this.#isFull[length] = position < 0;
    if (position < 0) return false;
    this.#words[0] = Math.floor(position / positions(32));
    this.#words[1] = (position % positions(32)) * 2 ** (64 - POSITION_BITS);
    this.#words[2] = 0;
    this.#words[3] = 0;
    return true;
  }

  /** Right behind the last prefix. False if that has another length, or is the last of its block. */
  #drawBehind(length: number): boolean {
    const last = this.#routes.count - 1;
    if (last < 0 || this.#routes.lengths[last] !== length) return false;
    this.#routes.read(last, this.#words);
    let index = (length - 1) >>> 5;
    this.#words[index]! += 2 ** (31 - ((length - 1) & 31));
    while (this.#words[index] === 0 && index > 0) this.#words[--index]!++;
    const otherBits = 32 - this.shape.blockLength;
    return this.#words[0]! >>> otherBits === this.#routes.words[last * this.#routes.width]! >>> otherBits;
  }

  /** Anywhere in a parent. False if there is none. */
  #drawInner(length: number, parents: readonly number[]): boolean {
    if (parents.at(-1) === 0) return false;
    const parentLength = pick(parents, this.#random);
    const rows = this.#parents[parentLength]!;
    const row = rows[Math.floor(rows.length * this.#random.share() ** PARENT_SKEW)]!;
    this.#routes.read(row, this.#words);
    this.#fill(parentLength, length);
    return true;
  }

  /** Running sums over the lengths up to `length`: how much their parents contain. */
  #parentSums(length: number): number[] {
    let sum = 0;
    return this.#parents.slice(0, length).map((rows, i) => {
      sum += rows.length * PARENT_DECAY ** i;
      return sum;
    });
  }

  /** Draws the bits from `from` to `to`, zeros more often: networks use their space from its beginning on. */
  #fill(from: number, to: number): void {
    for (let i = from >>> 5; i * 32 < to; i++) {
      const word = this.#random.next() & this.#random.next();
      const kept = maskWord(0xffff_ffff, i, from);
      this.#words[i] = (this.#words[i]! & kept) | maskWord((word & ~kept) >>> 0, i, to);
    }
  }
}

/** An index, the more often the more its running sum grows. */
function pick(sums: readonly number[], random: Random): number {
  const draw = random.share() * sums.at(-1)!;
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle]! > draw) high = middle;
    else low = middle + 1;
  }
  return low;
}
