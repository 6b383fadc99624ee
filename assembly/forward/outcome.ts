/**
 * What became of the packet that `forward` was given last. Every packet ends in exactly one of `drop`,
 * `deliver`, `transmit`.
 */
import { Drop, NONE, Verdict } from "../words";
import * as counters from "./counters";

/** Why it was dropped; `Drop.NONE` if it was not. */
export let reason: u32 = Drop.NONE;
/** The neighbor it was sent to, and the port it left by; `NONE` if it did not leave. */
export let neighbor: u32 = NONE;
export let port: u32 = NONE;
/** Bytes of the packet that left, in place; 0 if none did. */
export let length: u32 = 0;

export function drop(why: u32): u32 {
  clear();
  reason = why;
  counters.countDrop(why);
  return Verdict.DROPPED;
}

export function deliver(): u32 {
  clear();
  counters.countDelivered();
  return Verdict.DELIVERED;
}

export function transmit(toNeighbor: u32, byPort: u32, bytes: u32): u32 {
  reason = Drop.NONE;
  neighbor = toNeighbor;
  port = byPort;
  length = bytes;
  counters.countForwarded();
  return Verdict.FORWARDED;
}

/** No packet has come to an end. */
export function clear(): void {
  reason = Drop.NONE;
  neighbor = NONE;
  port = NONE;
  length = 0;
}
