import { NONE } from "../words";
import * as counters from "./counters";

export function forward(port: u32, packet: usize, length: u32, now: u64): u32 {
  return 0;
}

export function dropReason(): u32 {
  return 0;
}

export function egressNeighbor(): u32 {
  return NONE;
}

export function egressPort(): u32 {
  return NONE;
}

export function outLength(): u32 {
  return 0;
}

export function replyBuffer(): usize {
  return 0;
}

export function replyLength(): u32 {
  return 0;
}

/** Counters at 0, a full bucket of ICMP errors. */
export function reset(): void {
  counters.reset();
}
