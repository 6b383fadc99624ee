/**
 * The next hops of one family of a table, numbered as they come up.
 *
 * A prefix that comes without one gets one of N by a hash of prefix and seed, so that it has the same one in whatever
 * order the table is written; number r of them in proportion to 1/r, as few neighbors of a router carry most of its
 * routes. These are, for IPv4, 192.0.2.1 to .254, 198.51.100.1 to .254 and 203.0.113.1 to .254, the
 * documentation blocks of RFC 5737, and from the 763rd on 198.18.0.1 and up, the benchmarking block of RFC 2544; for
 * IPv6, 2001:db8::1 and up (RFC 3849).
 */
import { type Address, type Family, fromNumber, fromWords, parseAddress } from "./address.js";
import { mix } from "./random.js";
import { NEXT_HOP_LIMIT, type Routes } from "./routes.js";
import { WordNumbers } from "./word-numbers.js";
import { Zipf } from "./zipf.js";

export const DEFAULT_NEXT_HOPS = 64;

export interface NextHopOptions {
  /** How many next hops of each family are given out; `DEFAULT_NEXT_HOPS` unless told, at most `NEXT_HOP_LIMIT`. */
  readonly nextHops?: number | undefined;
  /** 1 unless told. */
  readonly seed?: number | undefined;
}

const documentation = [0xc000_0201, 0xc633_6401, 0xcb00_7101];
const HOSTS = 254;
const benchmarking = 0xc612_0001;

/** Next hop `index` of those that are given out. */
export function seededNextHop(family: Family, index: number): Address {
  if (family === 6) return fromWords(6, Uint32Array.of(0x2001_0db8, 0, 0, index + 1));
  const block = documentation[Math.floor(index / HOSTS)];
  return fromNumber(
    block === undefined ? benchmarking + index - documentation.length * HOSTS : block + (index % HOSTS),
  );
}

/** There are more different next hops than can be numbered. */
export class TooManyNextHops extends RangeError {}

export class NextHops {
  /** By the text of an address. */
  readonly #byText = new WordNumbers();
  /** By its 4 or 16 bytes. */
  readonly #byAddress = new WordNumbers();
  #none: number | null = null;
  readonly #seed: number;
  readonly #zipf: Zipf;
  /** The number of each that is given out, -1 before its first use. */
  readonly #seeded: Int32Array;

  constructor(
    readonly routes: Routes,
    { nextHops = DEFAULT_NEXT_HOPS, seed = 1 }: NextHopOptions = {},
  ) {
    this.#seed = mix(seed);
    this.#zipf = new Zipf(nextHops);
    this.#seeded = new Int32Array(nextHops).fill(-1);
  }

  /** The number of the next hop of a prefix that comes without. */
  forPrefix(words: Uint32Array, length: number): number {
    let value = mix(this.#seed ^ length);
    for (let i = 0; i < this.routes.width; i++) value = mix(value ^ words[i]!);
    const index = this.#zipf.rank(value);
    if (this.#seeded[index] === -1) {
      this.#seeded[index] = this.forAddress(seededNextHop(this.routes.family, index));
    }
    return this.#seeded[index]!;
  }

  /** The number of an address as it is written; the spellings of an address share one. Throws an AddressError. */
  forWord(bytes: Buffer, at: number, behind: number): number {
    let number = this.#byText.get(bytes, at, behind);
    if (number < 0) {
      number = this.forAddress(parseAddress(bytes.toString("latin1", at, behind)));
      this.#byText.set(bytes, at, behind, number);
    }
    return number;
  }

  /** The number of an address; null stands for that of the routes without a next hop. */
  forAddress(address: Address | null): number {
    if (address === null) {
      this.#none ??= this.#append(null);
      return this.#none;
    }
    const size = address.family === 4 ? 4 : 16;
    let number = this.#byAddress.get(address.bytes, 0, size);
    if (number < 0) {
      number = this.#append(address);
      this.#byAddress.set(address.bytes, 0, size, number);
    }
    return number;
  }

  #append(address: Address | null): number {
    const { nextHops } = this.routes;
    if (nextHops.length === NEXT_HOP_LIMIT) throw new TooManyNextHops();
    return nextHops.push(address) - 1;
  }
}
