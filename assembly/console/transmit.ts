/** A packet of the router's own on its way to a neighbor: as a board has no other way out, it leaves by the line. */
import { responseBody, sendEvent } from "./frame";
import { Kind, TRANSMIT_RESPONSE_NEIGHBOR, TRANSMIT_RESPONSE_PORT, TRANSMIT_RESPONSE_SIZE } from "./messages";

export function transmitOnLine(port: u32, neighbor: u32, packet: usize, length: u32, time: u64): void {
  const body = responseBody();
  store<u8>(body, <u8>port, TRANSMIT_RESPONSE_PORT);
  store<u8>(body, <u8>neighbor, TRANSMIT_RESPONSE_NEIGHBOR);
  memory.copy(body + TRANSMIT_RESPONSE_SIZE, packet, length);
  sendEvent(Kind.TRANSMIT, TRANSMIT_RESPONSE_SIZE + length, time);
}
