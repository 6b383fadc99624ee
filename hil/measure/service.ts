/**
 * Which sites serve a stream at an instant. Usually one; several where equal-cost paths spread its flows or pinned flows
 * stay behind, so it is read from the last packets rather than from the last one:
 *
 * - the newest answer names a site; the sites that answered since that one first did serve the stream together with it
 *   (`L L L N N` is N alone, `L N L N N` is L and N);
 * - a packet that no route carried ends the look backwards, and if it is the newest, no site serves.
 */
import type { Sample } from "./sampling.js";

/** Enough for every one of a few sites to show itself, and short enough to forget what was before. */
const MEMORY = 64;

/** The sites that serve at the end of `samples`, sorted; empty where none does, null where nothing is known. */
export function servingSites(samples: Sample[]): string[] | null {
  const newest = samples.at(-1);
  if (newest === undefined) return null;
  const together = new Set<string>();
  const recent = new Set<string>();
  let packets = 0;
  for (let i = samples.length - 1; i >= 0 && packets < MEMORY; i--) {
    const { site, packets: more } = samples[i]!;
    if (site === null) break;
    packets += more;
    recent.add(site);
    if (site === newest.site) for (const one of recent) together.add(one);
  }
  return [...together].sort();
}

/** As a report names them. */
export function nameOf(sites: string[]): string | null {
  return sites.length > 0 ? sites.join(" + ") : null;
}
