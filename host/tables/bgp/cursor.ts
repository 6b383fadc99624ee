import { InputError } from "../../input-error.js";
import type { Address, Family } from "../address.js";

/** Where the bytes of a cursor come from, for error messages. */
export interface Source {
  readonly file: string;
  readonly record: number;
}

/** Reads big-endian fields one after the other, within bounds: a field that is not all there is an InputError. */
export class Cursor {
  #at = 0;
  readonly #view: DataView;

  /** `start` is the place of the first byte in the file. */
  constructor(
    readonly bytes: Uint8Array,
    readonly source: Source,
    readonly start: number,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get left(): number {
    return this.bytes.length - this.#at;
  }

  /** The next byte, still to be read; undefined at the end. */
  get next(): number | undefined {
    return this.bytes[this.#at];
  }

  u8(what: string): number {
    return this.bytes[this.#advance(1, what)]!;
  }

  u16(what: string): number {
    return this.#view.getUint16(this.#advance(2, what));
  }

  u32(what: string): number {
    return this.#view.getUint32(this.#advance(4, what));
  }

  address(family: Family, what: string): Address {
    const bytes = new Uint8Array(16);
    bytes.set(this.raw(family === 4 ? 4 : 16, what));
    return { family, bytes };
  }

  /** The next `length` bytes, not copied. */
  raw(length: number, what: string): Uint8Array {
    const at = this.#advance(length, what);
    return this.bytes.subarray(at, at + length);
  }

  /** The next `length` bytes as a cursor of their own. */
  take(length: number, what: string): Cursor {
    const at = this.#advance(length, what);
    return new Cursor(this.bytes.subarray(at, at + length), this.source, this.start + at);
  }

  /** Refuses the field that starts `back` bytes before the next. */
  refuse(expected: string, found: string, back = 0): InputError {
    return new InputError({ ...this.source, byte: this.start + this.#at - back }, expected, found);
  }

  /** Another cursor over all these bytes. */
  copy(): Cursor {
    return new Cursor(this.bytes, this.source, this.start);
  }

  #advance(length: number, what: string): number {
    const at = this.#at;
    if (length > this.left) {
      throw this.refuse(`${what} (${length} ${length === 1 ? "byte" : "bytes"})`, `${this.left} left`);
    }
    this.#at = at + length;
    return at;
  }
}
