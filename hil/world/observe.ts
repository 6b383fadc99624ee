/**
 * The records of all routers of one run, joined with what lies around them, as an Observation:
 *
 *     records -> pieces (fate beyond the egress) -> capacity -> chance -> spans, sessions, loads
 *
 * Not modelled: what the answers of a site weigh, queues, and how the ideal routers around find their ways; they know the
 * best one as soon as the news reaches them (news.ts). A query that gets through is answered by the way it came.
 */

import { EventKind, Hold } from "../../host/protocol/words.js";
import type { Scenario, ScenarioEvent } from "../scenario/scenario.js";
import { epochsOf } from "../scenario/state.js";
import { type Routed, withCapacities } from "./capacity.js";
import { type Outcome, withChance } from "./chance.js";
import { loadsOf } from "./loads.js";
import type { HeldBack, Observation, ObservedEvent, Repair, Span, StreamObservation } from "./observation.js";
import { piecesOf } from "./pieces.js";
import type { RouterPlan } from "./plan.js";
import {
  type ProbeRecord,
  type RouterHold,
  type RouterRepair,
  type SortedRecords,
  sortRecords,
} from "./records.js";
import { type Death, sessionsOf } from "./sessions.js";
import type { PlannedStream } from "./traffic.js";

export interface RouterRun {
  plan: RouterPlan;
  records: ProbeRecord[];
  lateness: number;
  /** Prefixes in the router's table. */
  prefixes: number;
}

export function observe(scenario: Scenario, runs: readonly RouterRun[]): Observation {
  const sorted = runs.map(({ plan, records }) => sortRecords(records, plan.streams.length, plan.router.name));
  const routed = runs.flatMap(({ plan }, index) => routedStreams(plan, sorted[index]!));
  const capacities = new Map(
    scenario.sites.flatMap(({ name, capacity }) => (capacity === null ? [] : [[name, capacity] as const])),
  );
  const met = withCapacities(routed, capacities).map(({ stream, pieces }) => ({
    stream,
    outcomes: withChance(stream, pieces),
  }));
  const deaths = deathsIn(scenario);
  return {
    duration: scenario.duration,
    streams: met.filter(({ stream }) => !stream.load).map(one => observed(one.stream, one.outcomes, deaths)),
    events: scenario.events.map(event => observedEvent(event, runs)),
    repairs: runs.flatMap((run, index) => repairsOf(run, sorted[index]!.repairs)),
    holds: runs.flatMap(({ plan }, index) => holdsOf(plan, sorted[index]!.holds)),
    loads: loadsOf(scenario, met),
    lateness: Math.max(0, ...runs.map(({ lateness }) => lateness)),
  };
}

function routedStreams(plan: RouterPlan, { egress, sent }: SortedRecords): Routed[] {
  return plan.streams.map((stream, n) => ({ stream, pieces: piecesOf(plan, stream, egress[n]!, sent[n]!) }));
}

function observed(
  stream: PlannedStream,
  outcomes: readonly Outcome[],
  deaths: readonly Death[],
): StreamObservation {
  const { client, prefix, transport, start, interval } = stream;
  return {
    client: client.name,
    router: client.router,
    prefix: prefix.text,
    transport,
    start,
    interval,
    packets: outcomes.reduce((sum, { packets }) => sum + packets, 0),
    spans: outcomes.map(outcome => spanOf(outcome, 2 * client.latency)),
    sessions: sessionsOf(stream, outcomes, deaths),
  };
}

function spanOf({ first, packets, site, neighbor, loss, roundTrip }: Outcome, access: number): Span {
  return { first, packets, site, neighbor, loss, roundTrip: site === null ? null : roundTrip + access };
}

function observedEvent(
  { id, like, time, text, change }: ScenarioEvent,
  runs: readonly RouterRun[],
): ObservedEvent {
  const seenBy = runs.flatMap(({ plan: { router, timeline } }) => {
    const first = timeline.find(({ event }) => event.id === id);
    return first ? [{ router: router.name, time: first.time }] : [];
  });
  return { id, like, time, kind: change.kind, text, seenBy };
}

function deathsIn(scenario: Scenario): Death[] {
  const epochs = epochsOf(scenario);
  return epochs.flatMap(({ state, from }, index) => {
    const to = epochs[index + 1]?.from ?? scenario.duration;
    return [...state.deadNodes].map(node => ({ node, from, to }));
  });
}

/** Entries of one event at one time are one repair: the router works them off back to back. */
function repairsOf({ plan, prefixes }: RouterRun, repairs: readonly RouterRepair[]): Repair[] {
  const found: Repair[] = [];
  for (const { time, cause, groups, repairTicks, sets, reselectTicks } of repairs) {
    const event = eventOf(plan, time, cause);
    if (!event) continue;
    const last = found.findLast(other => other.event === event.id && other.time === time);
    if (last) {
      last.groups += groups;
      last.sets += sets;
      last.repairTicks += repairTicks;
      last.reselectTicks += reselectTicks;
    } else {
      found.push({
        router: plan.router.name,
        event: event.id,
        time,
        groups,
        repairTicks,
        sets,
        reselectTicks,
        prefixes,
      });
    }
  }
  return found;
}

function holdsOf(plan: RouterPlan, holds: readonly RouterHold[]): HeldBack[] {
  return holds.flatMap(({ neighbor, entry, reason, from, to }) => {
    const event = eventOf(plan, from, entry === null ? { neighbor, up: true } : { entry });
    if (!event) return [];
    return {
      router: plan.router.name,
      event: event.id,
      neighbor: plan.neighbors[neighbor]!.node,
      prefix: entry === null ? null : plan.timeline[entry]!.prefix!.text,
      reason: reason === Hold.SUPPRESSED ? "suppressed" : "waiting",
      from,
      to,
    };
  });
}

/**
 * A hold timer or BFD acts on the neighbor's last silence or its end, or on its port's; null for what acted on nothing of the
 * scenario's. Neighbor and port have one number.
 */
function eventOf({ timeline }: RouterPlan, time: number, cause: RouterRepair["cause"]): ScenarioEvent | null {
  if ("entry" in cause) return timeline[cause.entry]?.event ?? null;
  const kinds: EventKind[] = cause.up
    ? [EventKind.SPEAK, EventKind.PORT_UP]
    : [EventKind.SILENCE, EventKind.PORT_DOWN];
  const entry = timeline.findLast(
    other => other.time <= time && kinds.includes(other.kind) && other.subject === cause.neighbor,
  );
  return entry?.event ?? null;
}
