/**
 * A binary tree over address bits, of nodes with a record for 0 and one for 1. A record leads to another node, or holds
 * the number of the next hop for all that lies below, or nothing.
 */
import type { Routes } from "../../../host/tables/routes.js";

const NOTHING = 0xffff_ffff;
/** Marks a record that holds a number. */
const NUMBER = 0x8000_0000;

export class SearchTree {
  #records = new Uint32Array(1 << 12);
  #nodes = 0;

  constructor(routes: Routes) {
    this.#addNode(NOTHING);
    const words = new Uint32Array(4);
    // A prefix comes before those inside it, so that they take over its number and it never meets their nodes.
    for (const row of routes.ascending()) {
      routes.read(row, words);
      this.#set(words, routes.lengths[row]!, NUMBER + routes.nextHopOf[row]!);
    }
  }

  get nodes(): number {
    return this.#nodes;
  }

  /** A record's value in a file: a node's number, `nothing`, or the pointer of the number that it holds. */
  valueOf(record: number, nothing: number, pointers: readonly number[]): number {
    const value = this.#records[record]!;
    if (value === NOTHING) return nothing;
    return value >= NUMBER ? pointers[value - NUMBER]! : value;
  }

  #set(words: Uint32Array, length: number, value: number): void {
    if (length === 0) {
      this.#records.fill(value, 0, 2);
      return;
    }
    let record = bit(words, 0);
    for (let depth = 1; depth < length; depth++) {
      let node = this.#records[record]!;
      if (node >= NUMBER) {
        node = this.#addNode(node);
        this.#records[record] = node;
      }
      record = node * 2 + bit(words, depth);
    }
    this.#records[record] = value;
  }

  /** A node whose records both have `content`. Gives its number. */
  #addNode(content: number): number {
    const node = this.#nodes++;
    if (node * 2 === this.#records.length) {
      const records = new Uint32Array(this.#records.length * 2);
      records.set(this.#records);
      this.#records = records;
    }
    this.#records.fill(content, node * 2, node * 2 + 2);
    return node;
  }
}

function bit(words: Uint32Array, depth: number): number {
  return (words[depth >>> 5]! >>> (31 - (depth & 31))) & 1;
}
