/**
 * The intervals that a session asks for, and their change by a Poll Sequence: RFC 5880 sections 6.5 and 6.8.3.
 *
 * While the session is up, what would have the two sides disagree on a detection time waits for the end of the sequence: to
 * send less often, and to expect packets more often. Everything else is in use at once.
 */
import { BfdState } from "../../words";
import { Poll, Session, slowed } from "./session";

/** Asks for the intervals of the session's state, with `requiredMinRx`; a Poll Sequence begins where they are others. */
export function ask(s: Session, requiredMinRx: u32): void {
  const desiredMinTx = slowed(s);
  if (desiredMinTx == s.desiredMinTx && requiredMinRx == s.requiredMinRx) return;
  const isUp = s.state == BfdState.UP;
  s.desiredMinTx = desiredMinTx;
  s.requiredMinRx = requiredMinRx;
  if (!isUp || desiredMinTx < s.usedMinTx) s.usedMinTx = desiredMinTx;
  if (!isUp || requiredMinRx > s.usedMinRx) s.usedMinRx = requiredMinRx;
  s.poll = <u8>Poll.ACTIVE;
}

/** A packet came with the Final bit set, or without. */
export function answered(s: Session, isFinal: bool): void {
  if (!isFinal) {
    if (s.poll == Poll.ANSWERED) s.poll = <u8>Poll.NONE;
  } else if (s.poll == Poll.ACTIVE) {
    s.poll = <u8>Poll.ANSWERED;
    s.usedMinTx = s.desiredMinTx;
    s.usedMinRx = s.requiredMinRx;
  }
}
