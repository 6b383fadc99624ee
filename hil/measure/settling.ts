/**
 * How a stream settles after an event: RFC 6412's Route Convergence (section 3.1.1) as one stream sees it.
 *
 *     Preferred egress  -----.            event e: Convergence Event Instant (section 3.2.2)
 *     nothing                 :......     p: last packet that was not yet in the settled state
 *     Next-best egress               '--- m: first packet after which all are in it
 *                       e     |    p m
 *
 * The settled state is that of the end of the window: the same sites answer, and no route fails again. The stream converged
 * after packet p was sent and no later than packet m.
 */
import { figureOf } from "./figure.js";
import type { Figure, Settlement } from "./result.js";
import type { Sample, Window } from "./sampling.js";
import { servingSites } from "./service.js";

export interface Settling {
  state: Settlement;
  before: string[];
  after: string[];
  /** Place of the first sample of the settled state; the number of samples where there is none. */
  settledAt: number;
  /** Event to the first packet that the settled state answered, to stay so. Null unless converged. */
  settled: Figure | null;
  /** Event to the first packet that came by the new way, whether or not it stayed so. Null unless converged. */
  first: Figure | null;
}

/**
 * `earlier` are the samples since the event before, `samples` those in this one's window.
 *
 * Route-Specific Convergence Time (RFC 6412 section 3.6.3, Equation 5; RFC 6413 section 4.1, Equation 2)
 *     = Convergence Packet Loss of the route / Offered Load of the route - (Convergence Event Instant - Traffic Start Instant)
 * With one packet an interval, and packets 0 to m - 1 not received by the new way, that is
 *     = m * interval - (e - start) = sent(m) - e
 * RFC 6413 section 6.3.3 allows one interval either way; the two packets' own instants narrow it to (sent(p) - e, sent(m) - e], and
 * section 5.7 to no less than one interval, however soon after the event the first packet happens to be sent.
 */
export function settle(earlier: Sample[], samples: Sample[], window: Window, interval: number): Settling {
  const before = servingSites(earlier) ?? [];
  const after = servingSites(samples) ?? before;
  const joined = after.filter(site => !before.includes(site));
  const moved = joined.length > 0 || after.length !== before.length;
  const bad = (sample: Sample) => sample.site === null || !after.includes(sample.site);

  const nothing = { before, after, settledAt: samples.length, settled: null, first: null };
  if (samples.length === 0 || (!moved && !samples.some(bad))) return { ...nothing, state: "undisturbed" };
  if (after.length === 0) return { ...nothing, state: "unfinished" };

  const since = (index: number): Figure => {
    const value = samples[index]!.from - window.from;
    const low = index > 0 ? samples[index - 1]!.last - window.from : 0;
    return figureOf(value, low, Math.max(value, low + interval));
  };
  const newWay = samples.findIndex(({ site }) => site !== null && joined.includes(site));
  const firstBad = samples.findIndex(bad);
  const firstGood = samples.findIndex((sample, index) => index > firstBad && !bad(sample));
  const settledAt = Math.max(samples.findLastIndex(bad) + 1, newWay);
  return {
    before,
    after,
    state: "converged",
    settledAt,
    settled: since(settledAt),
    first: since(newWay >= 0 ? newWay : firstGood),
  };
}
