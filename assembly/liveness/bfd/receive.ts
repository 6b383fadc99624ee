/**
 * Reception of a control packet, RFC 5880 section 6.8.6. Its rules, in order, are numbered here and in the tests:
 *
 *    1 version   2 shortest length   3 longest length   4 multiplier   5 multipoint   6 My Discriminator
 *    7 Your Discriminator selects the session   8 without it the state is Down or AdminDown
 *    9 without it the source selects the session
 *   10, 11 authentication is there, or not, as the session wants it   12 it is right
 *   13 remote discriminator   14 remote state   15 remote demand mode   16 remote minimum receive interval
 *   17 echo ceases   18 Final ends a Poll Sequence   19 transmit interval   20 detection time
 *   21 nothing more while AdminDown   22 state machine   23 own demand mode   24, 25 the remote's demand mode
 *   26 Poll is answered by Final   27 the detection time begins anew
 *
 * Rules 17 and 23 ask nothing here: no echo packets are sent, and no demand mode is asked for. Rules 24 and 25 are in
 * `transmitInterval`.
 */
import { BfdDiagnostic, BfdDiscard, BfdState } from "../../words";
import { isAuthentic } from "./authentication";
import { enter } from "./change";
import { answered } from "./intervals";
import { nextState } from "./machine";
import * as packet from "./packet";
import { isAuthenticated, Session } from "./session";
import { renegotiate, sendAt } from "./timers";

/** Rules 1 to 6, on a payload of `size` bytes at `at`: what holds whatever the session. */
export function check(at: usize, size: u32): u32 {
  if (size < packet.SIZE) return BfdDiscard.TOO_SHORT;
  if (packet.version(at) != packet.VERSION) return BfdDiscard.BAD_VERSION;
  const shortest = packet.isAuthenticated(at) ? packet.AUTHENTICATED_SIZE : packet.SIZE;
  if (packet.length(at) < shortest) return BfdDiscard.TOO_SHORT;
  if (packet.length(at) > size) return BfdDiscard.TOO_LONG;
  if (packet.multiplier(at) == 0) return BfdDiscard.ZERO_MULTIPLIER;
  if (packet.isMultipoint(at)) return BfdDiscard.MULTIPOINT;
  return packet.myDiscriminator(at) == 0 ? BfdDiscard.ZERO_DISCRIMINATOR : BfdDiscard.NONE;
}

/** Rules 10 to 27, on a packet for session `s` that has passed those before; it came at `time`. */
export function accept(s: Session, at: usize, time: u64): u32 {
  if (packet.isAuthenticated(at)) {
    if (!isAuthenticated(s)) return BfdDiscard.UNEXPECTED_AUTHENTICATION;
    // The remote system may have started again with another number (section 6.8.1).
    if (time - s.lastHeard >= 2 * s.detectionTime) s.isSequenceKnown = 0;
    if (!isAuthentic(s, at)) return BfdDiscard.FAILED_AUTHENTICATION;
  } else if (isAuthenticated(s)) return BfdDiscard.MISSING_AUTHENTICATION;

  s.lastHeard = time;
  s.remoteDiscriminator = packet.myDiscriminator(at);
  s.remoteState = <u8>packet.state(at);
  s.remoteDiagnostic = <u8>packet.diagnostic(at);
  s.remoteDemand = packet.isDemand(at) ? 1 : 0;
  s.remoteMultiplier = <u8>packet.multiplier(at);
  s.remoteMinTx = packet.desiredMinTx(at);
  s.remoteMinRx = packet.requiredMinRx(at);
  answered(s, packet.isFinal(at));
  renegotiate(s, time);
  if (s.state == BfdState.ADMIN_DOWN) return BfdDiscard.ADMIN_DOWN;

  s.received++;
  const next = nextState(s.state, s.remoteState);
  if (next != s.state) {
    const reason = next == BfdState.DOWN ? BfdDiagnostic.NEIGHBOR_SIGNALED_DOWN : BfdDiagnostic.NONE;
    enter(s, next, reason, time);
  }
  if (packet.isPoll(at)) {
    s.owesFinal = 1;
    sendAt(s, time);
  }
  return BfdDiscard.NONE;
}
