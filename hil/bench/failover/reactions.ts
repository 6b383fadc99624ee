/**
 * From an event to the first packet on the other way, in device time. A router has one thread: once it has begun with an
 * event, it takes the next packet when it is done with all that it does for the event, repair and re-selection. So the
 * time is that of the event, by the router's own counter, and that of the packet's way through the router:
 *
 *     event                                                         packet
 *     |-- groups repaired --|-- route sets selected anew --|-- receive ... transmit --|
 *     0                     `repaired`                     `handled`                  `restored`
 *
 * The first two are in the records of a run of the probe; the packet's way is measured by MEASURE while it goes the other way.
 * What the probe itself does in between is no part of it.
 */
import type { Request } from "../../../host/protocol/messages.js";
import { EventKind, RecordKind, Work } from "../../../host/protocol/words.js";
import type { Routes } from "../../../host/tables/routes.js";
import type { Target } from "../../../host/target/target.js";
import { TargetError } from "../../../host/target-error.js";
import { play } from "../../run.js";
import type { ProbeRecord } from "../../world/records.js";
import { Costs } from "../board/costs.js";
import { packetItems } from "../board/items.js";
import { type Summary, summaryOf } from "../summary.js";
import { type Clock, microseconds } from "./clock.js";
import { CLIENTS, COSTS, Slot, setPort, setUp, watched } from "./network.js";

export type Entry = Request<"EVENT">;

type Act = Pick<Entry, "kind" | "subject" | "argument">;

/** An event that moves traffic from neighbor 0 to neighbor 1, and what moves it back. */
interface Cause {
  name: string;
  there: Act;
  back: Act;
  /** Device time until the traffic may be moved back, and until all is as it was. */
  away: number;
  home: number;
  /** It takes the router time to find out, so that the entry of the timeline is not what it reacts to. */
  isFound: boolean;
}

/** So far apart that a port which is down costs no BFD session. */
const AT_ONCE = { away: 1000, home: 40_000, isFound: false };

function act(kind: EventKind, subject = 0, argument = 0): Act {
  return { kind, subject, argument };
}

const causes: readonly Cause[] = [
  { name: "port down", there: act(EventKind.PORT_DOWN), back: act(EventKind.PORT_UP), ...AT_ONCE },
  {
    name: "BFD down",
    there: act(EventKind.SILENCE),
    back: act(EventKind.SPEAK),
    // A session that is down speaks once a second.
    ...{ away: 100_000, home: 4_000_000, isFound: true },
  },
  {
    name: "withdraw",
    there: act(EventKind.WITHDRAW),
    back: act(EventKind.ANNOUNCE, 0, Slot.NEARER),
    ...AT_ONCE,
  },
  {
    name: "better path",
    there: act(EventKind.ANNOUNCE, 1, Slot.BETTER),
    back: act(EventKind.ANNOUNCE, 1, Slot.OTHER),
    ...AT_ONCE,
  },
  {
    name: "metric",
    there: act(EventKind.COST, 0, 2 * COSTS[1]),
    back: act(EventKind.COST, 0, COSTS[0]),
    ...AT_ONCE,
  },
];

/**
 * Events of one cause in one table. Times are microseconds of device time. Where the clock is exact, the least of each counts, as an
 * interrupt can only add to it.
 */
export interface Reaction {
  cause: string;
  prefixes: number;
  /** Groups that each repaired, and route sets that each selected anew, at most. */
  groups: number;
  sets: number;
  /** Null where nothing is lost, so that there is nothing to repair. */
  repaired: Summary | null;
  handled: Summary;
  /** The packet's way, its best of several. */
  forward: number;
  restored: Summary;
}

/** About what the packet's way costs on a Cortex-M0+, in cycles. */
const FORWARD = 1200;

/** Records of an entry and of what follows from it, at most. */
const RECORDS = { atOnce: 3, found: 8 };

export interface ReactionOptions {
  /** Events of each cause, and how many of each come before those that count. */
  readonly repeat: number;
  readonly warmUp: number;
  readonly onProgress: (share: number) => void;
}

