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
  return times.slice(1).flatMap((to, index) => {
    const from = times[index]!;
    return sites.map(({ name, capacity }) => {
      const seconds = (to - from) / 1e6;
      const count = (counts: (outcome: Outcome) => boolean) =>
        met.reduce((sum, { stream, outcomes }) => sum + queries(stream, outcomes, from, to, counts), 0) /
        seconds;
      const offered = count(({ reached }) => reached === name);
      return { site: name, from, to, offered, served: count(({ site }) => site === name), capacity };
    });
  });
}

function queries(
  stream: PlannedStream,
  outcomes: readonly Outcome[],
  from: number,
  to: number,
  counts: (outcome: Outcome) => boolean,
): number {
  const begin = firstPacketFrom(stream, from);
  const after = firstPacketFrom(stream, to);
  let packets = 0;
  for (const outcome of outcomes) {
    if (counts(outcome))
      packets += Math.max(
        0,
        Math.min(after, outcome.first + outcome.packets) - Math.max(begin, outcome.first),
      );
  }
  return packets * stream.client.scale;
}
