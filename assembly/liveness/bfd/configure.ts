/** Sessions begin, change and end. Everything is all or nothing. */
import { isNeighbor } from "../../nexthop/neighbor";
import { Status } from "../../status";
import { BfdAuthentication, BfdDiagnostic, BfdFlag, BfdState, NONE } from "../../words";
import { enter } from "./change";
import { hasAddresses } from "./datagram";
import { ask } from "./intervals";
import {
  close,
  freeSessions,
  isScripted,
  KEY_SIZE,
  keyOf,
  open,
  Poll,
  session,
  Session,
  sessionOf,
} from "./session";
import { halt, renegotiate, sendAt } from "./timers";

/** Shortest interval in microseconds. */
const SHORTEST: u32 = 3300;
/** What a session keeps from its beginning to its end. */
const FIXED_FLAGS: u32 = BfdFlag.MULTIHOP | BfdFlag.SCRIPTED;
const FLAGS: u32 = FIXED_FLAGS | BfdFlag.ADMIN_DOWN;
/** Tells the two ends of a session with one seed apart. */
const FAR_SEED: u32 = 0x9e3779b9;

/** What one end of a session is set to. */
@unmanaged
export class Settings {
  multiplier: u32;
  minTx: u32;
  minRx: u32;
}

/** What a session is to be: the fields of BFD. */
@unmanaged
export class Draft {
  neighbor: u32;
  flags: u32;
  authentication: u32;
  keyId: u32;
  seed: u32;
  /** Where the key stands. */
  key: usize;
  own: Settings;
  far: Settings;
}

const draft = changetype<Draft>(memory.data(<i32>offsetof<Draft>(), 8));
draft.own = changetype<Settings>(memory.data(<i32>offsetof<Settings>(), 4));
draft.far = changetype<Settings>(memory.data(<i32>offsetof<Settings>(), 4));

/** To be filled before `setSession`. */
export function draftSession(): Draft {
  return draft;
}

/** The draft becomes the session of its neighbor at `time`, or changes the one that there is. */
export function setSession(time: u64): Status {
  if (!isNeighbor(draft.neighbor)) return Status.UNKNOWN_NEIGHBOR;
  if (!isValid()) return Status.BAD_VALUE;
  const existing = sessionOf(draft.neighbor);
  if (existing != null) {
    if ((existing.flags & FIXED_FLAGS) != (draft.flags & FIXED_FLAGS)) return Status.WRONG_MODE;
    if (isInSequence(existing)) return Status.BUSY;
    change(existing, time);
    return Status.OK;
  }
  const scripted = (draft.flags & BfdFlag.SCRIPTED) != 0;
  if (freeSessions() < (scripted ? 2 : 1)) return Status.CAPACITY;
  const slot = open(draft.neighbor, draft.seed);
  const s = session(slot);
  if (scripted) {
    s.peer = <u8>open(draft.neighbor, draft.seed ^ FAR_SEED);
    const far = session(s.peer);
    far.isFar = 1;
    far.peer = <u8>slot;
  }
  change(s, time);
  return Status.OK;
}

/** Ends the session of `neighbor`, and with it its far end. The neighbor stays as it is. */
export function endSession(neighbor: u32): Status {
  if (!isNeighbor(neighbor)) return Status.UNKNOWN_NEIGHBOR;
  const s = sessionOf(neighbor);
  if (s == null) return Status.NOT_FOUND;
  if (s.peer != NONE) close(session(s.peer));
  close(s);
  return Status.OK;
}

function isValid(): bool {
  if ((draft.flags & ~FLAGS) != 0 || !hasAddresses(draft.neighbor)) return false;
  switch (draft.authentication) {
    case BfdAuthentication.NONE:
    case BfdAuthentication.KEYED_SHA1:
    case BfdAuthentication.METICULOUS_KEYED_SHA1:
      break;
    default:
      return false;
  }
  return areValid(draft.own) && ((draft.flags & BfdFlag.SCRIPTED) == 0 || areValid(draft.far));
}

function areValid(settings: Settings): bool {
  return settings.multiplier != 0 && settings.minTx >= SHORTEST && settings.minRx >= SHORTEST;
}

/** Whether the draft has other intervals than a session that is up, and whose last change is not through yet. */
function isInSequence(s: Session): bool {
  if (s.state != BfdState.UP || s.poll == Poll.NONE) return false;
  return s.minTx != draft.own.minTx || s.requiredMinRx != draft.own.minRx;
}

function change(s: Session, time: u64): void {
  s.flags = <u8>draft.flags;
  set(s, draft.own, time);
  if (isScripted(s)) {
    // A scripted session stands still until a run of the probe.
    const far = session(s.peer);
    far.flags = <u8>(draft.flags & FIXED_FLAGS);
    set(far, draft.far, time);
    halt(s);
    halt(far);
    return;
  }
  const isOff = (draft.flags & BfdFlag.ADMIN_DOWN) != 0;
  if (isOff != (s.state == BfdState.ADMIN_DOWN)) {
    if (isOff) enter(s, BfdState.ADMIN_DOWN, BfdDiagnostic.ADMINISTRATIVELY_DOWN, time);
    else enter(s, BfdState.DOWN, BfdDiagnostic.NONE, time);
  }
  // What is sent at once may overtake the packet before, whose intervals would then hold at the remote system. Its answer
  // would end the sequence all the same, so the first poll is the packet after it, which keeps its distance.
  if (s.poll == Poll.ACTIVE && s.interval != 0) s.poll = <u8>Poll.DUE;
  sendAt(s, time);
}

function set(s: Session, settings: Settings, time: u64): void {
  const isNew = s.requiredMinRx == 0;
  s.multiplier = <u8>settings.multiplier;
  s.minTx = settings.minTx;
  s.authentication = <u8>draft.authentication;
  s.keyId = <u8>draft.keyId;
  s.isSequenceKnown = 0;
  memory.copy(keyOf(s), draft.key, KEY_SIZE);
  ask(s, settings.minRx);
  // The remote system has nothing to compare the first intervals with.
  if (isNew) s.poll = <u8>Poll.NONE;
  renegotiate(s, time);
}
