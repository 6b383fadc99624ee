import * as pinned from "../../flow/pinned";
import * as count from "../../forward/counters";
import {
  dropReason,
  egressNeighbor,
  egressPort,
  forward,
  outLength,
  replyBuffer,
  replyLength,
} from "../../forward/index";
import { isPort } from "../../nexthop/port";
import { packetBuffer } from "../../packet/buffer";
import { now } from "../../schedule";
import { Status } from "../../status";
import { DROP_COUNT, Verdict } from "../../words";
import { requestBody, responseBody } from "../frame";
import * as m from "../messages";
import { refuse } from "../refusal";
import { write32 } from "../wire";

/** Largest packet that an answer holds. */
const PACKET_ROOM: u32 = m.BODY_LIMIT - m.FORWARD_RESPONSE_SIZE;

/** The packet leaves by its egress port, an ICMP error by the port that the packet came from. */
export function forwardPacket(length: u32): i32 {
  const port = <u32>load<u8>(requestBody(), m.FORWARD_REQUEST_PORT);
  if (!isPort(port)) return refuse(Status.UNKNOWN_PORT);
  const size = length - m.FORWARD_REQUEST_SIZE;
  if (size > PACKET_ROOM) return refuse(Status.BAD_LENGTH);
  memory.copy(packetBuffer(), requestBody() + m.FORWARD_REQUEST_SIZE, size);
  const verdict = forward(port, packetBuffer(), size, now());
  const forwarded = verdict == Verdict.FORWARDED;
  const body = responseBody();
  store<u8>(body, <u8>verdict, m.FORWARD_RESPONSE_VERDICT);
  store<u8>(body, <u8>dropReason(), m.FORWARD_RESPONSE_REASON);
  store<u8>(body, <u8>egressNeighbor(), m.FORWARD_RESPONSE_NEIGHBOR);
  store<u8>(body, <u8>(replyLength() != 0 ? port : egressPort()), m.FORWARD_RESPONSE_PORT);
  // An ICMP error may quote more than a body holds; its head is what a test of the line can see.
  const out = min(forwarded ? outLength() : replyLength(), PACKET_ROOM);
  memory.copy(body + m.FORWARD_RESPONSE_SIZE, forwarded ? packetBuffer() : replyBuffer(), out);
  return m.FORWARD_RESPONSE_SIZE + out;
}

export function counters(): i32 {
  const body = responseBody();
  write32(body + m.COUNTERS_RESPONSE_RECEIVED, count.received);
  write32(body + m.COUNTERS_RESPONSE_FORWARDED, count.forwarded);
  write32(body + m.COUNTERS_RESPONSE_DELIVERED, count.delivered);
  write32(body + m.COUNTERS_RESPONSE_REPLIES, count.replies);
  write32(body + m.COUNTERS_RESPONSE_LIMITED, count.limited);
  write32(body + m.COUNTERS_RESPONSE_EVICTED, pinned.evicted);
  const drops = body + m.COUNTERS_RESPONSE_SIZE;
  for (let reason: u32 = 0; reason < DROP_COUNT; reason++) write32(drops + 4 * reason, count.drops(reason));
  return m.COUNTERS_RESPONSE_SIZE + 4 * DROP_COUNT;
}
