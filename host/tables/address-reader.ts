/**
 * Reads addresses and prefixes from ASCII bytes, without an object or a string for each, so that a table of a
 * million prefixes takes a fraction of a second. RFC 4291 section 2.2 says what an IPv6 address may look like.
 * Refused although some accept it: leading zeros in decimal numbers (octal to some), a zone index, and a prefix
 * with bits set beyond its length.
 */
import type { Family } from "./address.js";
import { prefixText } from "./address-printer.js";
import { endOfWord, HASH, LF, SPACE } from "./lines.js";

const DOT = 0x2e;
const COLON = 0x3a;
const SLASH = 0x2f;
const ZERO = 0x30;

/** Bytes of a word that an error message shows. */
const LONGEST_WORD = 60;

const hexValues = new Int8Array(256).fill(-1);
for (let value = 0; value < 16; value++) {
  hexValues[value.toString(16).charCodeAt(0)] = value;
  hexValues[value.toString(16).toUpperCase().charCodeAt(0)] = value;
}

/** Clears the bits of 32-bit word number `index` that lie beyond `length`. */
export function maskWord(word: number, index: number, length: number): number {
  const bits = length - index * 32;
  if (bits >= 32) return word;
  return bits <= 0 ? 0 : (word & (-1 << (32 - bits))) >>> 0;
}

export class AddressReader {
  /** What the last successful read found: the address as 32-bit words, most significant first; IPv4 has one. */
  family: Family = 4;
  length = 0;
  readonly words = new Uint32Array(4);

  /** Why the last read was refused: index of the offending byte, what belongs there, what is there. */
  offset = 0;
  expected = "";
  found = "";

  readonly #groups = new Uint16Array(8);

  /** Reads an address at `at`, followed by white space, "#" or `end`. Returns the index behind it, -1 if refused. */
  address(bytes: Uint8Array, at: number, end: number): number {
    const behind = this.#address(bytes, at, end);
    if (behind < 0 || endsWord(bytes, behind, end)) return behind;
    return this.#refuse(bytes, behind, end, "the end of the address");
  }

  /** The same for `ADDRESS/LENGTH`. */
  prefix(bytes: Uint8Array, at: number, end: number): number {
    let behind = this.#address(bytes, at, end);
    if (behind < 0) return -1;
    if (behind >= end || bytes[behind] !== SLASH) {
      return this.#refuse(bytes, behind, end, '"/" and a prefix length');
    }
    const longest = this.family === 4 ? 32 : 128;
    const start = behind + 1;
    behind = this.#decimal(bytes, start, end, longest, "a prefix length");
    if (behind < 0) return -1;
    if (!endsWord(bytes, behind, end)) return this.#refuse(bytes, behind, end, "the end of the prefix");
    this.length = this.#number;
    return this.#hasHostBits() ? this.#refuseHostBits(bytes, at, end) : behind;
  }

