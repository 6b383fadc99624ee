/** The timeline: changes of the network, each applied at its probe time, in the order in which they were appended. */
import * as failover from "../failover";
import { updateHold } from "../liveness/hold";
import { align } from "../memory";
import { ticks } from "../platform";
import { announce, withdraw } from "../rib/index";
import { Status } from "../status";
import { after, NEVER } from "../time";
import { EVENT_KIND_COUNT, EventKind, RecordKind } from "../words";
import { addFailover } from "./failover-records";
import { setFarAdmin, setFarSilent } from "./far-ends";
import { addRecord } from "./records";
import { setSilent } from "./speakers";
import { startStream, stopStream } from "./streams";

@unmanaged
export class Event {
  /** Probe time in microseconds. */
  time: u64;
  argument: u32;
  subject: u16;
  kind: u8;
  family: u8;
  /** A prefix as ANNOUNCE and WITHDRAW take it: length, then 4 or 16 bytes of address. */
  prefix: u8;
}

const PREFIX_SIZE: usize = 17;
const SIZE: usize = (offsetof<Event>("prefix") + PREFIX_SIZE + 7) & ~7;
let pool: usize = 0;
let capacity: u32 = 0;
let used: u32 = 0;
let next: u32 = 0;
let origin: u64 = 0;
/** Device time of the next event; never where the timeline does not run. */
let due: u64 = NEVER;

export function bytesFor(events: u32): usize {
  return align(<usize>events * SIZE);
}

export function carve(base: usize, events: u32): usize {
  pool = base;
  capacity = events;
  used = 0;
  next = 0;
  due = NEVER;
  return base + bytesFor(events);
}

function at(n: u32): Event {
  return changetype<Event>(pool + <usize>n * SIZE);
}

/** `prefix` points to 1 byte of length and 16 of address. */
export function addEvent(
  time: u64,
  kind: u32,
  subject: u32,
  argument: u32,
  family: u32,
  prefix: usize,
): Status {
  if (kind >= EVENT_KIND_COUNT) return Status.BAD_VALUE;
  if (used > 0 && time < at(used - 1).time) return Status.BAD_VALUE;
  if (used == capacity) return Status.EVENTS_FULL;
  const event = at(used++);
  event.time = time;
  event.kind = <u8>kind;
  event.subject = <u16>subject;
  event.argument = argument;
  event.family = <u8>family;
  memory.copy(prefixOf(event), prefix, PREFIX_SIZE);
  return Status.OK;
}

function prefixOf(event: Event): usize {
  return changetype<usize>(event) + offsetof<Event>("prefix");
}

export function startTimeline(start: u64): void {
  origin = start;
  goTo(0);
}

export function stopTimeline(): void {
  due = NEVER;
}

export function timelineDue(): u64 {
  return due;
}

function goTo(event: u32): void {
  next = event;
  due = event < used ? after(origin, at(event).time) : NEVER;
}

/** Applies the event that is due. */
export function playEvent(): void {
  const number = next;
  const event = at(number);
  goTo(number + 1);
  const start = ticks();
  const status = apply(event);
  addRecord(event.time, RecordKind.EVENT, status, number, ticks() - start);
  updateHold();
  if (isFailover(event.kind) && status == Status.OK) addFailover(event.time);
}

/** Whether the event changes ports or neighbors, so that groups are repaired and route sets selected anew. */
function isFailover(kind: u32): bool {
  return (
    kind == EventKind.PORT_DOWN ||
    kind == EventKind.PORT_UP ||
    kind == EventKind.COST ||
    kind == EventKind.LATENCY
  );
}

function apply(event: Event): u32 {
  const subject = <u32>event.subject;
  const prefixBytes: u32 = event.family == 4 ? 5 : 17;
  switch (<u32>event.kind) {
    case EventKind.PORT_DOWN:
      return failover.portState(subject, false);
    case EventKind.PORT_UP:
      return failover.portState(subject, true);
    case EventKind.ANNOUNCE:
      return announce(event.argument, event.family, prefixOf(event), prefixBytes);
    case EventKind.WITHDRAW:
      return withdraw(subject, event.family, prefixOf(event), prefixBytes);
    case EventKind.SILENCE:
      return silence(subject, true, origin + event.time);
    case EventKind.SPEAK:
      return silence(subject, false, origin + event.time);
    case EventKind.COST:
      return failover.setCost(subject, event.argument);
    case EventKind.LATENCY:
      return failover.setLatency(subject, event.argument);
    case EventKind.DISTANCE:
      return failover.setDistance(subject & 0xff, subject >> 8, event.argument);
    case EventKind.STREAM_START:
      return startStream(subject, origin, event.time);
    case EventKind.ADMIN_DOWN:
      return setFarAdmin(subject, true, origin + event.time);
    case EventKind.ADMIN_UP:
      return setFarAdmin(subject, false, origin + event.time);
    default:
      return stopStream(subject, event.time);
  }
}

/** A neighbor with a scripted BFD session speaks by that, and any other by keep-alives. */
function silence(neighbor: u32, silent: bool, time: u64): Status {
  const status = setFarSilent(neighbor, silent);
  return status == Status.NOT_FOUND ? setSilent(neighbor, silent, time) : status;
}
