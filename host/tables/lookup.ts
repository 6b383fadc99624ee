/** Longest-prefix match for whole lists of addresses, without an object for each. */
import { NO_SET, type Table } from "../router/table.js";
import { type Family, formatAddress, half } from "./address.js";
import type { AddressList } from "./address-list.js";
import { LONGEST_PREFIX, writePrefix } from "./address-printer.js";
import { maskWord } from "./address-reader.js";
import { LF, SPACE } from "./lines.js";
import type { PrefixTable, Routes } from "./routes.js";

/** Addresses that are looked up and answered at once. */
const CHUNK = 1 << 14;

const NOTHING = Buffer.from("-");

/**
 * Answers in the order of the addresses, as lines `ADDR PREFIX NEXTHOP`, or `ADDR -` where no prefix matches. The address
 * is printed as it was written; a next hop that the table does not tell is "-". `forwarding` is `Table.of(prefixes)`.
 * `onProgress` gets the share that is answered, 0 to 1.
 */
export function* answers(
  prefixes: PrefixTable,
  forwarding: Table,
  addresses: AddressList,
  onProgress: (share: number) => void = () => {},
): Generator<Uint8Array> {
  const families = {
    4: new FamilyAnswers(prefixes.ipv4, forwarding),
    6: new FamilyAnswers(prefixes.ipv6, forwarding),
  };
  for (let first = 0; first < addresses.count; first += CHUNK) {
    const behind = Math.min(first + CHUNK, addresses.count);
    families[4].lookup(addresses, first, behind);
    families[6].lookup(addresses, first, behind);
    const room = addresses.ends[behind - 1]! - addresses.starts[first]! + (behind - first);
    const lines = Buffer.allocUnsafe(room + families[4].room + families[6].room);
    let at = 0;
    for (let i = first; i < behind; i++) {
      at += addresses.bytes.copy(lines, at, addresses.starts[i], addresses.ends[i]);
      lines[at++] = SPACE;
      at = families[addresses.families[i] as Family].writeNext(lines, at);
      lines[at++] = LF;
    }
    yield lines.subarray(0, at);
    onProgress(behind / addresses.count);
  }
}

/** The answers of one family, in order. */
class FamilyAnswers {
  readonly #nextHops: Buffer[];
  readonly #longestNextHop: number;
  readonly #masked = new Uint32Array(4);
  #words = new Uint32Array(0);
  #sets: Uint16Array = new Uint16Array(0);
  #next = 0;

  constructor(
    readonly routes: Routes,
    readonly forwarding: Table,
  ) {
    this.#nextHops = routes.nextHops.map(nextHop =>
      nextHop ? Buffer.from(formatAddress(nextHop)) : NOTHING,
    );
    this.#longestNextHop = Math.max(0, ...this.#nextHops.map(({ length }) => length));
  }

  /** Bytes that the answers to the last lookup take at most. */
  get room(): number {
    return this.#sets.length * (LONGEST_PREFIX + 1 + this.#longestNextHop);
  }

  /** Looks up those of this family among the addresses from `first` to `behind`. */
  lookup(addresses: AddressList, first: number, behind: number): void {
    const { family, width } = this.routes;
    const words = new Uint32Array((behind - first) * width);
    let count = 0;
    for (let i = first; i < behind; i++) {
      if (addresses.families[i] !== family) continue;
      for (let word = 0; word < width; word++) words[count++] = addresses.words[i * 4 + word]!;
    }
    this.#words = words.subarray(0, count);
    this.#sets = this.forwarding.lookupAll(family, this.#words);
    this.#next = 0;
  }

  /** Writes `PREFIX NEXTHOP` or "-" for the next of the addresses looked up. */
  writeNext(target: Buffer, at: number): number {
    const { family, width } = this.routes;
    const index = this.#next++;
    const set = this.#sets[index]!;
    if (set === NO_SET) return at + NOTHING.copy(target, at);
    const from = index * width;
    const length = this.#match(from);
    for (let word = 0; word < width; word++) {
      this.#masked[word] = maskWord(this.#words[from + word]!, word, length);
    }
    at = writePrefix(family, this.#masked, length, target, at);
    target[at++] = SPACE;
    return at + this.#nextHops[set]!.copy(target, at);
  }

  #match(from: number): number {
    const { match4, match6 } = this.forwarding.router.exports;
    const words = this.#words;
    if (this.routes.family === 4) return match4(words[from]!);
    return match6(half(words, from), half(words, from + 2));
  }
}
