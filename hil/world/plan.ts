/**
 * One router under test and all that happens around it, in its own numbers: neighbor n is reached through port n, both in the order
 * of the links in the file; the clients are behind the port after these.
 */
import { EventKind } from "../../host/protocol/words.js";
import type { MetricName, NamedPrefix, Scenario, ScenarioEvent, TestedRouter } from "../scenario/scenario.js";
import { type Epoch, epochsOf, linkKey } from "../scenario/state.js";
import { type Channel, channelTo, heardAt } from "./channel.js";
import { type Reach, reachesOf } from "./distances.js";
import { type FateChange, fatesBeyond } from "./fate.js";
import type { News } from "./news.js";
import { announcement, type PlannedPath } from "./paths.js";
import type { Adjacency, Topology } from "./topology.js";
import { type PlannedStream, streamsOf } from "./traffic.js";
import { type View, viewsOf } from "./views.js";

/** An entry of the probe's timeline and the scenario event that it comes from. */
export interface PlannedEvent {
  time: number;
  kind: EventKind;
  subject: number;
  argument: number;
  prefix: NamedPrefix | null;
  event: ScenarioEvent;
}

export interface RouterPlan {
  router: TestedRouter;
  neighbors: Adjacency[];
  streams: PlannedStream[];
  /** A path's slot is its place. */
  paths: PlannedPath[];
  /** What neighbors announce before the start. */
  initial: { slot: number; prefix: NamedPrefix }[];
  /** Between neighbors, and from each back to the router (`to` the same), before the start; of an interior protocol alone. */
  distances: { from: number; to: number; distance: number }[];
  /** In order of time, all before the end of the scenario. */
  timeline: PlannedEvent[];
  /** By neighbor number, then prefix text. */
  fates: Map<string, FateChange[]>[];
}

export function planRouter(
  scenario: Scenario,
  topology: Topology,
  news: readonly News[],
  router: TestedRouter,
  seed: number,
): RouterPlan {
  const epochs = epochsOf(scenario);
  const neighbors = [...topology.adjacent(router.name)];
  const slots = new Slots();
  const plan: RouterPlan = {
    router,
    neighbors,
    streams: streamsOf(scenario, router.name, seed),
    paths: slots.paths,
    initial: [],
    distances: [],
    timeline: ownEvents(scenario, epochs, neighbors),
    fates: [],
  };
  neighbors.forEach((adjacency, number) => {
    const { node } = adjacency;
    const channel = channelTo(epochs, router.name, node);
    plan.timeline.push(...channelEvents(channel, number));
    const fates = new Map<string, FateChange[]>();
    for (const prefix of scenario.prefixes) {
      const egress = { router: router.name, neighbor: node, prefix: prefix.text };
      const views = viewsOf(scenario, topology, news, egress);
      const slotOf = (view: View) =>
        slots.of(announcement(scenario.routing, topology, router, number, adjacency, view.way));
      const first = slotOf(views[0]!);
      if (first !== null) plan.initial.push({ slot: first, prefix });
      plan.timeline.push(...updates(toldBy(views, slotOf, epochs, channel, adjacency), number, prefix));
      fates.set(prefix.text, fatesBeyond(scenario, topology, egress, views));
    }
    plan.fates.push(fates);
    if (scenario.routing.protocol === "ebgp") return;
    const reaches = reachesOf(scenario, topology, news, { router: router.name, neighbor: node });
    for (const to of neighbors.keys()) {
      const distanceOf = ({ distances }: Reach) =>
        distances.get(to === number ? router.name : neighbors[to]!.node) ?? 0;
      plan.distances.push({ from: number, to, distance: distanceOf(reaches[0]!) });
      const one = { kind: EventKind.DISTANCE, subject: number + 256 * to, prefix: null };
      const told = toldBy(reaches, distanceOf, epochs, channel, adjacency);
      plan.timeline.push(...told.map(({ time, event, what }) => ({ ...one, time, event, argument: what })));
    }
  });
  plan.timeline = plan.timeline
    .filter(({ time }) => time < scenario.duration)
    .sort((a, b) => a.time - b.time);
  return plan;
}

