/**
 * AS_PATH as RFC 4271 section 4.3 carries it: segments {type u8, count u8, count x ASN}, here with four-byte ASNs in
 * little-endian order. The path is read once; what it says about rank is kept, the path itself is not.
 */
import { read32 } from "../console/wire";
import { Status } from "../status";
import { Segment } from "../words";
import { localAs } from "./settings";

const SEGMENT_HEAD: u32 = 2;
const ASN_BYTES: u32 = 4;

/** Length as RFC 4271 section 9.1.2.2 a) counts it: an AS_SET is 1, however many ASes it has. */
export let length: u32 = 0;

/** The AS that the path came from; 0 is the local AS, for an empty path or one that starts with a set. */
export let neighborAs: u32 = 0;

/** Whether the path must not enter: it has the local AS (RFC 4271 section 9.1.2), or AS 0 (RFC 7607). */
export let isBarred: bool = false;

/** Reads a path. A path that is cut short, or that has an empty or unknown segment, is refused. */
export function readAsPath(segments: usize, bytes: u32): Status {
  length = 0;
  neighborAs = 0;
  isBarred = false;
  let at: u32 = 0;
  while (at < bytes) {
    if (bytes - at < SEGMENT_HEAD) return Status.BAD_LENGTH;
    const type = <u32>load<u8>(segments + at);
    const count = <u32>load<u8>(segments + at, 1);
    if ((type != Segment.SET && type != Segment.SEQUENCE) || count == 0) return Status.BAD_VALUE;
    if (bytes - at < SEGMENT_HEAD + count * ASN_BYTES) return Status.BAD_LENGTH;
    const asns = segments + at + SEGMENT_HEAD;
    if (at == 0 && type == Segment.SEQUENCE) neighborAs = read32(asns);
    for (let i: u32 = 0; i < count; i++) {
      const asn = read32(asns + i * ASN_BYTES);
      if (asn == 0 || asn == localAs) isBarred = true;
    }
    length += type == Segment.SET ? 1 : count;
    at += SEGMENT_HEAD + count * ASN_BYTES;
  }
  if (length > u16.MAX_VALUE) return Status.BAD_LENGTH;
  return Status.OK;
}
