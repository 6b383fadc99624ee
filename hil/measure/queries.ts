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
    reordered: reorderedIn(stream, window),
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

function reorderedIn(stream: StreamObservation, window: Window): number {
  let reordered = 0;
  let overtaker = Infinity;
  for (const { first, packets, roundTrip } of stream.spans.toReversed()) {
    if (roundTrip === null) continue;
    const numberAt = (arrival: number) => (arrival - roundTrip - stream.start) / stream.interval;
    const late = Math.max(first, Math.floor(numberAt(overtaker)) + 1, Math.ceil(numberAt(window.from)));
    const after = Math.min(first + packets, Math.ceil(numberAt(window.to)));
    reordered += Math.max(after - late, 0);
    overtaker = Math.min(overtaker, sentAt(stream, first) + roundTrip);
  }
  return reordered;
}