  #address(bytes: Uint8Array, at: number, end: number): number {
    for (let i = at; i < end; i++) {
      const byte = bytes[i]!;
      if (byte === DOT) {
        this.family = 4;
        return this.#ipv4(bytes, at, end, 0);
      }
      if (byte === COLON) {
        this.family = 6;
        return this.#ipv6(bytes, at, end);
      }
      if (hexValues[byte]! < 0) break;
    }
    return this.#refuse(bytes, at, end, "an IPv4 or IPv6 address");
  }

  #number = 0;

  /** Reads a number from 0 to `limit`, which has at most three digits, into `#number`. */
  #decimal(bytes: Uint8Array, at: number, end: number, limit: number, what: string): number {
    let value = 0;
    let i = at;
    for (; i < end && i < at + 4; i++) {
      const digit = bytes[i]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (i === at || value > limit) return this.#refuse(bytes, at, end, `${what} from 0 to ${limit}`);
    if (bytes[at] === ZERO && i > at + 1) {
      return this.#refuse(bytes, at, end, `${what} without leading zeros`);
    }
    this.#number = value;
    return i;
  }

  #ipv4(bytes: Uint8Array, at: number, end: number, word: number): number {
    let value = 0;
    for (let part = 0; part < 4; part++) {
      if (part > 0 && (at >= end || bytes[at++] !== DOT)) {
        return this.#refuse(bytes, at >= end ? end : at - 1, end, '"."');
      }
      at = this.#decimal(bytes, at, end, 255, "a number");
      if (at < 0) return -1;
      value = (value << 8) | this.#number;
    }
    this.words[word] = value;
    return at;
  }

  #ipv6(bytes: Uint8Array, at: number, end: number): number {
    const start = at;
    const groups = this.#groups;
    let count = 0;
    let gap = -1;
    if (bytes[at] === COLON) {
      if (at + 1 >= end || bytes[at + 1] !== COLON) return this.#refuse(bytes, at, end, '"::" or a group');
      gap = 0;
      at += 2;
    }
    while (count < 8) {
      const first = at;
      let value = 0;
      for (; at < end && at < first + 5; at++) {
        const digit = hexValues[bytes[at]!]!;
        if (digit < 0) break;
        value = (value << 4) | digit;
      }
      if (at === first && gap === count) break;
      if (at < end && bytes[at] === DOT && at > first && count <= 6) {
        at = this.#ipv4(bytes, first, end, 3);
        if (at < 0) return -1;
        groups[count++] = this.words[3]! >>> 16;
        groups[count++] = this.words[3]! & 0xffff;
        break;
      }
      if (at === first || at > first + 4) {
        return this.#refuse(bytes, first, end, "a group of one to four hexadecimal digits");
      }
      groups[count++] = value;
      if (count === 8 || at >= end || bytes[at] !== COLON) break;
      at++;
      if (at < end && bytes[at] === COLON) {
        if (gap >= 0) return this.#refuse(bytes, at - 1, end, 'no second "::"');
        gap = count;
        at++;
      }
    }
    if (gap < 0 && count < 8) return this.#refuse(bytes, start, end, 'eight groups or "::"');
    if (gap >= 0 && count === 8) return this.#refuse(bytes, start, end, 'at most seven groups beside "::"');
    if (gap >= 0) {
      groups.copyWithin(8 - (count - gap), gap, count);
      groups.fill(0, gap, 8 - (count - gap));
    }
    for (let i = 0; i < 4; i++) this.words[i] = (groups[2 * i]! << 16) | groups[2 * i + 1]!;
    return at;
  }

  #hasHostBits(): boolean {
    const { words, length } = this;
    if (this.family === 4) return maskWord(words[0]!, 0, length) !== words[0];
    for (let i = 0; i < 4; i++) if (maskWord(words[i]!, i, length) !== words[i]) return true;
    return false;
  }

  #refuseHostBits(bytes: Uint8Array, at: number, end: number): number {
    const masked = this.words.map((word, i) => maskWord(word, i, this.length));
    const prefix = prefixText(this.family, masked, this.length);
    return this.#refuse(bytes, at, end, `${prefix} (no host bits set)`);
  }

  #refuse(bytes: Uint8Array, at: number, end: number, expected: string): number {
    this.offset = at;
    this.expected = expected;
    this.found = wordAt(bytes, at, end);
    return -1;
  }
}

function endsWord(bytes: Uint8Array, at: number, end: number): boolean {
  return at >= end || bytes[at]! <= SPACE || bytes[at] === HASH;
}

/** The word that stands at `at`, quoted and cut to a readable length. */
export function wordAt(bytes: Uint8Array, at: number, end: number): string {
  const behind = Math.min(endOfWord(bytes, at), end, at + LONGEST_WORD);
  if (behind > at) return JSON.stringify(Buffer.from(bytes.subarray(at, behind)).toString());
  if (at >= end || bytes[at] === LF) return "nothing";
  return JSON.stringify(String.fromCharCode(bytes[at]!));
}
