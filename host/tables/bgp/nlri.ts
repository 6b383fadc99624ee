/**
 * Network layer reachability information: prefixes as a length and as many bytes as it needs (RFC 4271 section
 * 4.3, RFC 4760 section 5), each behind a path identifier where add-path was negotiated (RFC 7911 section 3).
 */
import { InputError } from "../../input-error.js";
import type { Family, Prefix } from "../address.js";
import type { Cursor } from "./cursor.js";

export interface Nlri {
  readonly prefix: Prefix;
  /** Null without add-path. */
  readonly pathId: number | null;
}

/** The bits behind the length are of no consequence, says the RFC: they are cleared. */
export function readPrefix(cursor: Cursor, family: Family): Prefix {
  const longest = family === 4 ? 32 : 128;
  const length = cursor.u8("a prefix length");
  if (length > longest) throw cursor.refuse(`a prefix length from 0 to ${longest}`, `${length}`, 1);
  const count = (length + 7) >> 3;
  const at = cursor.advance(count, `the bytes of a /${length} prefix`);
  const bytes = new Uint8Array(16);
  for (let i = 0; i < count; i++) bytes[i] = cursor.bytes[at + i]!;
  if (length & 7) bytes[count - 1]! &= 0xff00 >> (length & 7);
  return { family, bytes, length };
}

function readList(cursor: Cursor, family: Family, addPath: boolean): Nlri[] {
  const list: Nlri[] = [];
  while (cursor.left > 0) {
    const pathId = addPath ? cursor.u32("a path identifier") : null;
    list.push({ prefix: readPrefix(cursor, family), pathId });
  }
  return list;
}

/** Identifiers that are taken for such although nothing says that there are any. */
const SMALL_IDENTIFIER = 1 << 16;

/**
 * Reads all that is left. Before RFC 8050 an MRT record could not say that its NLRI has path identifiers, and BIRD 1.6
 * wrote such NLRI all the same. A small identifier begins with a 0, like a default route. So where that begins a list
 * that is wrong, or has the default route twice, but is right with small identifiers, it has them.
 */
export function readNlri(cursor: Cursor, family: Family, addPath: boolean): Nlri[] {
  if (addPath || cursor.next !== 0) return readList(cursor, family, addPath);
  const rest = cursor.take(cursor.left, "NLRI");
  const plain = attempt(rest, family, false);
  const isDoubtful =
    plain instanceof InputError || plain.filter(({ prefix }) => prefix.length === 0).length > 1;
  if (isDoubtful) {
    const identified = attempt(rest, family, true);
    if (!(identified instanceof InputError) && identified.every(({ pathId }) => pathId! < SMALL_IDENTIFIER)) {
      return identified;
    }
  }
  if (plain instanceof InputError) throw plain;
  return plain;
}

function attempt(cursor: Cursor, family: Family, addPath: boolean): Nlri[] | InputError {
  try {
    return readList(cursor.copy(), family, addPath);
  } catch (error) {
    return error as InputError;
  }
}
