/** BGP messages (RFC 4271 section 4.1 to 4.3); all but UPDATE are passed over. */
import type { Address } from "../address.js";
import { type PathAttributes, readAttributes } from "./attributes.js";
import type { Cursor } from "./cursor.js";
import { type Nlri, readNlri } from "./nlri.js";

/** Prefixes that an UPDATE announces with one next hop. */
export interface Announcement {
  readonly nextHop: Address | null;
  readonly routes: readonly Nlri[];
}

export interface UpdateMessage {
  readonly withdrawn: readonly Nlri[];
  /** One for each family: their next hops stand in different attributes. */
  readonly announced: readonly Announcement[];
  readonly path: PathAttributes;
}

const MARKER = 16;
const HEADER = MARKER + 3;
const UPDATE = 2;
const LAST_TYPE = 5;

/** How a session writes UPDATE messages, as its capabilities say. */
export interface SessionForm {
  readonly asnBytes: 2 | 4;
  readonly addPath: boolean;
}

/** Reads one message that fills `cursor`. Null if it is not an UPDATE. */
export function readMessage(cursor: Cursor, form: SessionForm): UpdateMessage | null {
  const size = cursor.left;
  const marker = cursor.advance(MARKER, "a BGP marker");
  for (let i = 0; i < MARKER; i++) {
    const byte = cursor.bytes[marker + i]!;
    if (byte === 0xff) continue;
    throw cursor.refuse(`a BGP marker of ${MARKER} bytes 0xff`, `0x${byte.toString(16)}`, MARKER - i);
  }
  const length = cursor.u16("a BGP message length");
  if (length !== size) throw cursor.refuse(`a BGP message length of ${size}`, `${length}`, 2);
  const type = cursor.u8("a BGP message type");
  if (type < 1 || type > LAST_TYPE) throw cursor.refuse("a BGP message type from 1 to 5", `${type}`, 1);
  if (type !== UPDATE) return null;
  return readUpdate(cursor.take(length - HEADER, "an UPDATE message"), form);
}

function readUpdate(cursor: Cursor, form: SessionForm): UpdateMessage {
  const withdrawnBytes = cursor.take(cursor.u16("the length of the withdrawn routes"), "withdrawn routes");
  const withdrawn = readNlri(withdrawnBytes, 4, form.addPath);
  const attributeBytes = cursor.take(cursor.u16("the length of the path attributes"), "path attributes");
  const { path, reach } = readAttributes(attributeBytes, { ...form, abbreviatedReach: false });
  const announced = readNlri(cursor, 4, form.addPath);
  return {
    withdrawn: [...withdrawn, ...reach.withdrawn],
    announced: [
      { nextHop: path.nextHop, routes: announced },
      { nextHop: reach.nextHop, routes: reach.announced },
    ].filter(({ routes }) => routes.length > 0),
    path,
  };
}
