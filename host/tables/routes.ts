/**
 * A prefix table in memory: for each family the prefixes in the order in which they came, as columns, none twice. As
 * long as they come in ascending order, as most tables do, a look at the one before tells that; from the first that does
 * not on, an open-addressing hash over the rows does.
 */
import type { Address, Family } from "./address.js";
import { mix } from "./random.js";

/** Next hops are numbered below this, as the core numbers route sets. */
export const NEXT_HOP_LIMIT = 0xfffe;

const EMPTY = -1;

export class Routes {
  /** 32-bit words of an address. */
  readonly width: 1 | 4;
  #count = 0;
  /** `width` words for each prefix, most significant first. */
  words: Uint32Array;
  lengths: Uint8Array;
  /** Index into `nextHops`. */
  nextHopOf: Uint16Array;
  /** Null: a route without a next hop, such as a dump's own networks. */
  readonly nextHops: (Address | null)[] = [];
  /** Rows by hash, at most half full; null while all prefixes ascend and nobody asked. */
  #rows: Int32Array | null = null;

  constructor(
    readonly family: Family,
    room = 1024,
  ) {
    this.width = family === 4 ? 1 : 4;
    this.words = new Uint32Array(room * this.width);
    this.lengths = new Uint8Array(room);
    this.nextHopOf = new Uint16Array(room);
  }

  get count(): number {
    return this.#count;
  }

  /** Row of exactly this prefix, -1 if there is none. */
  find(words: Uint32Array, length: number): number {
    this.#rows ??= this.#index();
    return this.#rows[this.#slot(this.#rows, words, length)]!;
  }

  /** Appends a prefix. If it is already there nothing changes, and its row is returned; otherwise -1. */
  add(words: Uint32Array, length: number, nextHop: number): number {
    if (this.#count === this.lengths.length) this.#grow();
    const row = this.#count;
    if (this.#rows || !this.#ascends(words, length)) {
      this.#rows ??= this.#index();
      const slot = this.#slot(this.#rows, words, length);
      const known = this.#rows[slot]!;
      if (known !== EMPTY) return known;
      this.#rows[slot] = row;
    }
    for (let i = 0; i < this.width; i++) this.words[row * this.width + i] = words[i]!;
    this.lengths[row] = length;
    this.nextHopOf[row] = nextHop;
    this.#count++;
    return EMPTY;
  }

  /** Copies the address of a row into `words`. */
  read(row: number, words: Uint32Array): void {
    for (let i = 0; i < this.width; i++) words[i] = this.words[row * this.width + i]!;
  }

  /** All rows by address and then by length: a prefix comes right before those inside it. */
  ascending(): Uint32Array {
    const order = Uint32Array.from({ length: this.#count }, (_, row) => row);
    const { words, lengths, width } = this;
    return order.sort((a, b) => {
      for (let i = 0; i < width; i++) {
        const difference = words[a * width + i]! - words[b * width + i]!;
        if (difference !== 0) return difference;
      }
      return lengths[a]! - lengths[b]!;
    });
  }

  /** Whether a prefix comes behind the last one, by address and then by length. */
  #ascends(words: Uint32Array, length: number): boolean {
    const last = this.#count - 1;
    if (last < 0) return true;
    for (let i = 0; i < this.width; i++) {
      const word = this.words[last * this.width + i]!;
      if (words[i] !== word) return words[i]! > word;
    }
    return length > this.lengths[last]!;
  }

  #index(): Int32Array {
    const rows = new Int32Array(2 ** Math.ceil(Math.log2(this.lengths.length * 2))).fill(EMPTY);
    const words = new Uint32Array(4);
    for (let row = 0; row < this.#count; row++) {
      this.read(row, words);
      rows[this.#slot(rows, words, this.lengths[row]!)] = row;
    }
    return rows;
  }

  /** The slot that holds this prefix, or the empty one where it belongs. */
  #slot(rows: Int32Array, words: Uint32Array, length: number): number {
    const mask = rows.length - 1;
    let slot = hash(words, this.width, length) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const row = rows[slot]!;
      if (row === EMPTY || this.#equals(row, words, length)) return slot;
    }
  }

  #equals(row: number, words: Uint32Array, length: number): boolean {
    if (this.lengths[row] !== length) return false;
    for (let i = 0; i < this.width; i++) if (this.words[row * this.width + i] !== words[i]) return false;
    return true;
  }

  #grow(): void {
    const room = this.lengths.length * 2;
    this.words = extended(this.words, new Uint32Array(room * this.width));
    this.lengths = extended(this.lengths, new Uint8Array(room));
    this.nextHopOf = extended(this.nextHopOf, new Uint16Array(room));
    if (this.#rows) this.#rows = this.#index();
  }
}

export interface PrefixTable {
  readonly ipv4: Routes;
  readonly ipv6: Routes;
}

export function emptyTable(): PrefixTable {
  return { ipv4: new Routes(4), ipv6: new Routes(6) };
}

function extended<T extends Uint32Array | Uint16Array | Uint8Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

function hash(words: Uint32Array, width: number, length: number): number {
  let value = length;
  for (let i = 0; i < width; i++) value = mix(value ^ words[i]!);
  return value;
}
