/**
 * A session changes its state, and its neighbor goes with it (RFC 5882 section 4.2):
 *
 *   to Up                               the neighbor is up
 *   from Up to Down                     the neighbor is down
 *   from Up to AdminDown, or to Down
 *   because the remote is AdminDown     the neighbor stays as it is: somebody turned BFD off, which says nothing of the path
 *
 * A session that never was up has taken nothing away: a neighbor that does not speak BFD is used as one without a session.
 *
 * The neighbor follows in a step of its own at the same time: what a failover calls does not lie on the stack of the packet that
 * brought the news.
 */
import { neighborState } from "../../failover";
import { neighbor } from "../../nexthop/neighbor";
import { traceNeighbor, traceSession } from "../../probe/trace";
import { NEVER } from "../../time";
import { BfdState } from "../../words";
import { restartHold, updateHold } from "../hold";
import { ask } from "./intervals";
import { isUsed, News, session, Session, sessionCount } from "./session";
import { renegotiate, sendAt } from "./timers";

let due: u64 = NEVER;

/** When a neighbor follows its session next. */
export function followDue(): u64 {
  return due;
}

export function resetFollow(): void {
  due = NEVER;
}

/** The session goes to `state` at `time`, and tells the remote system without waiting for its timer (RFC 5880 section 6.8.7). */
export function enter(s: Session, state: u32, diagnostic: u32, time: u64): void {
  const wasUp = s.state == BfdState.UP;
  s.state = <u8>state;
  s.diagnostic = <u8>diagnostic;
  ask(s, s.requiredMinRx);
  renegotiate(s, time);
  sendAt(s, time);
  if (s.isFar != 0) return;
  traceSession(time, s.neighbor, state, diagnostic);
  if (state == BfdState.UP) s.news = <u8>News.UP;
  else if (wasUp && state == BfdState.DOWN && s.remoteState != BfdState.ADMIN_DOWN) s.news = <u8>News.DOWN;
  if (s.news != News.NONE) due = min(due, time);
}

/** Every neighbor whose session has news of it goes with that at `time`. */
export function follow(time: u64): void {
  due = NEVER;
  for (let slot: u32 = 0, count = sessionCount(); slot < count; slot++) {
    const s = session(slot);
    if (!isUsed(s) || s.news == News.NONE) continue;
    const up = s.news == News.UP;
    s.news = <u8>News.NONE;
    if (up) restartHold(s.neighbor, time);
    if ((neighbor(s.neighbor).up != 0) == up) continue;
    neighborState(s.neighbor, up);
    traceNeighbor(time, s.neighbor, up);
  }
  updateHold();
}
