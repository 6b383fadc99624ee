/** One event as one stream met it: everything that is put down to the event, from its instant to the next one's. */
import type { Observation, ObservedEvent, StreamObservation } from "../world/observation.js";
import { failoverOf } from "./failover.js";
import { widen } from "./figure.js";
import { gapIn, settlingIn } from "./gap.js";
import { lossesIn, queriesIn } from "./queries.js";
import type { Figure, Outcome, Sustained } from "./result.js";
import { openingOf, runsIn, samplesIn, sentAt, type Window, windowOf } from "./sampling.js";
import { nameOf, servingSites } from "./service.js";
import { sessionsIn } from "./sessions.js";

/** RFC 6412 section 3.7.5 recommends the time of five packets to each destination, and at least five seconds. */
export const SUSTAINED_WINDOW = 5_000_000;
const SUSTAINED_PACKETS = 5;

/** An outcome, and the First Route Convergence Time that this stream alone would give. */
export interface StreamOutcome {
  outcome: Outcome;
  first: Figure | null;
}

export function outcomeOf(observation: Observation, event: ObservedEvent, index: number): StreamOutcome {
  const stream = observation.streams[index]!;
  const window = windowOf(observation, event.time);
  const earlier = { from: -Infinity, to: window.from };
  const settling = settlingIn(observation, stream, window);
  const widened = (figure: Figure) => widen(figure, observation.lateness);
  const settled = settling.settled && widened(settling.settled);
  const before = nameOf(settling.before);
  const after = nameOf(settling.after);
  const home = nameOf(servingSites(samplesIn(stream, openingOf(observation))) ?? []);
  return {
    outcome: {
      event: event.id,
      stream: index,
      client: stream.client,
      router: stream.router,
      prefix: stream.prefix,
      transport: stream.transport,
      state: settling.state,
      direction: after === home && before !== after ? "reversion" : "initial",
      before,
      after,
      roundTripBefore: lastRoundTrip(stream, earlier),
      roundTripAfter: lastRoundTrip(stream, window),
      routeSpecific: settled,
      lossOfConnectivity:
        settling.state === "undisturbed" ? null : gapIn(observation, stream, window, settling),
      failover:
        settling.state === "converged"
          ? failoverOf(
              stream,
              window,
              samplesIn(stream, window).slice(0, settling.settledAt + 1),
              observation.lateness,
            )
          : null,
      sustained: settled && sustainedAfter(stream, window, settled),
      queries: queriesIn(stream, window),
      losses: lossesIn(stream, window),
      sessions: sessionsIn(stream, window),
    },
    first: settling.first && widened(settling.first),
  };
}

/** The settled state lasts to the end of the window by its definition; what counts is whether that is long enough. */
function sustainedAfter(stream: StreamObservation, window: Window, settled: Figure): Sustained {
  const required = Math.max(SUSTAINED_WINDOW, SUSTAINED_PACKETS * stream.interval);
  const end = Math.min(window.to, sentAt(stream, stream.packets));
  const watched = end - (window.from + settled.value);
  return { window: required, watched, held: watched >= required };
}

export function lastRoundTrip(stream: StreamObservation, window: Window): number | null {
  return runsIn(stream, window).findLast(({ span }) => span.roundTrip !== null)?.span.roundTrip ?? null;
}
