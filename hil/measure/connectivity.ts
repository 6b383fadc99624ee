/**
 * How long a stream was without an answer: RFC 6412's Route Loss of Connectivity Period, one stream at a time.
 *
 *     Route Loss of Connectivity Period (RFC 6412 section 3.6.5, Equation 8)
 *         = Connectivity Packet Loss of the route / Offered Load of the route
 *         = packets lost * interval
 *
 * RFC 6413 section 6.3.3 gives its accuracy as one interval either way. That holds for one loss period (RFC 3357); of several,
 * each has its own two uncertain ends:
 *
 *     answered   lost  lost  lost   answered        at least: last lost - first lost
 *        |   [----x-----x-----x---]    |            at most:  next answered - last answered
 *
 * No period begins before the event that it is put down to, nor ends after the window, which narrows the outermost ends.
 * Where a stream moves without losing a packet, a gap shorter than the time between the two packets stays unseen: `high` says so.
 */
import { figureOf } from "./figure.js";
import type { Figure } from "./result.js";
import type { Sample, Window } from "./sampling.js";
import type { Settling } from "./settling.js";

export function lossOfConnectivity(
  samples: Sample[],
  window: Window,
  interval: number,
  { before, settledAt }: Pick<Settling, "before" | "settledAt">,
): Figure {
  let value = 0;
  let low = 0;
  let high = 0;
  for (const [i, sample] of samples.slice(0, settledAt + 1).entries()) {
    const previous = samples[i - 1];
    if (sample.site !== null) {
      if (previous?.site !== null && isMove(previous?.site, sample.site, before, i === settledAt))
        high += Math.max(sample.from - (previous?.last ?? window.from), interval);
    } else if (previous?.site !== null) {
      let end = i;
      while (samples[end + 1]?.site === null) end++;
      const lost = samples[end]!.last - sample.from;
      value += lost + interval;
      low += lost;
      high += (samples[end + 1]?.from ?? window.to) - (previous?.last ?? window.from);
    }
  }
  return figureOf(value, low, high);
}

/** Streams that several sites serve alternate between them all the time; only leaving or joining the old ones is a move. */
function isMove(from: string | undefined, to: string, before: string[], settles: boolean): boolean {
  if (from === to) return false;
  return settles || !before.includes(to) || (from !== undefined && !before.includes(from));
}
