/** A frame every 250 ms of device time, so that silence on the line is a fault that the host notices. */
import { bootNonce } from "../identity";
import { damaged, responseBody, sendEvent } from "./frame";
import {
  HEARTBEAT_INTERVAL,
  HEARTBEAT_RESPONSE_BOOT_NONCE,
  HEARTBEAT_RESPONSE_DAMAGED,
  HEARTBEAT_RESPONSE_OVERRUNS,
  HEARTBEAT_RESPONSE_SIZE,
  Kind,
} from "./messages";
import { write32 } from "./wire";

let overruns: u32 = 0;

/** The platform lost `bytes` before they could be received. */
export function countOverrun(bytes: u32): void {
  overruns += bytes;
}

let due: u64 = HEARTBEAT_INTERVAL;

export function heartbeatDue(): u64 {
  return due;
}

export function heartbeat(time: u64): void {
  const body = responseBody();
  write32(body + HEARTBEAT_RESPONSE_BOOT_NONCE, bootNonce());
  write32(body + HEARTBEAT_RESPONSE_DAMAGED, damaged());
  write32(body + HEARTBEAT_RESPONSE_OVERRUNS, overruns);
  sendEvent(Kind.HEARTBEAT, HEARTBEAT_RESPONSE_SIZE, time);
  due = time + HEARTBEAT_INTERVAL;
}
