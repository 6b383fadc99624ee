/**
 * The far ends of scripted BFD sessions: each speaks BFD with the intervals and the jitter that it was set to, and its packets
 * enter the router through the receive path. A far end that is silenced neither hears nor is heard; a dead link looks no
 * different from a dead system.
 *
 * A run begins with every session up, as if it had been for a while, at a phase that depends on the seed alone: a run is about
 * what becomes of a network that works, and the same on every target.
 */
import { neighborState } from "../failover";
import { enter } from "../liveness/bfd/change";
import {
  isScripted,
  isUsed,
  News,
  Poll,
  random,
  session,
  Session,
  sessionCount,
  sessionOf,
} from "../liveness/bfd/session";
import { halt, renegotiate, sendAt, transmitInterval } from "../liveness/bfd/timers";
import { Status } from "../status";
import { NEVER } from "../time";
import { BfdDiagnostic, BfdFlag, BfdState } from "../words";

/** Every scripted session is up at `time`. */
export function startFarEnds(time: u64): void {
  for (let slot: u32 = 0, count = sessionCount(); slot < count; slot++) {
    const s = session(slot);
    if (!isUsed(s) || !isScripted(s) || s.isFar != 0) continue;
    const far = session(s.peer);
    establish(s, far, time);
    establish(far, s, time);
    neighborState(s.neighbor, true);
    if ((s.flags & BfdFlag.ADMIN_DOWN) != 0) {
      enter(s, BfdState.ADMIN_DOWN, BfdDiagnostic.ADMINISTRATIVELY_DOWN, time);
    }
  }
}

/** Scripted sessions stand still. */
export function stopFarEnds(): void {
  for (let slot: u32 = 0, count = sessionCount(); slot < count; slot++) {
    if (isUsed(session(slot)) && isScripted(session(slot))) halt(session(slot));
  }
}

/** One end of a session that is up with `other`. */
function establish(s: Session, other: Session, time: u64): void {
  s.random = s.localDiscriminator;
  s.state = <u8>BfdState.UP;
  s.diagnostic = <u8>BfdDiagnostic.NONE;
  s.desiredMinTx = s.minTx;
  s.usedMinTx = s.minTx;
  s.usedMinRx = s.requiredMinRx;
  s.poll = <u8>Poll.NONE;
  s.owesFinal = 0;
  s.news = <u8>News.NONE;
  s.isSilent = 0;
  s.remoteDiscriminator = other.localDiscriminator;
  s.remoteState = <u8>BfdState.UP;
  s.remoteDiagnostic = <u8>BfdDiagnostic.NONE;
  s.remoteMultiplier = other.multiplier;
  s.remoteMinTx = other.minTx;
  s.remoteMinRx = other.requiredMinRx;
  s.isSequenceKnown = 0;
  s.lastHeard = time;
  s.lastSent = time;
  renegotiate(s, time);
  s.nextTransmission = NEVER;
  const phase = (<u64>transmitInterval(s) * (random(s) >>> 16)) >> 16;
  sendAt(s, time + phase);
}

/** The far end of neighbor `n`; null where none is scripted. */
function farEnd(n: u32): Session | null {
  const s = sessionOf(n);
  return s != null && isScripted(s) ? session(s.peer) : null;
}

/** The timeline silences the far end of neighbor `n`, or lets it speak. */
export function setFarSilent(n: u32, silent: bool): Status {
  const far = farEnd(n);
  if (far == null) return Status.NOT_FOUND;
  far.isSilent = silent ? 1 : 0;
  return Status.OK;
}

/** The far end of neighbor `n` takes the session administratively down at `time`, or up again (RFC 5880 section 6.8.16). */
export function setFarAdmin(n: u32, down: bool, time: u64): Status {
  const far = farEnd(n);
  if (far == null) return Status.NOT_FOUND;
  if (down == (far.state == BfdState.ADMIN_DOWN)) return Status.OK;
  if (down) enter(far, BfdState.ADMIN_DOWN, BfdDiagnostic.ADMINISTRATIVELY_DOWN, time);
  else enter(far, BfdState.DOWN, BfdDiagnostic.NONE, time);
  return Status.OK;
}
