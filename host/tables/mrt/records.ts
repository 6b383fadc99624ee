/** Cuts a stream into MRT records (RFC 6396 section 2 and 3), which may lie across any number of chunks. */
import { Cursor, type Source } from "../bgp/cursor.js";
import type { Input } from "../input.js";
import { RecordType } from "./types.js";

export interface MrtRecord {
  /** Microseconds since 1970. */
  readonly time: number;
  readonly type: number;
  readonly subtype: number;
  readonly body: Cursor;
}

const HEADER = 12;
const extendedTimes: number[] = [RecordType.BGP4MP_ET, RecordType.ISIS_ET, RecordType.OSPFV3_ET];

/** Whether a file begins like MRT. Text never does: the upper byte of the type is 0. */
export function looksLikeMrt(start: Uint8Array): boolean {
  return start.length > 5 && start[4] === 0 && start[5]! >= 11 && start[5]! <= 49;
}

export async function* readRecords(input: Input): AsyncGenerator<MrtRecord> {
  const window = new Window(input.chunks);
  for (let record = 1; ; record++) {
    if (window.available < HEADER) await window.fill(HEADER);
    if (window.available === 0) return;
    const source = { file: input.name, record };
    const header = window.take(Math.min(HEADER, window.available), source);
    if (header.left < HEADER) throw header.refuse(`a record header (${HEADER} bytes)`, `${header.left} left`);
    const seconds = header.u32("a time");
    const type = header.u16("a type");
    const subtype = header.u16("a subtype");
    const length = header.u32("a length");
    if (window.available < length) await window.fill(length);
    if (window.available < length) {
      throw header.refuse(`a record body of ${length} bytes`, `${window.available} left`);
    }
    const body = window.take(length, source);
    const microseconds = extendedTimes.includes(type) ? body.u32("microseconds") : 0;
    yield { time: seconds * 1_000_000 + microseconds, type, subtype, body };
  }
}

/** The part of a stream that is read at present. */
class Window {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #buffer: Uint8Array = Buffer.alloc(0);
  #at = 0;
  /** The place of `#buffer` in the stream. */
  #start = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes that can be taken. */
  get available(): number {
    return this.#buffer.length - this.#at;
  }

  /** Makes `length` bytes available, or all that are left if there are fewer. */
  async fill(length: number): Promise<void> {
    const parts = [this.#buffer.subarray(this.#at)];
    let available = this.available;
    while (available < length) {
      const { value, done } = await this.#chunks.next();
      if (done) break;
      parts.push(value);
      available += value.length;
    }
    this.#start += this.#at;
    this.#at = 0;
    this.#buffer = Buffer.concat(parts, available);
  }

  take(length: number, source: Source): Cursor {
    const from = this.#at;
    this.#at += length;
    return new Cursor(this.#buffer, from, this.#at, source, this.#start);
  }
}
