/**
 * The measuring instruments inside the router: a scenario is loaded before the start and played at
 * exact device times, so that neither the serial line nor the host's clock has a part in a measurement.
 */
import { expire, startHolds, stopHolds } from "../liveness/hold";
import { now, resetLateness } from "../schedule";
import { Status } from "../status";
import { NEVER } from "../time";
import { RecordKind } from "../words";
import { addFailover } from "./failover-records";
import { addRecord, clearRecords } from "./records";
import { speak, speakersDue, startSpeakers, stopSpeakers } from "./speakers";
import { sendPackets, startStreams, stopStreams, streamsDue } from "./streams";
import { playEvent, startTimeline, stopTimeline, timelineDue } from "./timeline";

/** Device time of probe time 0. */
let origin: u64 = 0;
/** Device time of the end; never where the probe does not run. */
let ending: u64 = NEVER;
/** Probe time at which the last run ended. */
let ended: u64 = 0;

export function isRunning(): bool {
  return ending != NEVER;
}

export function probeTime(): u64 {
  return isRunning() ? now() - origin : ended;
}

/** Forgets a run: the pools it used are carved anew. */
export function resetProbe(): void {
  ending = NEVER;
  ended = 0;
}

/** Starts a run of `duration` microseconds now. */
export function startProbe(duration: u64): Status {
  if (isRunning()) return Status.BUSY;
  origin = now();
  if (duration == 0 || duration >= NEVER - origin) return Status.BAD_VALUE;
  ending = origin + duration;
  clearRecords();
  resetLateness();
  startHolds(origin);
  startTimeline(origin);
  startSpeakers(origin);
  startStreams(origin);
  return Status.OK;
}

function stopProbe(): void {
  ended = ending - origin;
  stopStreams(ended);
  stopSpeakers();
  stopHolds();
  stopTimeline();
  ending = NEVER;
}

export function probeDue(): u64 {
  return min(min(timelineDue(), speakersDue()), min(streamsDue(), ending));
}

/** Carries out the first of what is due at device time `time`; `holdExpires` where a hold timer ends then. */
export function probeStep(time: u64, holdExpires: bool): void {
  if (ending == time) stopProbe();
  else if (timelineDue() == time) playEvent();
  else if (speakersDue() == time) speak(time, origin);
  else if (holdExpires) expireHold(time);
  else sendPackets(time, origin);
}

function expireHold(time: u64): void {
  const neighbor = expire(time);
  if (!isRunning()) return;
  addRecord(time - origin, RecordKind.NEIGHBOR, 0, neighbor, 0);
  addFailover(time - origin);
}
