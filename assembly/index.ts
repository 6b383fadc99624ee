/** The ABI of `router.wasm`: the only file with exports. Typed for the host by `host/router/router.ts`. */
import { isBareTable } from "./configure";
import { countOverrun } from "./console/heartbeat";
import { call, inputBuffer, inputSize, receive, requestBuffer, responseBuffer } from "./console/index";
import * as fib from "./fib/index";
import * as receivePath from "./forward/index";
import { PACKET_LIMIT, packetBuffer } from "./packet/buffer";
import { advance, now, poll } from "./schedule";
import { Status } from "./status";

// Requests: a body in `requestBuffer`, answered in `responseBuffer`; or encoded frames through `inputBuffer`.
export { call, countOverrun, inputBuffer, inputSize, receive, requestBuffer, responseBuffer };

// Device time moves on, on a real clock or a virtual one; gives the time at which there is work again.
export { advance, poll };

// The bare forwarding table of a router configured with no route sets, for a host that selects routes itself.
// IPv4 addresses are numbers; IPv6 addresses are their upper and lower half. A set is any number below `SET_LIMIT`.

export function insert4(address: u32, length: u32, set: u32): u32 {
  return isBareTable() ? fib.insert4(address, length, set) : Status.WRONG_MODE;
}

export function remove4(address: u32, length: u32): u32 {
  return isBareTable() ? fib.remove4(address, length) : Status.WRONG_MODE;
}

export function insert6(high: u64, low: u64, length: u32, set: u32): u32 {
  return isBareTable() ? fib.insert6(high, low, length, set) : Status.WRONG_MODE;
}

export function remove6(high: u64, low: u64, length: u32): u32 {
  return isBareTable() ? fib.remove6(high, low, length) : Status.WRONG_MODE;
}

// Lookups, on any router. `match` gives the length of the longest matching prefix, -1 for none.
export {
  loads4,
  loads6,
  lookup4,
  lookup6,
  lookupBatch4,
  lookupBatch6,
  lookupEach4,
  lookupEach6,
  match4,
  match6,
  partBytes4,
  partBytes6,
  tableBytes4,
  tableBytes6,
} from "./fib/index";

// The receive path without framing: a packet in `packetBuffer`, and then what became of it.
export {
  dropReason,
  egressNeighbor,
  egressPort,
  outLength,
  replyBuffer,
  replyLength,
} from "./forward/index";
export { packetBuffer };

/** Forwards the packet of `length` bytes in `packetBuffer`, which came in by `port` now; gives a `Verdict`. */
export function forward(port: u32, length: u32): u32 {
  return receivePath.forward(port, packetBuffer(), min(length, PACKET_LIMIT), now());
}
