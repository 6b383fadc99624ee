import { Segment } from "../../protocol/words.js";
import type { AsSegment } from "./attributes.js";

/** What a segment counts toward the length of a path: a set one, confederation segments nothing (RFC 5065 section 5.3). */
function segmentLength(segment: AsSegment): number {
  if (segment.type === Segment.SEQUENCE) return segment.asns.length;
  return segment.type === Segment.SET ? 1 : 0;
}

function pathLength(path: readonly AsSegment[]): number {
  return path.reduce((length, segment) => length + segmentLength(segment), 0);
}

/**
 * Joins the path that a speaker of two-byte AS numbers passed on with the one that it could not read (RFC 6793
 * section 4.2.3): as many leading AS numbers of AS_PATH as AS4_PATH is shorter, then AS4_PATH. An AS4_PATH that is
 * longer than AS_PATH is ignored.
 */
export function mergeAs4Path(asPath: AsSegment[], as4Path: AsSegment[]): AsSegment[] {
  let missing = pathLength(asPath) - pathLength(as4Path);
  if (as4Path.length === 0 || missing < 0) return asPath;
  const merged: AsSegment[] = [];
  for (const segment of asPath) {
    const length = segmentLength(segment);
    if (missing === 0 && length > 0) break;
    merged.push(length > missing ? { ...segment, asns: segment.asns.slice(0, missing) } : segment);
    missing -= Math.min(length, missing);
  }
  return [...merged, ...as4Path];
}
