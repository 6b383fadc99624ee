/**
 * Where to look at an event: the stretch of time in which it disturbed routes, with some quiet on either side. It begins at the event
 * where that is near, and where the disturbance came much later (a hold time) it shows that alone.
 */
import type { Report } from "../measure/result.js";
import { metBy } from "./routes.js";
import { isRouteLoss, type Run } from "./strips.js";

export interface Focus {
  from: number;
  to: number;
}

/** Packets to show before and after. */
const QUIET_PACKETS = 3;
/** A disturbance that comes later than so many times its own length is looked at without the event. */
const FAR = 4;

/** Null where the event disturbed nothing. */
export function focusOn(report: Report, event: Report["events"][number]): Focus | null {
  const disturbed = metBy(report, event.id).filter(one => one.disturbed);
  if (disturbed.length === 0) return null;
  const interval = Math.max(...disturbed.map(({ main }) => report.streams[main.stream]!.interval));
  const begins = disturbed.map(({ main }) => {
    const runs = report.timeline[main.stream]!.spans;
    return firstDisturbed(runs, event.time, main.before)?.from ?? event.time;
  });
  const later = report.events.map(({ time }) => time).filter(time => time > event.time);
  const horizon = Math.min(report.duration, ...later);
  const ends = disturbed.map(({ main }) =>
    main.routeSpecific === null ? horizon : event.time + main.routeSpecific.high,
  );
  const begin = Math.max(Math.min(...begins), event.time);
  const end = Math.max(...ends, begin);
  const far = begin - event.time > FAR * Math.max(end - begin, interval);
  const start = far ? begin : event.time;
  const quiet = Math.max(QUIET_PACKETS * interval, (end - start) / 4);
  return { from: start - quiet, to: end + quiet };
}

function firstDisturbed(runs: Run[], since: number, before: string | null): Run | undefined {
  const sites = before?.split(" + ") ?? [];
  return runs.find(
    run => run.to > since && (isRouteLoss(run) || (run.site !== null && !sites.includes(run.site))),
  );
}
