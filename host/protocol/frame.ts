import { decode, encode } from "./cobs.js";
import { crc16 } from "./crc.js";
import { FrameFlag, head, PROTOCOL_VERSION } from "./messages.js";

export interface Frame {
  kind: number;
  flags: number;
  sequence: number;
  /** Device time in microseconds; 0 in a request. */
  time: number;
  body: Uint8Array;
}

const CRC_SIZE = 2;

/** The frame as it goes over the line, between two zero bytes. */
export function encodeFrame(frame: Frame): Uint8Array {
  const { kind, flags, sequence, time, body } = frame;
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

/** Cuts a stream of bytes into frames. */
export class FrameReader {
  #pending: Uint8Array = new Uint8Array(0);
  /** What stood between two zero bytes but was no frame. */
  damaged = 0;

  /** The frames that `chunk` completes. */
  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      const bytes = this.#join(chunk.subarray(start, end));
      this.#pending = new Uint8Array(0);
      start = end + 1;
      if (bytes.length === 0) continue;
      const frame = decodeFrame(bytes);
      if (frame) frames.push(frame);
      else this.damaged++;
    }
    this.#pending = this.#join(chunk.subarray(start)).slice();
    return frames;
  }

  #join(rest: Uint8Array): Uint8Array {
    if (this.#pending.length === 0) return rest;
    const joined = new Uint8Array(this.#pending.length + rest.length);
    joined.set(this.#pending);
    joined.set(rest, this.#pending.length);
    return joined;
  }
}
