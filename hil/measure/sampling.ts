/**
 * A stream samples the network: packet n, sent at `start + n * interval`, tells whether and where the network answered at
 * that instant. Everything between two packets is unseen, so the interval is the Packet Sampling Interval of RFC 6412
 * section 3.7.4, and no figure can be more accurate than it (RFC 6413 section 5.7).
 *
 * Work goes by runs of packets with one fate, never packet by packet: a run costs the same whether it has one packet or
 * a million.
 */
import type { Observation, Span, StreamObservation } from "../world/observation.js";

/** Instants from `from`, inclusive, to `to`, exclusive. */
export interface Window {
  from: number;
  to: number;
}

/** The packets of a span that were sent in a window. */
export interface Run {
  /** When the first and the last of them were sent. */
  from: number;
  last: number;
  packets: number;
  span: Span;
}

/** Packets that tell whether the routes worked: `site` answered them, or with null none did. */
export interface Sample {
  from: number;
  last: number;
  packets: number;
  site: string | null;
}

export function sentAt(stream: StreamObservation, packet: number): number {
  return stream.start + packet * stream.interval;
}

/** How many packets of the stream are sent before `time`: the number of the first one that is not. */
export function sentBefore(stream: StreamObservation, time: number): number {
  const count = Math.ceil((time - stream.start) / stream.interval);
  return Math.min(Math.max(count, 0), stream.packets);
}

export function runsIn(stream: StreamObservation, window: Window): Run[] {
  const begin = sentBefore(stream, window.from);
  const end = sentBefore(stream, window.to);
  const runs: Run[] = [];
  for (const span of stream.spans) {
    const first = Math.max(span.first, begin);
    const after = Math.min(span.first + span.packets, end);
    if (first >= after) continue;
    runs.push({
      from: sentAt(stream, first),
      last: sentAt(stream, after - 1),
      packets: after - first,
      span,
    });
  }
  return runs;
}

/** Leaves out what the random loss of a link or a site over its capacity took: that is no matter of routes. */
export function samplesIn(stream: StreamObservation, window: Window): Sample[] {
  return runsIn(stream, window)
    .filter(({ span }) => span.loss?.at !== "link" && span.loss?.at !== "site")
    .map(({ from, last, packets, span }) => ({ from, last, packets, site: span.site }));
}

/** From each event to the next later one: what happens there is put down to the event. The last goes to the end of the run. */
export function windowOf(observation: Observation, time: number): Window {
  const later = observation.events.map(event => event.time).filter(other => other > time);
  return { from: time, to: later.length > 0 ? Math.min(...later) : endOf(observation) };
}

/** From the event before to this one. */
export function windowBefore(observation: Observation, time: number): Window {
  const earlier = observation.events.map(event => event.time).filter(other => other < time);
  return { from: Math.max(-Infinity, ...earlier), to: time };
}

/** From the beginning of the run to its first event. */
export function openingOf(observation: Observation): Window {
  const times = observation.events.map(event => event.time);
  return { from: -Infinity, to: times.length > 0 ? Math.min(...times) : endOf(observation) };
}

function endOf(observation: Observation): number {
  return Math.max(
    observation.duration,
    ...observation.streams.map(stream => sentAt(stream, stream.packets)),
    ...observation.events.map(event => event.time),
  );
}
