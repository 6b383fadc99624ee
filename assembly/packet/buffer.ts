/**
 * The place where a packet from outside, or from the probe, stands while it is forwarded: begins on a
 * multiple of 8.
 */
import { MCU } from "../profile";

/** Longest packet that fits: what one frame of the serial line carries, or a jumbo frame. */
export const PACKET_LIMIT: u32 = MCU ? 256 : 9216;

const buffer = memory.data(<i32>PACKET_LIMIT, 8);

export function packetBuffer(): usize {
  return buffer;
}
