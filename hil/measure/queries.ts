/**
 * Packets by their fate. A packet that appears in two spans came twice (RFC 5560): `sent = delivered + lost - duplicated`.
 *
 * Reordering is judged on the answers as the client receives them, at `sent + round trip`: an answer is Type-P-Reordered (RFC 4737
 * section 3.3) when its number is below that of one that came before it,
 *
 *     s < NextExp,  NextExp = 1 + the greatest number received so far,
 *
 * which happens when a stream moves to a nearer site: its last answers from the far one arrive after the first from the near one.
 * Within a span the round trip is constant, so there only later spans can overtake.
 */
import type { StreamObservation } from "../world/observation.js";
import type { Loss, Outcome } from "./result.js";
import { runsIn, sentAt, sentBefore, type Window } from "./sampling.js";

/** Packets `first` to `after`, exclusive. */
export interface Packets {
  first: number;
  after: number;
}

export function queriesIn(stream: StreamObservation, window: Window): Outcome["queries"] {
  const sent = sentBefore(stream, window.to) - sentBefore(stream, window.from);
  let delivered = 0;
  let lost = 0;
  for (const { packets, span } of runsIn(stream, window)) {
    if (span.site === null) lost += packets;
    else delivered += packets;
  }
  return {
    sent,
    delivered,
    lost,
    duplicated: delivered + lost - sent,
    reordered: countOf(reorderedIn(stream, window)),
  };
}

/** What took the lost packets, the heaviest first. */
export function lossesIn(stream: StreamObservation, window: Window): Loss[] {
  const losses = new Map<string, Loss>();
  for (const { packets, span } of runsIn(stream, window)) {
    if (span.loss === null) continue;
    const key = `${span.loss.at} ${span.loss.detail}`;
    const known = losses.get(key) ?? { ...span.loss, packets: 0 };
    losses.set(key, { ...known, packets: known.packets + packets });
  }
  return [...losses.values()].sort((a, b) => b.packets - a.packets);
}

export function countOf(packets: Packets[]): number {
  return packets.reduce((sum, { first, after }) => sum + after - first, 0);
}

/** Those whose answers arrive in the window. */
export function reorderedIn(stream: StreamObservation, window: Window): Packets[] {
  const reordered: Packets[] = [];
  let overtaker = Infinity;
  for (const { first, packets, roundTrip } of stream.spans.toReversed()) {
    if (roundTrip === null) continue;
    const numberAt = (arrival: number) => (arrival - roundTrip - stream.start) / stream.interval;
    const late = Math.max(first, Math.floor(numberAt(overtaker)) + 1, Math.ceil(numberAt(window.from)));
    const after = Math.min(first + packets, Math.ceil(numberAt(window.to)));
    if (late < after) reordered.push({ first: late, after });
    overtaker = Math.min(overtaker, sentAt(stream, first) + roundTrip);
  }
  return reordered;
}

/** Those that were sent in the window. */
export function duplicatedIn(stream: StreamObservation, window: Window): Packets[] {
  const begin = sentBefore(stream, window.from);
  const end = sentBefore(stream, window.to);
  const duplicated: Packets[] = [];
  let known = 0;
  for (const { first, packets } of stream.spans.toSorted((a, b) => a.first - b.first)) {
    const again = { first: Math.max(first, begin), after: Math.min(first + packets, known, end) };
    if (again.first < again.after) duplicated.push(again);
    known = Math.max(known, first + packets);
  }
  return duplicated;
}
