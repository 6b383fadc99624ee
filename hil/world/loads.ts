/** What each site was offered and served between two changes of the load or the network, in queries a second. */
import type { Scenario } from "../scenario/scenario.js";
import type { Outcome } from "./chance.js";
import type { SiteLoad } from "./observation.js";
import { firstPacketFrom } from "./pieces.js";
import type { PlannedStream } from "./traffic.js";

export interface Met {
  stream: PlannedStream;
  outcomes: Outcome[];
}

export function loadsOf({ sites, events, duration }: Scenario, met: readonly Met[]): SiteLoad[] {
  const ends = events.flatMap(({ time, change }) =>
    change.kind === "overload" ? [time, change.until] : [time],
  );
  const times = [...new Set([0, ...ends, duration])].sort((a, b) => a - b);
  const offered = new Tally(times);
  const served = new Tally(times);
  for (const { stream, outcomes } of met) {
    for (const { reached, site, first, packets } of outcomes) {
      if (reached !== null) offered.add(reached, stream, first, packets);
      if (site !== null) served.add(site, stream, first, packets);
    }
  }
  return times.slice(1).flatMap((to, period) => {
    const from = times[period]!;
    return sites.map(({ name, capacity }) => ({
      site: name,
      from,
      to,
      offered: offered.rate(name, period),
      served: served.rate(name, period),
      capacity,
    }));
  });
}

/** Queries by site and period; period n lasts from `times[n]` to `times[n + 1]`. */
class Tally {
  readonly #counts = new Map<string, number[]>();

  constructor(readonly times: readonly number[]) {}

  add(site: string, stream: PlannedStream, first: number, packets: number): void {
    const counts = this.#counts.get(site) ?? new Array<number>(this.times.length).fill(0);
    this.#counts.set(site, counts);
    const sent = stream.start + first * stream.interval;
    let period = this.times.findLastIndex(time => time <= sent);
    for (let from = first; from < first + packets; period++) {
      const next = this.times[period + 1] ?? Number.POSITIVE_INFINITY;
      const after = Math.min(first + packets, firstPacketFrom(stream, next));
      counts[period]! += (after - from) * stream.client.scale;
      from = after;
    }
  }

  /** Queries a second. */
  rate(site: string, period: number): number {
    const seconds = (this.times[period + 1]! - this.times[period]!) / 1e6;
    return (this.#counts.get(site)?.[period] ?? 0) / seconds;
  }
}
