/**
 * The measuring instruments inside the router: a scenario is loaded before the start and played at
 * exact device times, so that neither the serial line nor the host's clock has a part in a measurement.
 */
import { startHolds, stopHolds } from "../liveness/hold";
import { startAges } from "../nexthop/group";
import { now, resetLateness } from "../schedule";
import { Status } from "../status";
import { NEVER } from "../time";
import { ending, isRunning, origin, probeTime, resetClock, startClock, stopClock } from "./clock";
import { startFarEnds, stopFarEnds } from "./far-ends";
import { clearRecords } from "./records";
import { speak, speakersDue, startSpeakers, stopSpeakers } from "./speakers";
import { sendPackets, startStreams, stopStreams, streamsDue } from "./streams";
import { playEvent, startTimeline, stopTimeline, timelineDue } from "./timeline";

export { isRunning, probeTime };

/** Forgets a run: the pools it used are carved anew. */
export function resetProbe(): void {
  resetClock();
}

/** Starts a run of `duration` microseconds now. */
export function startProbe(duration: u64): Status {
  if (isRunning()) return Status.BUSY;
  const from = now();
  if (duration == 0 || duration >= NEVER - from) return Status.BAD_VALUE;
  // Before the clock: what the run begins with is no record of it.
  startFarEnds(from);
  startClock(from, from + duration);
  clearRecords();
  resetLateness();
  startHolds(origin);
  startAges(origin);
  startTimeline(origin);
  startSpeakers(origin);
  startStreams(origin);
  return Status.OK;
}

function stopProbe(): void {
  stopStreams(ending - origin);
  stopFarEnds();
  stopSpeakers();
  stopHolds();
  stopTimeline();
  stopClock();
}

/** When the network or the run changes next: before the router concludes anything from it. */
export function changesDue(): u64 {
  return min(min(timelineDue(), speakersDue()), ending);
}

/** Carries out the first of what changes at device time `time`. */
export function change(time: u64): void {
  if (ending == time) stopProbe();
  else if (timelineDue() == time) playEvent();
  else speak(time);
}

export { streamsDue };

/** Sends the packets of the streams that are due at device time `time`. */
export function sendStreams(time: u64): void {
  sendPackets(time, origin);
}
