/** Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999): data without zeros, so that a zero can end a frame. */

/** `data` between two zero bytes. */
export function encode(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length + Math.ceil(data.length / 254) + 3);
  let code = 1;
  let at = 2;
  data.forEach((byte, i) => {
    if (byte !== 0) out[at++] = byte;
    const run = at - code;
    if (byte === 0 || (run === 255 && i + 1 < data.length)) {
      out[code] = run;
      code = at++;
    }
  });
  out[code] = at - code;
  return out.subarray(0, at + 1);
}

/** The data of one frame without its delimiting zeros, or null where it is no COBS. */
export function decode(frame: Uint8Array): Uint8Array | null {
  const out = new Uint8Array(frame.length);
  let length = 0;
  for (let at = 0; at < frame.length; ) {
    const code = frame[at]!;
    const end = at + code;
    if (code === 0 || end > frame.length) return null;
    out.set(frame.subarray(at + 1, end), length);
    length += code - 1;
    // A full block carries no zero; nor does the last one.
    if (code < 255 && end < frame.length) length++;
    at = end;
  }
  return out.subarray(0, length);
}
