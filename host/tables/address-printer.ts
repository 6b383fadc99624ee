/**
 * Prints addresses as ASCII bytes: IPv4 dotted decimal, IPv6 in the canonical form of RFC 5952 (lower case, the
 * first longest run of two or more zero groups as "::", IPv4-mapped addresses in mixed notation). An address
 * comes as 32-bit words, most significant first: one for IPv4, four for IPv6.
 */
import type { Family } from "./address.js";

/** Room that the longest prefix needs, "xxxx:xxxx:xxxx:xxxx:xxxx:xxxx:xxxx:xxxx/128". */
export const LONGEST_PREFIX = 43;

const DOT = 0x2e;
const COLON = 0x3a;
const SLASH = 0x2f;
const ZERO = 0x30;
const hexDigits = Buffer.from("0123456789abcdef");

/** Writes a number from 0 to 255 in decimal. Returns the index behind it, as all writers here do. */
function writeDecimal(value: number, target: Uint8Array, at: number): number {
  if (value >= 100) target[at++] = ZERO + ((value / 100) | 0);
  if (value >= 10) target[at++] = ZERO + (((value / 10) | 0) % 10);
  target[at++] = ZERO + (value % 10);
  return at;
}

function writeGroup(value: number, target: Uint8Array, at: number): number {
  if (value >= 0x1000) target[at++] = hexDigits[value >>> 12]!;
  if (value >= 0x100) target[at++] = hexDigits[(value >>> 8) & 15]!;
  if (value >= 0x10) target[at++] = hexDigits[(value >>> 4) & 15]!;
  target[at++] = hexDigits[value & 15]!;
  return at;
}

function writeIpv4(word: number, target: Uint8Array, at: number): number {
  at = writeDecimal(word >>> 24, target, at);
  target[at++] = DOT;
  at = writeDecimal((word >>> 16) & 255, target, at);
  target[at++] = DOT;
  at = writeDecimal((word >>> 8) & 255, target, at);
  target[at++] = DOT;
  return writeDecimal(word & 255, target, at);
}

function group(words: Uint32Array, index: number): number {
  const word = words[index >>> 1]!;
  return index & 1 ? word & 0xffff : word >>> 16;
}

function writeIpv6(words: Uint32Array, target: Uint8Array, at: number): number {
  const mapped = words[0] === 0 && words[1] === 0 && words[2] === 0xffff;
  const groups = mapped ? 6 : 8;
  let gap = -1;
  let longest = 1;
  for (let i = 0, run = 0; i < groups; i++) {
    run = group(words, i) === 0 ? run + 1 : 0;
    if (run > longest) {
      longest = run;
      gap = i - run + 1;
    }
  }
  for (let i = 0; i < groups; i++) {
    if (i === gap) {
      target[at++] = COLON;
      i += longest - 1;
      if (i === groups - 1) target[at++] = COLON;
      continue;
    }
    if (i > 0) target[at++] = COLON;
    at = writeGroup(group(words, i), target, at);
  }
  if (!mapped) return at;
  target[at++] = COLON;
  return writeIpv4(words[3]!, target, at);
}

export function writeAddress(family: Family, words: Uint32Array, target: Uint8Array, at: number): number {
  return family === 4 ? writeIpv4(words[0]!, target, at) : writeIpv6(words, target, at);
}

export function writePrefix(
  family: Family,
  words: Uint32Array,
  length: number,
  target: Uint8Array,
  at: number,
): number {
  at = writeAddress(family, words, target, at);
  target[at++] = SLASH;
  return writeDecimal(length, target, at);
}

const line = Buffer.alloc(LONGEST_PREFIX);

export function addressText(family: Family, words: Uint32Array): string {
  return line.toString("latin1", 0, writeAddress(family, words, line, 0));
}

export function prefixText(family: Family, words: Uint32Array, length: number): string {
  return line.toString("latin1", 0, writePrefix(family, words, length, line, 0));
}
