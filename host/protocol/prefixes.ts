import type { Family, Prefix } from "../tables/address.js";
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
