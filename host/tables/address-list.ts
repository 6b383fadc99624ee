import { InputError } from "../input-error.js";
import { AddressReader, wordAt } from "./address-reader.js";
import { HASH, LF, skipBlanks } from "./lines.js";

/** Addresses in the order of their lines. */
export interface AddressList {
  readonly count: number;
  /** The text that they stand in, and where each begins and ends in it. */
  readonly bytes: Buffer;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly families: Uint8Array;
  /** Four for each address, of which IPv4 uses the first. */
  readonly words: Uint32Array;
}

function countLines(bytes: Buffer): number {
  let lines = 1;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}

/** One address a line; "#" begins a comment. Throws an InputError at the first line that is no address. */
export function readAddresses(file: string, bytes: Buffer): AddressList {
  const room = countLines(bytes);
  const starts = new Uint32Array(room);
  const ends = new Uint32Array(room);
  const families = new Uint8Array(room);
  const words = new Uint32Array(room * 4);
  const reader = new AddressReader();
  const end = bytes.length;
  let count = 0;
  for (let line = 1, lineStart = 0, at = 0; at < end; line++, at++) {
    lineStart = at;
    const refuse = (offset: number, expected: string, found: string) =>
      new InputError({ file, line, column: offset - lineStart + 1 }, expected, found);
    at = skipBlanks(bytes, at);
    if (at < end && bytes[at] !== LF && bytes[at] !== HASH) {
      starts[count] = at;
      at = reader.address(bytes, at, end);
      if (at < 0) throw refuse(reader.offset, reader.expected, reader.found);
      ends[count] = at;
      families[count] = reader.family;
      words.set(reader.words, count * 4);
      count++;
      at = skipBlanks(bytes, at);
    }
    if (bytes[at] === HASH) at = bytes.indexOf(LF, at);
    if (at < 0 || at >= end) break;
    if (bytes[at] !== LF) throw refuse(at, "the end of the line", wordAt(bytes, at, end));
  }
  return { count, bytes, starts, ends, families, words };
}
