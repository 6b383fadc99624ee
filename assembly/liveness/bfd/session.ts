/**
 * BFD sessions: the state variables of RFC 5880 section 6.8.1, and the pool that they are carved into.
 *
 * A neighbor has at most one session. Where its far end is scripted, that is a session too: the two are each other's `peer`,
 * and each keeps to the same rules.
 */
import { align } from "../../memory";
import { NEVER } from "../../time";
import { BfdAuthentication, BfdFlag, BfdState, NONE } from "../../words";

/** Shortest interval of a session that is not up, in microseconds (section 6.8.3). */
const SLOW: u32 = 1_000_000;

/** Bytes of an authentication key, shorter ones padded with zeros (section 4.4). */
export const KEY_SIZE: usize = 20;

/** A Poll Sequence, section 6.5. */
export const enum Poll {
  NONE,
  /** The Final bit came. Until a packet without it has come too, a new sequence could take an old answer for its own (6.8.3). */
  ANSWERED,
  /** It begins with the packet after the next. */
  DUE,
  /** The Poll bit is set until a packet with the Final bit comes. */
  ACTIVE,
}

/** What a session says of its neighbor, and the neighbor has not followed yet. */
export const enum News {
  NONE,
  DOWN,
  UP,
}

@unmanaged
export class Session {
  lastSent: u64;
  /** Never where no packet is due by itself. */
  nextTransmission: u64;
  /** When the last packet was accepted. */
  lastHeard: u64;
  /** Microseconds, 64 bits of them: 255 intervals of 32 bits. */
  detectionTime: u64;

  localDiscriminator: u32;
  /** 0 where none is known; then the detection time does not run. */
  remoteDiscriminator: u32;
  /** As configured; `desiredMinTx` is slower while the session is not up. */
  minTx: u32;
  desiredMinTx: u32;
  requiredMinRx: u32;
  /** The intervals in use, where a Poll Sequence has to end before those above are. */
  usedMinTx: u32;
  usedMinRx: u32;
  remoteMinTx: u32;
  remoteMinRx: u32;
  /** Between two packets less jitter, as negotiated last; 0 where none is sent by itself. */
  interval: u32;

  receivedSequence: u32;
  sentSequence: u32;
  /** State of a xorshift generator, never 0. */
  random: u32;
  sent: u32;
  received: u32;

  state: u8;
  remoteState: u8;
  diagnostic: u8;
  remoteDiagnostic: u8;
  multiplier: u8;
  remoteMultiplier: u8;
  remoteDemand: u8;
  poll: u8;
  owesFinal: u8;
  news: u8;

  /** NONE where the slot is free. */
  neighbor: u8;
  /** The slot of the other end, where that is a session too. */
  peer: u8;
  /** The far end of a neighbor's session. */
  isFar: u8;
  /** A far end that neither hears nor is heard. */
  isSilent: u8;
  /** Bits of `BfdFlag`. */
  flags: u8;
  authentication: u8;
  keyId: u8;
  /** Whether `receivedSequence` is the last that was received. */
  isSequenceKnown: u8;
  key: u8;
}

const SIZE: usize = (offsetof<Session>("key") + KEY_SIZE + 7) & ~7;

let pool: usize = 0;
let capacity: u32 = 0;
let used: u32 = 0;

export function bytesFor(sessions: u32): usize {
  return align(<usize>sessions * SIZE);
}

export function carve(base: usize, sessions: u32): usize {
  pool = base;
  capacity = sessions;
  used = 0;
  for (let slot: u32 = 0; slot < sessions; slot++) session(slot).neighbor = <u8>NONE;
  return base + bytesFor(sessions);
}

/** How many sessions there is room for; their slots are numbered below it. */
export function sessionCount(): u32 {
  return capacity;
}

export function freeSessions(): u32 {
  return capacity - used;
}

export function hasSessions(): bool {
  return used != 0;
}

/** The session in slot `slot`, which must lie below `sessionCount`. */
export function session(slot: u32): Session {
  return changetype<Session>(pool + <usize>slot * SIZE);
}

export function isUsed(s: Session): bool {
  return s.neighbor != NONE;
}

export function keyOf(s: Session): usize {
  return changetype<usize>(s) + offsetof<Session>("key");
}

/** Takes a slot, of which one must be free, for a session of `neighbor` in the state of RFC 5880 section 6.8.1. */
export function open(neighbor: u32, seed: u32): u32 {
  let slot: u32 = 0;
  while (isUsed(session(slot))) slot++;
  const s = session(slot);
  memory.fill(changetype<usize>(s), 0, SIZE);
  used++;
  s.neighbor = <u8>neighbor;
  s.peer = <u8>NONE;
  s.random = seed != 0 ? seed : 1;
  // The slot in the lower byte makes it unique and found at once, the rest hard to guess.
  s.localDiscriminator = (random(s) << 8) | (slot + 1);
  s.sentSequence = random(s);
  s.state = <u8>BfdState.DOWN;
  s.remoteState = <u8>BfdState.DOWN;
  s.desiredMinTx = SLOW;
  s.usedMinTx = SLOW;
  s.remoteMinRx = 1;
  s.nextTransmission = NEVER;
  return slot;
}

export function close(s: Session): void {
  s.neighbor = <u8>NONE;
  used--;
}

/** The neighbor's own session, not its far end; null where it has none. */
export function sessionOf(neighbor: u32): Session | null {
  for (let slot: u32 = 0; slot < capacity; slot++) {
    const s = session(slot);
    if (s.neighbor == <u8>neighbor && s.isFar == 0) return s;
  }
  return null;
}

export function isScripted(s: Session): bool {
  return (s.flags & BfdFlag.SCRIPTED) != 0;
}

export function isMultihop(s: Session): bool {
  return (s.flags & BfdFlag.MULTIHOP) != 0;
}

export function isAuthenticated(s: Session): bool {
  return s.authentication != BfdAuthentication.NONE;
}

/** Whether a Poll Sequence waits for its answer. */
export function isPolling(s: Session): bool {
  return s.poll >= <u8>Poll.DUE;
}

/** The DesiredMinTxInterval of the session's state. */
export function slowed(s: Session): u32 {
  return s.state == BfdState.UP ? s.minTx : max(s.minTx, SLOW);
}

/** The next number of the session's own sequence (Marsaglia, "Xorshift RNGs", 2003). */
export function random(s: Session): u32 {
  let x = s.random;
  x ^= x << 13;
  x ^= x >>> 17;
  x ^= x << 5;
  s.random = x;
  return x;
}
