import { InputError } from "../../input-error.js";
import type { Address, Family } from "../address.js";

/** Where the bytes of a cursor come from, for error messages. */
export interface Source {
  readonly file: string;
  readonly record: number;
}

/**
 * Reads big-endian fields one after the other between two indices of a buffer; a field that is not all there is an
 * InputError. Dumps have millions of fields, so a cursor makes no views.
 */
export class Cursor {
  #at: number;

  /** `start` is the place of the buffer in the file. */
  constructor(
    readonly bytes: Uint8Array,
    readonly from: number,
    readonly end: number,
    readonly source: Source,
    readonly start: number,
  ) {
    this.#at = from;
  }

  get left(): number {
    return this.end - this.#at;
  }

  /** The next byte, still to be read; undefined at the end. */
  get next(): number | undefined {
    return this.left > 0 ? this.bytes[this.#at] : undefined;
  }

  u8(what: string): number {
    return this.bytes[this.advance(1, what)]!;
  }

  u16(what: string): number {
    const at = this.advance(2, what);
    return (this.bytes[at]! << 8) | this.bytes[at + 1]!;
  }

  u32(what: string): number {
    const at = this.advance(4, what);
    const { bytes } = this;
    return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
  }

  address(family: Family, what: string): Address {
    const length = family === 4 ? 4 : 16;
    const at = this.advance(length, what);
    const bytes = new Uint8Array(16);
    for (let i = 0; i < length; i++) bytes[i] = this.bytes[at + i]!;
    return { family, bytes };
  }

  /** The next `length` bytes as a cursor of their own. */
  take(length: number, what: string): Cursor {
    const at = this.advance(length, what);
    return new Cursor(this.bytes, at, at + length, this.source, this.start);
  }

  /** Another cursor from the start of this one. */
  copy(): Cursor {
    return new Cursor(this.bytes, this.from, this.end, this.source, this.start);
  }

  /** Refuses the field that starts `back` bytes before the next. */
  refuse(expected: string, found: string, back = 0): InputError {
    return new InputError({ ...this.source, byte: this.start + this.#at - back }, expected, found);
  }

  /** Passes over `length` bytes and gives the index of the first in `bytes`. */
  advance(length: number, what: string): number {
    const at = this.#at;
    if (length > this.left) {
      throw this.refuse(`${what} (${length} ${length === 1 ? "byte" : "bytes"})`, `${this.left} left`);
    }
    this.#at = at + length;
    return at;
  }
}
