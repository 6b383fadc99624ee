/**
 * Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999): a frame without zero bytes, so that a zero byte always
 * ends one. Each block is a code byte, one more than the number of data bytes that follow; a code below 255 stands for
 * a zero behind its block.
 *
 * The decoder takes one byte at a time and never writes past the frame buffer: a frame that is too long, or that ends
 * inside a block, is damaged, and the next zero byte starts afresh.
 */

/** Encodes `length` bytes between two zero bytes; gives the encoded length, at most length + length / 254 + 3. */
export function encode(source: usize, length: u32, target: usize): u32 {
  store<u8>(target, 0);
  let code = target + 1;
  let out = code + 1;
  for (let i: u32 = 0; i < length; i++) {
    const byte = load<u8>(source + i);
    if (byte != 0) store<u8>(out++, byte);
    const run = out - code;
    if (byte == 0 || (run == 255 && i + 1 < length)) {
      store<u8>(code, <u8>run);
      code = out++;
    }
  }
  store<u8>(code, <u8>(out - code));
  store<u8>(out++, 0);
  return <u32>(out - target);
}

let frame: usize = 0;
let limit: u32 = 0;
let filled: u32 = 0;
/** Data bytes still to come in this block; 0 where a code byte is due. */
let left: u32 = 0;
/** The block before owes a zero, unless the frame ends here. */
let owed = false;
let broken = false;

/** Decodes into `size` bytes at `target` from now on. */
export function decodeInto(target: usize, size: u32): void {
  frame = target;
  limit = size;
  begin();
}

function begin(): void {
  filled = 0;
  left = 0;
  owed = false;
  broken = false;
}

function put(byte: u8): void {
  if (filled < limit) store<u8>(frame + filled++, byte);
  else broken = true;
}

/** What `decode` found behind a byte. */
export const enum Decoded {
  /** The frame goes on. */
  MORE,
  /** A frame of `frameLength()` bytes stands in the buffer. */
  FRAME,
  /** What came since the last zero byte was no frame. */
  DAMAGED,
}

export function decode(byte: u8): Decoded {
  if (byte == 0) return end();
  if (left == 0) {
    if (owed) put(0);
    left = <u32>byte - 1;
    owed = byte != 255;
  } else {
    put(byte);
    left--;
  }
  return Decoded.MORE;
}

let complete: u32 = 0;

export function frameLength(): u32 {
  return complete;
}

function end(): Decoded {
  const empty = filled == 0 && !owed && left == 0;
  const good = left == 0 && !broken;
  complete = filled;
  begin();
  if (empty) return Decoded.MORE;
  return good ? Decoded.FRAME : Decoded.DAMAGED;
}
