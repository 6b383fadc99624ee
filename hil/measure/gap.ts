/**
 * The gap of a stream in the time of one event: its Route Loss of Connectivity Period (connectivity.ts), all loss periods together.
 * The report shows it, the statistics gather it and expectations judge it.
 */
import type { Observation, StreamObservation } from "../world/observation.js";
import { lossOfConnectivity } from "./connectivity.js";
import { figureOf, widen } from "./figure.js";
import type { Figure } from "./result.js";
import { samplesIn, type Window, windowBefore } from "./sampling.js";
import { type Settling, settle } from "./settling.js";

/** What the stream did in the window, against what it did since the event before. */
export function settlingIn(observation: Observation, stream: StreamObservation, window: Window): Settling {
  const sinceLastEvent = samplesIn(stream, windowBefore(observation, window.from));
  const earlier =
    sinceLastEvent.length > 0 ? sinceLastEvent : samplesIn(stream, { from: -Infinity, to: window.from });
  return settle(earlier, samplesIn(stream, window), window, stream.interval);
}

export function gapIn(
  observation: Observation,
  stream: StreamObservation,
  window: Window,
  settling = settlingIn(observation, stream, window),
): Figure {
  const { lateness } = observation;
  if (settling.state === "undisturbed") return unseenGap(stream, lateness);
  return widen(lossOfConnectivity(samplesIn(stream, window), window, stream.interval, settling), lateness);
}

/** Between two packets a gap stays unseen: where none was lost it was 0, or up to this. */
export function unseenGap({ interval }: { interval: number }, lateness: number): Figure {
  return figureOf(0, 0, interval + lateness);
}
