/**
 * Where to look at an event: the stretch of time in which it disturbed streams, with some quiet on either side. It begins at the event
 * where that is near, and where the disturbance came much later (a hold time) it shows that alone.
 */
import type { Outcome, Report } from "../measure/result.js";
import { isRouteLoss, type Run } from "./strips.js";

export interface Focus {
  from: number;
  to: number;
}

/** Packets of the sparsest disturbed stream to show before and after. */
const QUIET_PACKETS = 3;
/** A disturbance that comes later than so many times its own length is looked at without the event. */
const FAR = 4;

export function disturbedIn(report: Report, event: string): Outcome[] {
  return report.outcomes.filter(outcome => outcome.event === event && outcome.state !== "undisturbed");
}

/** Null where the event disturbed nothing. */
export function focusOn(report: Report, event: Report["events"][number]): Focus | null {
  const disturbed = disturbedIn(report, event.id);
  if (disturbed.length === 0) return null;
  const interval = Math.max(...disturbed.map(({ stream }) => report.streams[stream]!.interval));
  const begins = disturbed.map(outcome => {
    const runs = report.timeline[outcome.stream]!.spans;
    return firstDisturbed(runs, event.time, outcome.before)?.from ?? event.time;
  });
  const later = report.events.map(({ time }) => time).filter(time => time > event.time);
  const horizon = Math.min(report.duration, ...later);
  const ends = disturbed.map(({ routeSpecific }) =>
    routeSpecific === null ? horizon : event.time + routeSpecific.high,
  );
  const begin = Math.max(Math.min(...begins), event.time);
  const end = Math.max(...ends, begin);
  const far = begin - event.time > FAR * Math.max(end - begin, interval);
  const start = far ? begin : event.time;
  const quiet = Math.max(QUIET_PACKETS * interval, (end - start) / 4);
  return { from: start - quiet, to: Math.min(end + quiet, Math.max(report.duration, end)) };
}

function firstDisturbed(runs: Run[], since: number, before: string | null): Run | undefined {
  const sites = before?.split(" + ") ?? [];
  return runs.find(
    run => run.to > since && (isRouteLoss(run) || (run.site !== null && !sites.includes(run.site))),
  );
}
