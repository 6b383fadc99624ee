/**
 * Transmission of control packets, RFC 5880 section 6.8.7. A packet of a router's own session leaves by its neighbor's port:
 * to a scripted far end, or out on the line. One of a far end enters the router as any packet does.
 */
import { transmitOnLine } from "../../console/transmit";
import { forward } from "../../forward/index";
import { neighbor } from "../../nexthop/neighbor";
import { port } from "../../nexthop/port";
import { sign, SIGNED_SIZE } from "./authentication";
import { datagram, encapsulate, hasAddresses, payloadOf } from "./datagram";
import { SIZE, write } from "./packet";
import { accept } from "./receive";
import { isAuthenticated, isScripted, isUsed, Poll, session, Session, sessionCount } from "./session";
import { plan, updateTransmissions } from "./timers";

/** Sends, in the order of slots, every packet of scripted far ends, or of the router's own sessions, that is due at `time`. */
export function transmit(isFar: bool, time: u64): void {
  for (let slot: u32 = 0, count = sessionCount(); slot < count; slot++) {
    const s = session(slot);
    if (isUsed(s) && (s.isFar != 0) == isFar && s.nextTransmission <= time) send(s, slot, time);
  }
  updateTransmissions(isFar);
}

function send(s: Session, slot: u32, time: u64): void {
  const number = s.neighbor;
  const out = neighbor(number).port;
  plan(s, time);
  if (!hasAddresses(number)) return;
  const at = payloadOf(s);
  const size = isAuthenticated(s) ? SIGNED_SIZE : SIZE;
  write(s, at, size);
  if (isAuthenticated(s)) sign(s, at);
  s.owesFinal = 0;
  if (s.poll == Poll.DUE) s.poll = <u8>Poll.ACTIVE;
  s.sent++;
  if (s.isFar != 0) {
    if (s.isSilent == 0) forward(out, datagram(), encapsulate(s, slot, size), time);
  } else if (port(out).up != 0) {
    if (!isScripted(s)) transmitOnLine(out, number, datagram(), encapsulate(s, slot, size), time);
    else if (session(s.peer).isSilent == 0) accept(session(s.peer), at, time);
  }
}
