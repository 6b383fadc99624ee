/** What the pictures are drawn from: every stream's runs of packets with the same fate, and the sites in order of appearance. */
import type { Observation, StreamObservation } from "../world/observation.js";
import type { Report } from "./result.js";
import { sentAt } from "./sampling.js";

export function timelineOf(observation: Observation): Report["timeline"] {
  return observation.streams.map((stream, index) => ({ stream: index, spans: spansOf(stream) }));
}

function spansOf(stream: StreamObservation): Report["timeline"][number]["spans"] {
  return stream.spans.map(({ first, packets, site, neighbor, loss, roundTrip }) => ({
    from: sentAt(stream, first),
    to: sentAt(stream, first + packets),
    packets,
    site,
    neighbor,
    loss: loss && { at: loss.at, detail: loss.detail },
    roundTrip,
  }));
}

export function sitesOf(observations: Observation[]): string[] {
  const answered = observations.flatMap(({ streams }) =>
    streams.flatMap(({ spans }) => spans.map(s => s.site)),
  );
  const loaded = observations.flatMap(({ loads }) => loads.map(({ site }) => site));
  return [...new Set([...answered, ...loaded])].filter(site => site !== null);
}
