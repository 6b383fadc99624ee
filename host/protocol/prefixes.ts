import type { Family, Prefix } from "../tables/address.js";
import type { Routes } from "../tables/routes.js";
import { BODY_LIMIT, messages } from "./messages.js";

/** Prefixes of one family as ANNOUNCE and WITHDRAW take them: {length u8, address 4 or 16 bytes} each. */
export interface PrefixBatch {
  readonly family: Family;
  readonly count: number;
  readonly tail: Uint8Array;
}

const ROOM = BODY_LIMIT - Math.max(messages.ANNOUNCE.request.size, messages.WITHDRAW.request.size);

function addressSize(family: Family): number {
  return family === 4 ? 4 : 16;
}

/** `prefixes` in order, as many to a batch as one message carries: 47 of IPv4, 13 of IPv6. */
export function* prefixBatches(prefixes: Iterable<Prefix>): Generator<PrefixBatch> {
  let family: Family = 4;
  let count = 0;
  let at = 0;
  let tail = new Uint8Array(ROOM);
  const batch = (): PrefixBatch => ({ family, count, tail: tail.subarray(0, at) });
  for (const prefix of prefixes) {
    const size = 1 + addressSize(prefix.family);
    if (count > 0 && (prefix.family !== family || at + size > ROOM)) {
      yield batch();
      count = 0;
      at = 0;
      tail = new Uint8Array(ROOM);
    }
    family = prefix.family;
    tail[at] = prefix.length;
    tail.set(prefix.bytes.subarray(0, size - 1), at + 1);
    at += size;
    count++;
  }
  if (count > 0) yield batch();
}

/** The same for rows of a prefix table, in the order in which they are named. */
export function* rowBatches(routes: Routes, rows: ArrayLike<number>): Generator<PrefixBatch> {
  const size = 1 + addressSize(routes.family);
  const room = Math.floor(ROOM / size);
  for (let first = 0; first < rows.length; first += room) {
    const count = Math.min(room, rows.length - first);
    const tail = new Uint8Array(count * size);
    const view = new DataView(tail.buffer);
    for (let i = 0; i < count; i++) {
      const row = rows[first + i]!;
      view.setUint8(i * size, routes.lengths[row]!);
      for (let word = 0; word < routes.width; word++) {
        view.setUint32(i * size + 1 + 4 * word, routes.words[row * routes.width + word]!);
      }
    }
    yield { family: routes.family, count, tail };
  }
}
