/**
 * Failover Time and Reversion Time by the Timestamp-Based Method (RFC 6414 section 3.6.3; RFC 6894 names its timestamps: those with which the
 * packets were sent).
 *
 *     Failover Time = sent(first unimpaired packet after) - sent(last unimpaired packet before)
 *
 *     answered in order   lost  lost  late  lost   answered in order
 *            |              x     x     ~     x           |
 *           low = last impaired - first impaired, high = the RFC's difference, value = low + interval
 *
 * A packet is impaired that was lost for want of a route, whose answer came behind that of a later one, or that came twice. The difference
 * holds one interval in which nothing befell any packet; the value leaves it out, so that it is 0 where all went well, and the Route Loss
 * of Connectivity Period where packets were lost in one row.
 *
 * What a nearer site overtakes was sent before the event was met, so that a time may begin before the event. Of a settled stream nothing
 * counts any more: one that several sites serve is reordered all the time.
 */
import type { StreamObservation } from "../world/observation.js";
import { figureOf } from "./figure.js";
import { unseenGap } from "./gap.js";
import { countOf, duplicatedIn, type Packets, reorderedIn } from "./queries.js";
import type { Failover } from "./result.js";
import { type Sample, sentAt, type Window } from "./sampling.js";

/** `samples`: those of the window until the stream settled, and the first one in its settled state. */
export function failoverOf(
  stream: StreamObservation,
  window: Window,
  samples: Sample[],
  lateness: number,
): Failover {
  const numberOf = (time: number) => Math.round((time - stream.start) / stream.interval);
  const settled = numberOf(samples.at(-1)!.from);
  const untilSettled = (packets: Packets[]) =>
    packets
      .map(({ first, after }) => ({ first, after: Math.min(after, settled) }))
      .filter(({ first, after }) => first < after);
  const lost = samples
    .filter(({ site }) => site === null)
    .map(({ from, last }) => ({ first: numberOf(from), after: numberOf(last) + 1 }));
  const reordered = untilSettled(reorderedIn(stream, window));
  const duplicated = untilSettled(duplicatedIn(stream, window));
  const impaired = [...lost, ...reordered, ...duplicated];
  return {
    time:
      impaired.length === 0
        ? unseenGap(stream, lateness)
        : timeOf(
            stream,
            Math.min(...impaired.map(({ first }) => first)),
            Math.max(...impaired.map(({ after }) => after)) - 1,
            lateness,
          ),
    lost: countOf(lost),
    reordered: countOf(reordered),
    duplicated: countOf(duplicated),
  };
}

/** From the first to the last impaired packet. What the random loss of a link took beside them tells nothing. */
function timeOf(stream: StreamObservation, first: number, last: number, lateness: number) {
  const answered = stream.spans.filter(({ site }) => site !== null);
  const before = answered.findLast(span => span.first < first);
  const after = answered.find(span => span.first + span.packets > last + 1);
  const from = before ? Math.min(before.first + before.packets, first) - 1 : 0;
  const to = after ? Math.max(after.first, last + 1) : stream.packets - 1;
  const low = (last - first) * stream.interval;
  const high = sentAt(stream, to) - sentAt(stream, from);
  return figureOf(low + stream.interval, low - lateness, high + lateness);
}
