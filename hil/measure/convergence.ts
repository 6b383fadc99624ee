/**
 * One event over all the routes of one router that it disturbed: RFC 6412's benchmarks of the device under test.
 *
 *     First Route Convergence Time (section 3.6.2, Equation 3) = First Route Convergence Instant - Convergence Event Instant
 *     Full Convergence Time (section 3.6.1, Equation 2)        = Convergence Recovery Instant - Convergence Event Instant
 *     Loss-Derived Convergence Time (section 3.6.4, Equation 7), average over the routes
 *         = Convergence Packet Loss / Offered Load - (Convergence Event Instant - Traffic Start Instant)
 *     Loss-Derived Loss of Connectivity Period (section 3.6.6, Equation 9), average over the routes
 *         = Connectivity Packet Loss of all routes / Offered Load
 *
 * The Rate-Derived Method (RFC 6413 section 6.2) polls a forwarding rate every Packet Sampling Interval, and its First and Full
 * Convergence Time are uncertain by up to two of them. Here the fate of every packet is known, so each is read from the
 * packets themselves: the first to come by a new way on any route, and the last route to settle.
 *
 * The averages give every route the same weight, as the RFC's equal shares of the Offered Load do (RFC 6413 section 5.6), whatever
 * its rate. Routes that the event did not disturb are left out: for them it was no Convergence Event (RFC 6412 section 3.7.1).
 */
import type { Observation, ObservedEvent } from "../world/observation.js";
import { exactly, greatest, least, mean, widen } from "./figure.js";
import type { StreamOutcome } from "./outcome.js";
import type { Convergence, Figure } from "./result.js";

/** `met`: what the representative of each of the router's routes met. */
export function convergenceOf(
  { repairs, lateness }: Observation,
  event: ObservedEvent,
  router: string,
  met: StreamOutcome[],
): Convergence {
  const disturbed = met.filter(({ outcome }) => outcome.state !== "undisturbed");
  const finished = disturbed.every(({ outcome }) => outcome.state === "converged");
  const acted = repairs.find(repair => repair.event === event.id && repair.router === router);
  const seen = event.seenBy.find(sight => sight.router === router);
  const over = (
    figure: (met: StreamOutcome) => Figure | null,
    combine: (figures: Figure[]) => Figure | null,
  ) => combine(disturbed.map(figure).filter(value => value !== null));
  const settled = (met: StreamOutcome) => met.outcome.routeSpecific;
  const sustained = disturbed.map(({ outcome }) => outcome.sustained).filter(value => value !== null);
  return {
    event: event.id,
    router,
    state: disturbed.length === 0 ? "undisturbed" : finished ? "converged" : "unfinished",
    direction:
      disturbed.length > 0 && disturbed.every(({ outcome }) => outcome.direction === "reversion")
        ? "reversion"
        : "initial",
    routes: met.length,
    disturbed: disturbed.length,
    propagation: seen === undefined ? null : seen.time - event.time,
    detection: acted === undefined ? null : widen(exactly(acted.time - event.time), lateness),
    firstRoute: over(({ first }) => first, least),
    full: finished ? over(settled, greatest) : null,
    lossDerived: finished ? over(settled, mean) : null,
    lossDerivedLossOfConnectivity: over(({ outcome }) => outcome.lossOfConnectivity, mean),
    failover: finished ? over(({ outcome }) => outcome.failover?.time ?? null, greatest) : null,
    sustained:
      finished && sustained.length > 0
        ? {
            window: Math.max(...sustained.map(({ window }) => window)),
            watched: Math.min(...sustained.map(({ watched }) => watched)),
            held: sustained.every(({ held }) => held),
          }
        : null,
  };
}
