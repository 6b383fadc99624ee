/** The bare forwarding table of one family and profile, in the same terms as the reference. */
import type { Part } from "../../../host/protocol/words.js";
import { configureBareTable } from "../../../host/router/bare-table.js";
import { type Profile, Router } from "../../../host/router/router.js";
import type { Family } from "../../../host/tables/address.js";
import type { Reference } from "./reference.js";

const HALF = 0xffff_ffff_ffff_ffffn;

/** Every table that there is. */
export const kinds = [
  { profile: "host", family: 4 },
  { profile: "host", family: 6 },
  { profile: "mcu", family: 4 },
  { profile: "mcu", family: 6 },
] as const;

export class Bare {
  readonly bits: 32 | 128;
  /** Sets are numbered below this. */
  readonly setLimit: number;
  readonly #noSet: number;
  #batch = 0;

  private constructor(
    readonly router: Router,
    readonly family: Family,
    readonly profile: Profile,
  ) {
    this.bits = family === 4 ? 32 : 128;
    this.setLimit = profile === "mcu" ? 0xff : 0xfffe;
    this.#noSet = profile === "mcu" ? 0xff : 0xffff;
  }

  static async load(profile: Profile, family: Family): Promise<Bare> {
    return new Bare(await Router.load(profile), family, profile);
  }

  /** Begins anew with room for so many prefixes. */
  clear(prefixes: number): void {
    configureBareTable(this.router, {
      prefixes4: this.family === 4 ? prefixes : 0,
      prefixes6: this.family === 6 ? prefixes : 0,
    });
    this.#batch = 0;
  }

  insert(address: bigint, length: number, set: number): number {
    const { insert4, insert6 } = this.router.exports;
    if (this.family === 4) return insert4(Number(address), length, set);
    return insert6(address >> 64n, address & HALF, length, set);
  }

  remove(address: bigint, length: number): number {
    const { remove4, remove6 } = this.router.exports;
    if (this.family === 4) return remove4(Number(address), length);
    return remove6(address >> 64n, address & HALF, length);
  }

  lookup(address: bigint): number | null {
    const { lookup4, lookup6 } = this.router.exports;
    const set = this.family === 4 ? lookup4(Number(address)) : lookup6(address >> 64n, address & HALF);
    return set === this.#noSet ? null : set;
  }

  match(address: bigint): number {
    const { match4, match6 } = this.router.exports;
    return this.family === 4 ? match4(Number(address)) : match6(address >> 64n, address & HALF);
  }

  lookupAll(addresses: readonly bigint[]): (number | null)[] {
    const { lookupBatch4, lookupBatch6, memory } = this.router.exports;
    const width = this.bits / 8;
    const needed = addresses.length * (width + 2);
    const at = this.#room(needed);
    const view = new DataView(memory.buffer, at, needed);
    addresses.forEach((address, i) => {
      if (this.family === 4) {
        view.setUint32(i * 4, Number(address), true);
      } else {
        view.setBigUint64(i * 16, address >> 64n, true);
        view.setBigUint64(i * 16 + 8, address & HALF, true);
      }
    });
    const sets = at + addresses.length * width;
    if (this.family === 4) lookupBatch4(at, sets, addresses.length);
    else lookupBatch6(at, sets, addresses.length);
    return addresses.map((_, i) => {
      const set = view.getUint16(addresses.length * width + i * 2, true);
      return set === this.#noSet ? null : set;
    });
  }

  /** Address of so many bytes behind the pools: in the `host` profile, of pages of their own. */
  #room(bytes: number): number {
    if (this.profile === "mcu") return (this.router.exports.memory.buffer.byteLength - bytes) & ~7;
    if (this.#batch === 0) this.#batch = this.router.scratch(1 << 16);
    return this.#batch;
  }

  /** Bytes in a part. */
  partBytes(part: Part): number {
    const { partBytes4, partBytes6 } = this.router.exports;
    return this.family === 4 ? partBytes4(part) : partBytes6(part);
  }

  /** Bytes that lookups use. */
  bytes(): number {
    const { tableBytes4, tableBytes6 } = this.router.exports;
    return this.family === 4 ? tableBytes4() : tableBytes6();
  }
}

/** First and last address of a prefix, and their neighbors outside, as far as there are any. */
export function edges(address: bigint, length: number, bits: number): bigint[] {
  const last = address + (1n << BigInt(bits - length)) - 1n;
  return [address - 1n, address, last, last + 1n].filter(edge => edge >= 0n && edge < 1n << BigInt(bits));
}

/** Addresses looked up in one batch, for which there is room beside any table. */
const BATCH = 100;

/** The two hold the same as far as these addresses tell; gives what differs. */
export function differences(table: Bare, reference: Reference, addresses: readonly bigint[]): unknown[] {
  const found: unknown[] = [];
  for (let at = 0; at < addresses.length; at += BATCH) {
    found.push(...batchDifferences(table, reference, addresses.slice(at, at + BATCH)));
  }
  return found;
}

function batchDifferences(table: Bare, reference: Reference, addresses: readonly bigint[]): unknown[] {
  const batch = table.lookupAll(addresses);
  return addresses.flatMap((address, i) => {
    const expected = { set: reference.lookup(address), length: reference.match(address) };
    const found = { set: table.lookup(address), length: table.match(address) };
    const same = found.set === expected.set && found.length === expected.length && batch[i] === expected.set;
    return same ? [] : [{ address: address.toString(16), expected, found, batch: batch[i] }];
  });
}
