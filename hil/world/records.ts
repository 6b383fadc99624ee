/** The probe's records as they come over the line, and sorted by what they are about. */
import { record } from "../../host/protocol/messages.js";
import { statusName } from "../../host/protocol/refused.js";
import { Hold, RecordKind, Status } from "../../host/protocol/words.js";
import { TargetError } from "../../host/target-error.js";

export type ProbeRecord = ReturnType<typeof record.decode>;

export function decodeRecords(tail: Uint8Array, count: number): ProbeRecord[] {
  return Array.from({ length: count }, (_, n) => record.decode(tail.subarray(n * record.size)));
}

/** From packet `first` on, a stream leaves by neighbor number `egress`, or is dropped for reason number `drop`. */
export interface EgressChange {
  first: number;
  egress: number | null;
  drop: number | null;
}

/** What the router did when it repaired: after timeline entry `entry`, or after a hold timer or BFD said `up` of `neighbor`. */
export interface RouterRepair {
  time: number;
  cause: { entry: number } | { neighbor: number; up: boolean };
  groups: number;
  repairTicks: number;
  sets: number;
  reselectTicks: number;
}

/** Something of neighbor number `neighbor` was held back: the neighbor itself, or the route that timeline entry `entry` announced. */
export interface RouterHold {
  neighbor: number;
  entry: number | null;
  reason: Hold;
  from: number;
  /** Null where it was held back to the end. */
  to: number | null;
}

export interface SortedRecords {
  /** By stream number. */
  egress: EgressChange[][];
  /** Packets sent, by stream number. */
  sent: number[];
  repairs: RouterRepair[];
  /** In the order in which they began. */
  holds: RouterHold[];
}

/** Throws a TargetError where the router refused an entry of the timeline, or a stream has no end. */
export function sortRecords(records: readonly ProbeRecord[], streams: number, router: string): SortedRecords {
  const egress: EgressChange[][] = Array.from({ length: streams }, () => []);
  const sent = new Array<number>(streams).fill(-1);
  const repairs: RouterRepair[] = [];
  const holds: RouterHold[] = [];
  /** Those that have not ended, by neighbor, and route if it is of one. */
  const open = new Map<string, RouterHold>();
  const announced: RouterHold[] = [];
  let last: RouterRepair | null = null;
  const turn = (key: string, hold: Omit<RouterHold, "to" | "entry">) => {
    const begun = open.get(key);
    if (hold.reason === Hold.NONE) {
      if (begun) begun.to = hold.from;
      open.delete(key);
    } else {
      const begins = { ...hold, entry: null, to: null };
      open.set(key, begins);
      holds.push(begins);
    }
  };
  for (const { time, kind, value, subject, count } of records) {
    const none = { time, groups: 0, repairTicks: 0, sets: 0, reselectTicks: 0 };
    switch (kind) {
      case RecordKind.EGRESS:
        egress[subject]?.push({ first: count, egress: value, drop: null });
        break;
      case RecordKind.DROP:
        egress[subject]?.push({ first: count, egress: null, drop: value });
        break;
      case RecordKind.STREAM_END:
        sent[subject] = count;
        break;
      case RecordKind.EVENT:
        if (value !== Status.OK) {
          throw new TargetError(`${router} refused entry ${subject} of its timeline: ${statusName(value)}`);
        }
        last = { ...none, cause: { entry: subject } };
        // What is held back is recorded before the entry that announced it.
        for (const hold of announced.splice(0)) hold.entry = subject;
        break;
      case RecordKind.NEIGHBOR:
        last = { ...none, cause: { neighbor: subject, up: value === 1 } };
        break;
      case RecordKind.HELD_BACK:
        turn(`${subject}`, { neighbor: subject, reason: value as Hold, from: time });
        if (value === Hold.NONE) last = { ...none, cause: { neighbor: subject, up: true } };
        break;
      case RecordKind.ROUTE_HELD_BACK: {
        turn(`${subject} ${count}`, { neighbor: subject, reason: value as Hold, from: time });
        if (value !== Hold.NONE) announced.push(holds.at(-1)!);
        break;
      }
      case RecordKind.REPAIR:
        if (last) {
          Object.assign(last, { groups: subject, repairTicks: count });
          repairs.push(last);
        }
        break;
      case RecordKind.RESELECT:
        if (last) Object.assign(last, { sets: subject, reselectTicks: count });
        break;
    }
  }
  const endless = sent.indexOf(-1);
  if (endless >= 0) throw new TargetError(`${router} did not report the end of its stream ${endless}`);
  return { egress, sent, repairs, holds };
}
