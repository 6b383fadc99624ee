/**
 * A forwarding table by itself, in the core: prefixes with the number of a set each, and no routes behind them. For
 * hosts that look addresses up in large tables, and for the benchmarks.
 */
import { Status } from "../protocol/words.js";
import { type Address, type Family, type Prefix, toHalves, toNumber } from "../tables/address.js";
import type { PrefixTable, Routes } from "../tables/routes.js";
import { configureBareTable, insertRoutes, type TableCapacity } from "./bare-table.js";
import { Batch } from "./batch.js";
import { Router } from "./router.js";

/** What the core has for an address that no prefix covers. */
export const NO_SET = 0xffff;

/** Addresses that `lookupAll` passes to the core at once. */
const CHUNK = 8192;

/** The core's calls for one family. */
interface Calls {
  insert(address: Address, length: number, set: number): number;
  remove(address: Address, length: number): number;
  lookup(address: Address): number;
  match(address: Address): number;
}

export class Table {
  readonly #calls: Record<Family, Calls>;
  readonly #batches: Partial<Record<Family, Batch>> = {};

  private constructor(readonly router: Router) {
    const { insert4, remove4, lookup4, match4, insert6, remove6, lookup6, match6 } = router.exports;
    const halved =
      <A extends unknown[]>(call: (high: bigint, low: bigint, ...rest: A) => number) =>
      (address: Address, ...rest: A) => {
        const { high, low } = toHalves(address);
        return call(high, low, ...rest);
      };
    this.#calls = {
      4: {
        insert: (address, length, set) => insert4(toNumber(address), length, set),
        remove: (address, length) => remove4(toNumber(address), length),
        lookup: address => lookup4(toNumber(address)),
        match: address => match4(toNumber(address)),
      },
      6: { insert: halved(insert6), remove: halved(remove6), lookup: halved(lookup6), match: halved(match6) },
    };
  }

  /** Room for any prefixes up to these numbers. Throws `Refused` where that does not fit into memory. */
  static async create(capacity: TableCapacity): Promise<Table> {
    const router = await Router.load("host");
    configureBareTable(router, capacity);
    return new Table(router);
  }

  /** A table with all prefixes of `table`, whose sets are the numbers of their next hops. */
  static async of({ ipv4, ipv6 }: PrefixTable): Promise<Table> {
    const table = await Table.create({ prefixes4: ipv4.count, prefixes6: ipv6.count });
    table.load(ipv4);
    table.load(ipv6);
    return table;
  }

  /** Inserts the prefix or replaces its set. Throws `Refused` where the table is full. */
  insert(prefix: Prefix, set: number): void {
    this.router.check(this.#calls[prefix.family].insert(prefix, prefix.length, set), "insert");
  }

  /** False where the prefix is not there. */
  remove(prefix: Prefix): boolean {
    const status = this.#calls[prefix.family].remove(prefix, prefix.length);
    if (status === Status.NOT_FOUND) return false;
    this.router.check(status, "remove");
    return true;
  }

  /** Inserts all routes of one family, with the numbers of their next hops as sets. */
  load(routes: Routes): void {
    insertRoutes(this.router, routes);
  }

  /** The set of the longest prefix around the address, null for none. */
  lookup(address: Address): number | null {
    const set = this.#calls[address.family].lookup(address);
    return set === NO_SET ? null : set;
  }

  /** Length of the longest prefix around the address, null for none. */
  match(address: Address): number | null {
    const length = this.#calls[address.family].match(address);
    return length < 0 ? null : length;
  }

  /** The set of each address, `NO_SET` for none. An address is one word, or four from the most significant on. */
  lookupAll(family: Family, words: Uint32Array): Uint16Array {
    const width = family === 4 ? 1 : 4;
    const sets = new Uint16Array(words.length / width);
    this.#batches[family] ??= new Batch(this.router, family, CHUNK);
    const batch = this.#batches[family];
    for (let first = 0; first < sets.length; first += CHUNK) {
      const count = Math.min(CHUNK, sets.length - first);
      batch.fill(words.subarray(first * width, (first + count) * width));
      batch.run(count);
      sets.set(batch.sets.subarray(0, count), first);
    }
    return sets;
  }

  /** Bytes that lookups use. */
  bytes(family: Family): number {
    const { tableBytes4, tableBytes6 } = this.router.exports;
    return family === 4 ? tableBytes4() : tableBytes6();
  }
}
