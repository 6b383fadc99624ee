import { checkSize } from "./body.js";
import { decode, encode } from "./cobs.js";
import { crc16 } from "./crc.js";
import { BODY_LIMIT, FrameFlag, head, PROTOCOL_VERSION } from "./messages.js";

export interface Frame {
  kind: number;
  flags: number;
  sequence: number;
  /** Device time in microseconds; 0 in a request. */
  time: number;
  body: Uint8Array;
}

const CRC_SIZE = 2;
const FRAME_LIMIT = head.size + BODY_LIMIT + CRC_SIZE;

/** Most bytes between two zero bytes: the first code byte, and one more for each 254 bytes. */
const ENCODED_LIMIT = FRAME_LIMIT + Math.floor(FRAME_LIMIT / 254) + 1;

/** The frame as it goes over the line, between two zero bytes. Throws a RangeError where the body is too long. */
export function encodeFrame(frame: Frame): Uint8Array {
  const { kind, flags, sequence, time, body } = frame;
  checkSize(body);
  const start = head.encode({ version: (PROTOCOL_VERSION << 5) | kind, flags, sequence, time }, body);
  const whole = new Uint8Array(start.length + CRC_SIZE);
  whole.set(start);
  new DataView(whole.buffer).setUint16(start.length, crc16(start), true);
  return encode(whole);
}

/** What stood between two zero bytes, or null where it is no intact frame of this version. */
export function decodeFrame(bytes: Uint8Array): Frame | null {
  const whole = decode(bytes);
  if (!whole || whole.length < head.size + CRC_SIZE) return null;
  const checked = whole.subarray(0, whole.length - CRC_SIZE);
  const crc = whole[checked.length]! | (whole[checked.length + 1]! << 8);
  if (crc16(checked) !== crc) return null;
  const { version, flags, sequence, time } = head.decode(checked);
  if (version >> 5 !== PROTOCOL_VERSION) return null;
  return { kind: version & 0x1f, flags, sequence, time, body: checked.slice(head.size) };
}

export function isResponse(frame: Frame): boolean {
  return (frame.flags & FrameFlag.RESPONSE) !== 0;
}

/**
 * Cuts a stream of bytes into frames. Holds no more than the longest frame: what goes on beyond that without a zero
 * byte is one damaged frame, and the next zero byte starts afresh.
 */
export class FrameReader {
  readonly #pending = new Uint8Array(ENCODED_LIMIT);
  /** Bytes since the last zero byte; `#pending` holds them unless they are too many. */
  #length = 0;
  /** What stood between two zero bytes but was no frame. */
  damaged = 0;

  /** The frames that `chunk` completes. */
  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      this.#add(chunk.subarray(start, end));
      const frame = this.#end();
      if (frame) frames.push(frame);
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
    return frames;
  }

  #add(bytes: Uint8Array): void {
    const fits = this.#length <= ENCODED_LIMIT;
    const length = this.#length + bytes.length;
    if (length <= ENCODED_LIMIT) this.#pending.set(bytes, this.#length);
    else if (fits) this.damaged++;
    this.#length = length;
  }

  /** The frame that a zero byte ends, if there is one. */
  #end(): Frame | null {
    const length = this.#length;
    this.#length = 0;
    if (length === 0 || length > ENCODED_LIMIT) return null;
    const frame = decodeFrame(this.#pending.subarray(0, length));
    if (!frame) this.damaged++;
    return frame;
  }
}
