/** Cuts a stream into MRT records (RFC 6396 section 2 and 3), which may lie across any number of chunks. */
import { InputError } from "../../input-error.js";
import { Cursor } from "../bgp/cursor.js";
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
  const chunks = input.chunks[Symbol.asyncIterator]();
  let buffer: Uint8Array = new Uint8Array(0);
  /** The place of `buffer` in the file. */
  let start = 0;
  let at = 0;
  let record = 1;

  /** Sees to it that `length` bytes stand at `at`, if there are so many. Gives how many there are. */
  async function fill(length: number): Promise<number> {
    const parts = [buffer.subarray(at)];
    let filled = buffer.length - at;
    if (filled >= length) return filled;
    start += at;
    at = 0;
    while (filled < length) {
      const { value, done } = await chunks.next();
      if (done) break;
      parts.push(value);
      filled += value.length;
    }
    buffer = Buffer.concat(parts, filled);
    return filled;
  }

  for (; (await fill(HEADER)) > 0; record++) {
    const place = { file: input.name, record, byte: start + at };
    const available = buffer.length - at;
    if (available < HEADER) {
      throw new InputError(place, `a record header (${HEADER} bytes)`, `${available} left`);
    }
    const view = new DataView(buffer.buffer, buffer.byteOffset + at, HEADER);
    const seconds = view.getUint32(0);
    const type = view.getUint16(4);
    const subtype = view.getUint16(6);
    const length = view.getUint32(8);
    const filled = (await fill(HEADER + length)) - HEADER;
    if (filled < length) {
      const body = { ...place, byte: start + at + HEADER };
      throw new InputError(body, `a record body of ${length} bytes`, `${filled} left`);
    }
    const bodyAt = at + HEADER;
    at = bodyAt + length;
    const body = new Cursor(buffer.subarray(bodyAt, at), { file: input.name, record }, start + bodyAt);
    const microseconds = extendedTimes.includes(type) ? body.u32("microseconds") : 0;
    yield { time: seconds * 1_000_000 + microseconds, type, subtype, body };
  }
}