/** Paths with equal attributes share a slot. */
class Slots {
  readonly paths: PlannedPath[] = [];
  readonly #slots = new Map<string, number>();

  of(path: PlannedPath | null): number | null {
    if (!path) return null;
    const key = JSON.stringify(path);
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = this.paths.push(path) - 1;
      this.#slots.set(key, slot);
    }
    return slot;
  }
}

/** What the neighbor tells the router of its way to a prefix. */
function updates(
  told: readonly Told<number | null>[],
  neighbor: number,
  prefix: NamedPrefix,
): PlannedEvent[] {
  return told.map(({ time, event, what: slot }) => ({
    time,
    kind: slot === null ? EventKind.WITHDRAW : EventKind.ANNOUNCE,
    subject: neighbor,
    argument: slot ?? 0,
    prefix,
    event,
  }));
}

interface Told<T> {
  time: number;
  event: ScenarioEvent;
  what: T;
}

/** What a neighbor has new to tell the router, when that hears it. The first of what it `learns` is known from the start. */
function toldBy<L extends { from: number; event: ScenarioEvent | null }, T>(
  learns: readonly L[],
  whatOf: (one: L) => T,
  epochs: readonly Epoch[],
  channel: Channel,
  { key }: Adjacency,
): Told<T>[] {
  let known = whatOf(learns[0]!);
  return learns.slice(1).flatMap(one => {
    const what = whatOf(one);
    if (what === known) return [];
    known = what;
    const { latency } = epochs.findLast(({ from }) => from <= one.from)!.state.links.get(key)!;
    return [{ time: heardAt(channel, one.from + latency), event: one.event!, what }];
  });
}

function channelEvents({ silences, downs }: Channel, number: number): PlannedEvent[] {
  const one = { subject: number, argument: 0, prefix: null };
  return [
    ...downs.flatMap(({ from, to, event, end }) => [
      { ...one, time: from, kind: EventKind.PORT_DOWN, event },
      ...(end ? [{ ...one, time: to, kind: EventKind.PORT_UP, event: end }] : []),
    ]),
    ...silences.flatMap(({ from, to, event, end }) => [
      { ...one, time: from, kind: EventKind.SILENCE, event },
      ...(end ? [{ ...one, time: to, kind: EventKind.SPEAK, event: end }] : []),
    ]),
  ];
}

/** Changes of the metrics of the router's own links, which it sees at once. */
function ownEvents(scenario: Scenario, epochs: readonly Epoch[], neighbors: Adjacency[]): PlannedEvent[] {
  const { routing } = scenario;
  return epochs.flatMap(({ event, from, state }): PlannedEvent[] => {
    if (event?.change.kind !== "metric" && event?.change.kind !== "latency") return [];
    const key = linkKey(event.change.link);
    const subject = neighbors.findIndex(other => other.key === key);
    if (subject < 0) return [];
    const { cost, latency } = state.links.get(key)!;
    const one = { time: from, subject, prefix: null, event };
    if (routing.protocol === "igp" && event.change.kind === "latency") {
      return [{ ...one, kind: EventKind.LATENCY, argument: latency }];
    }
    return [
      {
        ...one,
        kind: EventKind.COST,
        argument: interiorCost(routing.protocol, routing.metric, cost, latency),
      },
    ];
  });
}

/** The cost of a link to the router: with ebgp, where it ranks the way to the next hop, in terms of the scenario's metric. */
export function interiorCost(
  protocol: "ebgp" | "igp",
  metric: MetricName,
  cost: number,
  latency: number,
): number {
  if (protocol === "igp" || metric === "link-cost") return cost;
  return metric === "latency" ? latency : 1;
}
