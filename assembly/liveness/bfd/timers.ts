/**
 * When sessions have something to do. Invariant: `transmissionDue`, `arrivalDue` and `detectionDue` are no later than the first
 * packet of a router's own session, the first of a scripted far end, and the first end of a detection time. They may be
 * earlier, as a packet that is heard puts a detection time off: so it costs no look at other sessions, and who comes too
 * early finds nothing to do and the time at which there is.
 */
import { NEVER } from "../../time";
import { BfdState } from "../../words";
import { isPolling, isUsed, random, session, Session, sessionCount } from "./session";

let transmissions: u64 = NEVER;
let arrivals: u64 = NEVER;
let detections: u64 = NEVER;

export function transmissionDue(): u64 {
  return transmissions;
}

export function arrivalDue(): u64 {
  return arrivals;
}

export function detectionDue(): u64 {
  return detections;
}

/** Forgets all of them: the pool is carved anew. */
export function resetTimers(): void {
  transmissions = NEVER;
  arrivals = NEVER;
  detections = NEVER;
}

/** Recomputes the first transmission of far ends, or of the router's own sessions. */
export function updateTransmissions(isFar: bool): void {
  let due = NEVER;
  for (let slot: u32 = 0, count = sessionCount(); slot < count; slot++) {
    const s = session(slot);
    if (isUsed(s) && (s.isFar != 0) == isFar) due = min(due, s.nextTransmission);
  }
  if (isFar) arrivals = due;
  else transmissions = due;
}

/** Recomputes the first end of a detection time. */
export function updateDetections(): void {
  detections = NEVER;
  for (let slot: u32 = 0, count = sessionCount(); slot < count; slot++) {
    detections = min(detections, detectionEnd(session(slot)));
  }
}

/** When the session's detection time ends (RFC 5880 section 6.8.4); never where it does not run. */
export function detectionEnd(s: Session): u64 {
  return isUsed(s) && s.remoteDiscriminator != 0 ? s.lastHeard + s.detectionTime : NEVER;
}

/** The next packet of the session is sent at `time`, if none is earlier. */
export function sendAt(s: Session, time: u64): void {
  s.nextTransmission = min(s.nextTransmission, time);
  if (s.isFar != 0) arrivals = min(arrivals, s.nextTransmission);
  else transmissions = min(transmissions, s.nextTransmission);
}

/**
 * The interval between packets that are sent by themselves, less jitter; 0 where none are, because the remote system wants
 * none, or has gone to demand mode (sections 6.8.2 and 6.8.7).
 */
export function transmitInterval(s: Session): u32 {
  if (s.remoteMinRx == 0) return 0;
  const inDemand =
    s.remoteDemand != 0 && s.state == BfdState.UP && s.remoteState == BfdState.UP && !isPolling(s);
  return inDemand ? 0 : max(s.usedMinTx, s.remoteMinRx);
}

/**
 * An interval less its jitter of 0 to 25 %, or of 10 to 25 % where one packet that is missed ends the session (section
 * 6.8.7). In 65,536ths; 6,554 are the least that is 10 %.
 */
function jittered(s: Session, interval: u32): u64 {
  const chance = random(s) >>> 16;
  const jitter: u32 = s.multiplier == 1 ? 6554 + ((chance * 9830) >>> 16) : chance >>> 2;
  return <u64>interval - ((<u64>interval * jitter) >> 16);
}

/** Nothing is sent any more, and silence ends nothing. */
export function halt(s: Session): void {
  s.nextTransmission = NEVER;
  s.remoteDiscriminator = 0;
}

/** A packet was sent at `time`, and the next one is planned. */
export function plan(s: Session, time: u64): void {
  s.lastSent = time;
  s.interval = transmitInterval(s);
  s.nextTransmission = s.interval != 0 ? time + jittered(s, s.interval) : NEVER;
}

/**
 * After what the intervals depend on has changed at `time`: both timers run with the new ones at once (sections 6.8.3 and
 * 6.8.4), counted from the last packet of each direction.
 */
export function renegotiate(s: Session, time: u64): void {
  const interval = transmitInterval(s);
  if (interval != s.interval) {
    s.interval = interval;
    s.nextTransmission = NEVER;
    if (interval != 0) sendAt(s, max(time, s.lastSent + jittered(s, interval)));
  }
  s.detectionTime = <u64>max(s.usedMinRx, s.remoteMinTx) * s.remoteMultiplier;
  detections = min(detections, max(time, detectionEnd(s)));
}
