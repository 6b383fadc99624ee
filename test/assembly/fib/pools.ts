/** The forwarding tables in memory of exactly the size that they ask for, with a fence behind it. */
import type { Profile } from "../../../host/router/router.js";
import type { Family } from "../../../host/tables/address.js";
import { type Unit, unit } from "../unit.js";

const HALF = 0xffff_ffff_ffff_ffffn;
const BASE = 1 << 16;
const FENCE = 4096;

interface Exports {
  bytesFor(prefixes4: number, prefixes6: number): number;
  carve(base: number, prefixes4: number, prefixes6: number): number;
  insert4(address: number, length: number, set: number): number;
  remove4(address: number, length: number): number;
  get4(address: number, length: number): number;
  lookup4(address: number): number;
  count4(): number;
  insert6(high: bigint, low: bigint, length: number, set: number): number;
  remove6(high: bigint, low: bigint, length: number): number;
  get6(high: bigint, low: bigint, length: number): number;
  lookup6(high: bigint, low: bigint): number;
  count6(): number;
}

type Core = Unit<Exports> & { memory: { grow(pages: number): number } };

export interface Entry {
  address: bigint;
  length: number;
  set: number;
}

export class Pools {
  readonly bits: 32 | 128;
  #end = BASE;

  private constructor(
    readonly core: Core,
    readonly family: Family,
  ) {
    this.bits = family === 4 ? 32 : 128;
  }

  static async load(profile: Profile, family: Family): Promise<Pools> {
    const names = "insert4, remove4, get4, lookup4, count4, insert6, remove6, get6, lookup6, count6";
    const core = await unit<Exports>(profile, `export { bytesFor, carve, ${names} } from "./fib/index";`);
    return new Pools(core as Core, family);
  }

  /** Carves room for so many prefixes out of memory that is full of other things. */
  carve(prefixes: number): void {
    const capacity: [number, number] = this.family === 4 ? [prefixes, 0] : [0, prefixes];
    const bytes = this.core.bytesFor(...capacity);
    const missing = BASE + bytes + FENCE - this.core.memory.buffer.byteLength;
    if (missing > 0) this.core.memory.grow(Math.ceil(missing / 65536));
    new Uint8Array(this.core.memory.buffer, BASE, bytes + FENCE).fill(0xa5);
    this.#end = this.core.carve(BASE, ...capacity);
    if (this.#end !== BASE + bytes) throw new Error(`carved ${this.#end - BASE} bytes of ${bytes}`);
  }

  insert({ address, length, set }: Entry): number {
    if (this.family === 4) return this.core.insert4(Number(address), length, set);
    return this.core.insert6(address >> 64n, address & HALF, length, set);
  }

  remove({ address, length }: Entry): number {
    if (this.family === 4) return this.core.remove4(Number(address), length);
    return this.core.remove6(address >> 64n, address & HALF, length);
  }

  get({ address, length }: Entry): number {
    if (this.family === 4) return this.core.get4(Number(address), length);
    return this.core.get6(address >> 64n, address & HALF, length);
  }

  lookup(address: bigint): number {
    if (this.family === 4) return this.core.lookup4(Number(address));
    return this.core.lookup6(address >> 64n, address & HALF);
  }

  count(): number {
    return this.family === 4 ? this.core.count4() : this.core.count6();
  }

  /** A copy of all that was carved. */
  snapshot(): Buffer {
    return Buffer.from(new Uint8Array(this.core.memory.buffer, BASE, this.#end - BASE));
  }

  /** Whether everything behind what was carved is as it was. */
  isFenceWhole(): boolean {
    return new Uint8Array(this.core.memory.buffer, this.#end, FENCE).every(byte => byte === 0xa5);
  }
}
