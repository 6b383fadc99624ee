import { MCU } from "../profile";

/** Largest packet that the router takes, in bytes. */
export const PACKET_LIMIT: u32 = MCU ? 1536 : 9216;

const buffer = memory.data(PACKET_LIMIT, 8);

/** Where a packet stands while it is forwarded. */
export function packetBuffer(): usize {
  return buffer;
}
