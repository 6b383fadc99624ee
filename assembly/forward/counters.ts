/**
 * What became of the packets: every packet received is counted once more as forwarded, delivered, or under
 * its `Drop`.
 */
import { DROP_COUNT } from "../words";

export let received: u32 = 0;
export let forwarded: u32 = 0;
export let delivered: u32 = 0;
/** ICMP errors sent. */
export let replies: u32 = 0;
/** ICMP errors that the rate limit held back. */
export let limited: u32 = 0;

const dropped = memory.data(<i32>DROP_COUNT * 4, 4);

/** Packets dropped for `reason`, a `Drop`. */
export function drops(reason: u32): u32 {
  return load<u32>(dropped + ((<usize>reason) << 2));
}

export function countReceived(): void {
  received++;
}

export function countForwarded(): void {
  forwarded++;
}

export function countDelivered(): void {
  delivered++;
}

export function countDrop(reason: u32): void {
  const at = dropped + ((<usize>reason) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

export function countReply(): void {
  replies++;
}

export function countLimited(): void {
  limited++;
}

export function reset(): void {
  received = 0;
  forwarded = 0;
  delivered = 0;
  replies = 0;
  limited = 0;
  memory.fill(dropped, 0, <usize>DROP_COUNT * 4);
}
