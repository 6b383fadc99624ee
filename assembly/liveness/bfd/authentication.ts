/**
 * Keyed SHA1 and Meticulous Keyed SHA1 authentication, RFC 5880 sections 4.4 and 6.7.4.
 *
 *   24 |   Auth Type   |   Auth Len    |  Auth Key ID  |   Reserved    |
 *   28 |                        Sequence Number                        |
 *   32 |        digest of the whole packet with the key here, 20 bytes |
 *
 * The sequence number grows with every packet, of either type.
 */
import { BfdAuthentication } from "../../words";
import { length, multiplier, SIZE } from "./packet";
import { KEY_SIZE, keyOf, Session } from "./session";
import { sha1 } from "./sha1";

/** Of the section. */
const LENGTH: u32 = 28;
/** Of a packet with it. */
export const SIGNED_SIZE: u32 = SIZE + LENGTH;
const DIGEST: u32 = SIGNED_SIZE - <u32>KEY_SIZE;

/** A packet with the key in place of its digest. */
const signed = memory.data(<i32>SIGNED_SIZE, 8);
const digest = memory.data(<i32>KEY_SIZE, 4);

/** Writes the authentication section of the packet at `at`, which is otherwise complete. */
export function sign(s: Session, at: usize): void {
  store<u8>(at, s.authentication, SIZE);
  store<u8>(at, <u8>LENGTH, SIZE + 1);
  store<u8>(at, s.keyId, SIZE + 2);
  store<u8>(at, 0, SIZE + 3);
  store<u32>(at, bswap(s.sentSequence++), SIZE + 4);
  digestOf(s, at);
  memory.copy(at + DIGEST, digest, KEY_SIZE);
}

/** Whether the packet at `at`, which has the A bit set, is from who has the key, and no repetition. */
export function isAuthentic(s: Session, at: usize): bool {
  if (length(at) != SIGNED_SIZE || load<u8>(at, SIZE + 1) != LENGTH) return false;
  if (load<u8>(at, SIZE) != s.authentication || load<u8>(at, SIZE + 2) != s.keyId) return false;
  const sequence = bswap(load<u32>(at, SIZE + 4));
  if (s.isSequenceKnown != 0) {
    const first: u32 = s.authentication == BfdAuthentication.METICULOUS_KEYED_SHA1 ? 1 : 0;
    const ahead = sequence - s.receivedSequence;
    if (ahead < first || ahead > 3 * multiplier(at)) return false;
  }
  digestOf(s, at);
  // All of it is looked at, so that the time tells nothing of where it differs.
  let difference: u32 = 0;
  for (let i: usize = 0; i < KEY_SIZE; i += 4) {
    difference |= load<u32>(at + DIGEST + i) ^ load<u32>(digest + i);
  }
  if (difference != 0) return false;
  s.isSequenceKnown = 1;
  s.receivedSequence = sequence;
  return true;
}

function digestOf(s: Session, at: usize): void {
  memory.copy(signed, at, DIGEST);
  memory.copy(signed + DIGEST, keyOf(s), KEY_SIZE);
  sha1(signed, SIGNED_SIZE >> 2, digest);
}
