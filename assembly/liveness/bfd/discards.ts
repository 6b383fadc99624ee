/** Packets that were discarded, of all sessions, each under its `BfdDiscard`. */
import { BFD_DISCARD_COUNT, BfdDiscard } from "../../words";

const counts = memory.data(<i32>BFD_DISCARD_COUNT * 4, 4);

export function discards(reason: u32): u32 {
  return load<u32>(counts + (reason << 2));
}

/** Counts a packet under its reason, if it has one. */
export function countDiscard(reason: u32): void {
  if (reason != BfdDiscard.NONE) store<u32>(counts + (reason << 2), discards(reason) + 1);
}

export function resetDiscards(): void {
  memory.fill(counts, 0, BFD_DISCARD_COUNT * 4);
}
