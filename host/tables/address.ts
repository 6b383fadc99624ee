/** IPv4 and IPv6 addresses and prefixes: parsed, printed and converted. Printed as RFC 5952 says. */
import { InputError, type Place } from "../input-error.js";
import { addressText, prefixText } from "./address-printer.js";
import { AddressReader, maskWord } from "./address-reader.js";

export type Family = 4 | 6;

export interface Address {
  readonly family: Family;
  /** 16 bytes in network order; an IPv4 address stands in the first four, the rest is zero. */
  readonly bytes: Uint8Array;
}

/** No bit is set beyond `length`. */
export interface Prefix extends Address {
  readonly length: number;
}

/** A text that is no address or prefix. `offset` is the index of the first character that does not belong. */
export class AddressError extends Error {
  override name = "AddressError";

  constructor(
    readonly offset: number,
    readonly expected: string,
    readonly found: string,
  ) {
    super(`expected ${expected}, found ${found}`);
  }

  /** The same as an error in a file, where `place` is that of the text's first character. */
  at(place: Place): InputError {
    return new InputError({ ...place, column: place.column + this.offset }, this.expected, this.found);
  }
}

const reader = new AddressReader();

/** Room for any address or prefix, so that those need no buffer of their own. */
const room = Buffer.alloc(64);

/** The text in UTF-8, good until the next call, and its length in bytes. */
function bytesOf(text: string): { bytes: Buffer; end: number } {
  if (text.length <= room.length) {
    let end = 0;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code > 0x7f) break;
      room[end] = code;
    }
    if (end === text.length) return { bytes: room, end };
  }
  const bytes = Buffer.from(text);
  return { bytes, end: bytes.length };
}

function whole(text: string, read: "address" | "prefix"): void {
  const { bytes, end } = bytesOf(text);
  const behind = read === "address" ? reader.address(bytes, 0, end) : reader.prefix(bytes, 0, end);
  if (behind < 0) throw new AddressError(reader.offset, reader.expected, reader.found);
  if (behind < end) {
    throw new AddressError(behind, `the end of the ${read}`, JSON.stringify(text.slice(behind)));
  }
}

/** Throws an AddressError. */
export function parseAddress(text: string): Address {
  whole(text, "address");
  return fromWords(reader.family, reader.words);
}

/** Throws an AddressError, also where a bit beyond the prefix length is set. */
export function parsePrefix(text: string): Prefix {
  whole(text, "prefix");
  return { ...fromWords(reader.family, reader.words), length: reader.length };
}

export function formatAddress(address: Address): string {
  return addressText(address.family, toWords(address));
}

export function formatPrefix(prefix: Prefix): string {
  return prefixText(prefix.family, toWords(prefix), prefix.length);
}

/** 32-bit words, most significant first; all but the first are 0 for IPv4. */
export function toWords({ bytes }: Address): Uint32Array {
  const words = new Uint32Array(4);
  for (let i = 0; i < 4; i++) words[i] = wordOf(bytes, i * 4);
  return words;
}

export function fromWords(family: Family, words: Uint32Array): Address {
  const bytes = new Uint8Array(16);
  const length = family === 4 ? 4 : 16;
  for (let i = 0; i < length; i++) bytes[i] = words[i >>> 2]! >>> (24 - 8 * (i & 3));
  return { family, bytes };
}

/** The number of an IPv4 address, 0 to 2^32 - 1. */
export function toNumber({ bytes }: Address): number {
  return wordOf(bytes, 0);
}

function wordOf(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

export function fromNumber(value: number): Address {
  return fromWords(4, Uint32Array.of(value));
}

const pair = new DataView(new ArrayBuffer(8));

function join(high: number, low: number): bigint {
  pair.setUint32(0, high);
  pair.setUint32(4, low);
  return pair.getBigUint64(0);
}

/** The number of two words, the more significant first. */
export function half(words: Uint32Array, at: number): bigint {
  return join(words[at]!, words[at + 1]!);
}

/** Upper and lower half of an IPv6 address, each the number of its eight bytes. */
export function toHalves({ bytes }: Address): { high: bigint; low: bigint } {
  return { high: join(wordOf(bytes, 0), wordOf(bytes, 4)), low: join(wordOf(bytes, 8), wordOf(bytes, 12)) };
}

export function fromHalves(high: bigint, low: bigint): Address {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, high);
  view.setBigUint64(8, low);
  return { family: 6, bytes };
}

/** The prefix of `length` bits that covers `address`. */
export function prefixOf(address: Address, length: number): Prefix {
  const masked = toWords(address).map((word, i) => maskWord(word, i, length));
  return { ...fromWords(address.family, masked), length };
}

/** Whether `address` (or all of a prefix) lies inside `prefix`. */
export function covers(prefix: Prefix, address: Address | Prefix): boolean {
  if (prefix.family !== address.family || ("length" in address && address.length < prefix.length))
    return false;
  const masked = prefixOf(address, prefix.length);
  return masked.bytes.every((byte, i) => byte === prefix.bytes[i]);
}
