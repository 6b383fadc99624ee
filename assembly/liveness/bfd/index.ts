/** Bidirectional Forwarding Detection, RFC 5880, in asynchronous mode: one session for a neighbor. */
import { resetFollow } from "./change";
import { resetDiscards } from "./discards";
import * as pool from "./session";
import { resetTimers } from "./timers";

export function bytesFor(sessions: u32): usize {
  return pool.bytesFor(sessions);
}

export function carve(base: usize, sessions: u32): usize {
  resetTimers();
  resetFollow();
  resetDiscards();
  return pool.carve(base, sessions);
}