/** Of one event, in ticks. */
interface Sighting {
  groups: number;
  sets: number;
  repaired: number;
  handled: number;
}

/** With `routes` and one prefix more in the table; null where the target has not so much memory. */
export async function reactions(
  target: Target,
  clock: Clock,
  routes: Routes,
  { repeat, warmUp, onProgress }: ReactionOptions,
): Promise<Reaction[] | null> {
  const { entries, duration } = timeline(warmUp + repeat);
  const loading = (share: number) => onProgress(share / 2);
  const records = entries.reduce((sum, { cause }) => {
    return sum + (causes[cause]!.isFound ? RECORDS.found : RECORDS.atOnce);
  }, 0);
  const fits = await setUp(target, routes, entries, records, loading);
  if (!fits) return null;
  const forward = await forwardCost(target, clock);
  const played = await play(target, target.name, duration, share => onProgress((1 + share) / 2));
  const seen = sightingsIn(played.records, entries);
  return causes.map(({ name }, number) => {
    const sightings = seen[number]!.slice(warmUp);
    if (sightings.length !== repeat) {
      throw new TargetError(`${target.name} reacted to ${sightings.length} of ${repeat} times ${name}`);
    }
    const over = (figure: (one: Sighting) => number) => summaryOf(sightings.map(figure));
    const most = (touched: (one: Sighting) => number) => Math.max(...sightings.map(touched));
    const groups = most(one => one.groups);
    return {
      cause: name,
      prefixes: routes.count + 1,
      groups,
      sets: most(one => one.sets),
      repaired: groups > 0 ? over(one => microseconds(one.repaired, clock)) : null,
      handled: over(one => microseconds(one.handled, clock)),
      forward,
      restored: over(one => microseconds(one.handled, clock) + forward),
    };
  });
}

interface PlannedEntry extends Entry {
  cause: number;
  isThere: boolean;
}

function timeline(repeat: number): { entries: PlannedEntry[]; duration: number } {
  const prefix = { family: 4, length: 24, address: Uint8Array.of(198, 51, 100, 0, ...new Uint8Array(12)) };
  let time = 0;
  const entries = causes.flatMap(({ there, back, away, home }, cause) =>
    Array.from({ length: repeat }).flatMap(() => {
      const one = { ...prefix, cause };
      const left = { ...one, ...there, time: time + home, isThere: true };
      time += home + away;
      return [left, { ...one, ...back, time, isThere: false }];
    }),
  );
  return { entries, duration: time + Math.max(...causes.map(({ home }) => home)) };
}

/** By cause. */
function sightingsIn(records: readonly ProbeRecord[], entries: readonly PlannedEntry[]): Sighting[][] {
  const seen: Sighting[][] = causes.map(() => []);
  let cause = 0;
  let last: Sighting | null = null;
  const see = (handled: number): Sighting => {
    const sighting = { groups: 0, sets: 0, repaired: 0, handled };
    seen[cause]!.push(sighting);
    return sighting;
  };
  for (const { kind, value, subject, count } of records) {
    if (kind === RecordKind.EVENT) {
      const entry = entries[subject]!;
      cause = entry.cause;
      last = entry.isThere && !causes[cause]!.isFound ? see(count) : null;
    } else if (kind === RecordKind.NEIGHBOR) {
      last = value === 0 ? see(0) : null;
    } else if (last && kind === RecordKind.REPAIR) {
      Object.assign(last, { groups: subject, repaired: count });
    } else if (last && kind === RecordKind.RESELECT) {
      Object.assign(last, { sets: subject, handled: Math.max(last.handled, count) });
    }
  }
  return seen;
}

/** Microseconds that a packet to the watched prefix takes by the other way. */
async function forwardCost({ client }: Target, clock: Clock): Promise<number> {
  await setPort(client, 0, false);
  const { mean } = await new Costs(client, clock).of(
    Work.FORWARD,
    packetItems(watched, 1, 1),
    FORWARD,
    CLIENTS,
  );
  await setPort(client, 0, true);
  return microseconds(mean / clock.perTick, clock);
}
