/**
 * A router's plan as the requests that set it up, in order: memory, settings, flows, ports, neighbors, paths, routes, distances,
 * keep-alives, streams, timeline. RUN is not among them.
 */
import type { MessageName, Request } from "../../host/protocol/messages.js";
import { type PrefixBatch, prefixBatches } from "../../host/protocol/prefixes.js";
import { roomFor } from "../../host/protocol/room.js";
import {
  BfdAuthentication,
  BfdFlag,
  EventKind,
  FlowFlag,
  Metric,
  PathFlag,
  Protocol,
  ReversionFlag,
  Segment,
  SettingFlag,
  Transport,
} from "../../host/protocol/words.js";
import type { Family } from "../../host/tables/address.js";
import { encodePathTail } from "../../host/tables/to-path.js";
import { routerId } from "../scenario/defaults.js";
import type { Bfd, Link, Reversion, Routing, Scenario, TestedRouter } from "../scenario/scenario.js";
import { clientAddress, linkAddress } from "./addresses.js";
import type { Background } from "./background.js";
import type { PlannedPath } from "./paths.js";
import { interiorCost, type PlannedEvent, type RouterPlan } from "./plan.js";
import { draw, keyOf } from "./random.js";
import type { PlannedStream } from "./traffic.js";

/** One request, or the ANNOUNCEs of one path, which may be carried out in any order and more than once. */
export type Step =
  | { [M in MessageName]: { name: M; values: Request<M>; tail?: Uint8Array } }[Exclude<
      MessageName,
      "ANNOUNCE"
    >]
  | { name: "ANNOUNCE"; slot: number; batches: Iterable<PrefixBatch> };

const NO_DAMPING = { halfLife: 0, maxSuppress: 0, penalty: 0, suppress: 0, reuse: 0 };
const NO_ADDRESS = new Uint8Array(16);
const PORT_UDP = 53;
const PORT_TCP = 443;
const SPARE_RECORDS = 16;

/** Entries of the timeline after which a neighbor may be found dead, or alive. */
const FOLLOWED = new Set<EventKind>([
  EventKind.SILENCE,
  EventKind.SPEAK,
  EventKind.PORT_DOWN,
  EventKind.PORT_UP,
]);

export function* program(
  scenario: Scenario,
  plan: RouterPlan,
  background: Background,
  seed: number,
): Generator<Step> {
  yield { name: "CONFIGURE", values: capacities(scenario, plan, background) };
  yield { name: "SETTINGS", values: settings(plan.router, scenario.routing) };
  yield { name: "FLOWS", values: flows(plan.router, seed) };
  yield* ports(plan);
  yield* neighbors(scenario, plan);
  for (const [neighbor, { link }] of plan.neighbors.entries()) yield* reversion(neighbor, link.reversion);
  for (const [slot, path] of plan.paths.entries()) yield definePath(slot, path);
  yield* routes(scenario, plan, background);
  for (const values of plan.distances) yield { name: "DISTANCE", values };
  for (const [neighbor, { link }] of plan.neighbors.entries()) {
    yield link.bfd
      ? defineSession(plan.router, neighbor, link.bfd, seed)
      : defineSpeaker(plan.router, neighbor, seed);
  }
  for (const [number, stream] of plan.streams.entries()) yield defineStream(scenario, plan, number, stream);
  for (const event of plan.timeline) yield defineEvent(event);
}

/** As much as the run can need. Route sets: for each prefix the one it has, and the one it is on its way to. */
export function capacities(
  { prefixes }: Scenario,
  plan: RouterPlan,
  background: Background,
): Request<"CONFIGURE"> {
  const { router, neighbors, paths, streams, timeline } = plan;
  const histories = prefixes.length * neighbors.filter(({ link }) => canHoldBack(link)).length;
  const roomOf = (family: Family) => {
    const lengths = prefixes.filter(prefix => prefix.family === family).map(({ length }) => length);
    return roomFor(family, lengths) + background.room(family);
  };
  return {
    ports: neighbors.length + 1,
    neighbors: neighbors.length,
    // A route that is held back has a path of its own.
    paths: Math.max(1, paths.length) * (histories > 0 ? 2 : 1),
    sets: 4 * (prefixes.length + 1) + 4,
    pathsPerSet: neighbors.length,
    buckets: router.maxPaths > 1 ? router.buckets : 1,
    bucketAges: router.flows.bucketIdle > 0 ? 1 : 0,
    distances: plan.distances.length > 0 ? 1 : 0,
    flows: router.flows.pinned,
    prefixes4: roomOf(4),
    prefixes6: roomOf(6),
    streams: Math.max(1, streams.length),
    events: Math.max(1, timeline.length),
    records: mostRecords(plan),
    // A session takes two places: its own, and its far end's.
    bfdSessions: 2 * neighbors.filter(({ link }) => link.bfd).length,
    reversion: histories > 0 ? 1 : 0,
    histories,
  };
}

/**
 * A stream's first egress and its end; for each entry of the timeline its own record, repair and re-selection (twice those where a hold
 * timer or BFD follows, and what a BFD session goes through) and a change of each stream that it concerns; all of it twice where
 * something can be held back, and when that begins and ends; of a distance its own record alone; and where paths share the load, an
 * egress for each session.
 */
function mostRecords({ router, neighbors, streams, timeline }: RouterPlan): number {
  const turns = neighbors.some(({ link }) => canHoldBack(link)) ? 2 : 1;
  const ofEntries = timeline.reduce((sum, { kind, prefix }) => {
    if (kind === EventKind.DISTANCE) return sum + 1;
    const concerned = streams.filter(stream => prefix === null || stream.prefix.text === prefix.text).length;
    return sum + turns * (concerned + (FOLLOWED.has(kind) ? 8 : 3));
  }, 0);
  const sessions = streams.reduce(
    (sum, { packets, sessionPackets }) =>
      sum + (sessionPackets > 0 ? Math.ceil(packets / sessionPackets) : 0),
    0,
  );
  return SPARE_RECORDS + 2 * streams.length + ofEntries + (router.maxPaths > 1 ? sessions : 0);
}

/** Whether what comes back by this link may have to wait. */
function canHoldBack({ reversion: { waitToRestore, damping } }: Link): boolean {
  return waitToRestore > 0 || damping !== null;
}

/** Nothing where nothing is said, which is how a router begins. */
function* reversion(
  neighbor: number,
  { waitToRestore, damping, gracefulShutdown }: Reversion,
): Generator<Step> {
  if (waitToRestore === 0 && damping === null && gracefulShutdown) return;
  const flags = gracefulShutdown ? 0 : ReversionFlag.IGNORE_GRACEFUL_SHUTDOWN;
  yield { name: "REVERSION", values: { neighbor, flags, waitToRestore, ...(damping ?? NO_DAMPING) } };
}

function settings(router: TestedRouter, { metric }: Routing): Request<"SETTINGS"> {
  const { asn, maxPaths, decision } = router;
  return {
    localAs: asn,
    routerId: router.routerId,
    clusterId: 0,
    flags:
      (decision.alwaysCompareMed ? SettingFlag.ALWAYS_COMPARE_MED : 0) |
      (decision.deterministicMed ? SettingFlag.DETERMINISTIC_MED : 0) |
      (decision.compareRouterId ? SettingFlag.COMPARE_ROUTER_ID : 0) |
      (decision.ignoreAsPathLength ? SettingFlag.IGNORE_AS_PATH_LENGTH : 0) |
      (decision.medMissingAsWorst ? SettingFlag.MED_MISSING_AS_WORST : 0),
    maxPaths,
    metric: { "hop-count": Metric.HOPS, "link-cost": Metric.COST, latency: Metric.LATENCY }[metric],
    preferences: Uint8Array.from(Object.values(Protocol)),
  };
}

/** Their key is drawn from the seed, so that two targets find the same flows in the same places. */
function flows({ name, flows }: TestedRouter, seed: number): Request<"FLOWS"> {
  const key = keyOf(seed, "flows", name);
  return {
    flags: flows.byFlowLabel ? FlowFlag.FLOW_LABEL : 0,
    flowIdle: flows.pinnedIdle,
    bucketIdle: flows.bucketIdle,
    bucketDeadline: flows.bucketDeadline,
    key: Uint8Array.from({ length: 8 }, (_, index) => Math.floor(draw(key, index) * 256)),
  };
}

/** One for each link, and the clients' behind them. */
function* ports({ neighbors }: RouterPlan): Generator<Step> {
  for (let port = 0; port <= neighbors.length; port++) {
    const { ipv4, ipv6 } = linkAddress(port, "router");
    const mtu = neighbors[port]?.link.mtu ?? 1500;
    const address4 = ipv4.bytes.slice(0, 4);
    yield { name: "PORT", values: { port, up: 1, mtu, address4, address6: ipv6.bytes } };
  }
}

function* neighbors({ routing, sites, routers, transit }: Scenario, plan: RouterPlan): Generator<Step> {
  const nodes = [...routers, ...sites, ...transit];
  for (const [neighbor, { node, link }] of plan.neighbors.entries()) {
    const index = nodes.findIndex(({ name }) => name === node);
    yield {
      name: "NEIGHBOR",
      values: {
        neighbor,
        port: neighbor,
        up: 1,
        asn: nodes[index]!.asn,
        routerId: routers[index]?.routerId ?? routerId(index),
        address: linkAddress(neighbor, "neighbor").ipv4.bytes,
        cost: interiorCost(routing.protocol, routing.metric, link.cost, link.latency),
        latency: link.latency,
        holdTime: link.bfd ? 0 : plan.router.holdTime,
      },
    };
  }
}

function defineSpeaker({ name, keepAlive: interval }: TestedRouter, neighbor: number, seed: number): Step {
  const phase = Math.floor(draw(keyOf(seed, "keep-alive", name, neighbor)) * interval);
  return { name: "SPEAKER", values: { neighbor, interval, phase } };
}

function defineSession(
  { name }: TestedRouter,
  neighbor: number,
  { interval, multiplier }: Bfd,
  seed: number,
): Step {
  return {
    name: "BFD",
    values: {
      neighbor,
      flags: BfdFlag.SCRIPTED,
      multiplier,
      minTx: interval,
      minRx: interval,
      authentication: BfdAuthentication.NONE,
      keyId: 0,
      key: new Uint8Array(20),
      seed: Math.floor(draw(keyOf(seed, "bfd", name, neighbor)) * 2 ** 32),
      farMultiplier: multiplier,
      farMinTx: interval,
      farMinRx: interval,
    },
  };
}

function definePath(slot: number, path: PlannedPath): Step {
  const { neighbor, protocol, asPath, localPref, med, weight, hops, cost, latency } = path;
  const flags = (med === null ? 0 : PathFlag.MED) | (path.gracefulShutdown ? PathFlag.GRACEFUL_SHUTDOWN : 0);
  const attributes = { flags, origin: 0, weight, localPref, med: med ?? 0, hops, cost, latency };
  const values = { slot, neighbor, protocol, ...attributes, originatorId: 0, clusters: 0 };
  const segments = asPath.length > 0 ? [{ type: Segment.SEQUENCE, asns: [...asPath] }] : [];
  return { name: "PATH", values, tail: encodePathTail([], segments) };
}

function* routes({ prefixes }: Scenario, plan: RouterPlan, background: Background): Generator<Step> {
  for (const slot of plan.paths.keys()) {
    const initial = plan.initial.filter(route => route.slot === slot).map(({ prefix }) => prefix);
    yield { name: "ANNOUNCE", slot, batches: prefixBatches(initial) };
  }
  for (const neighbor of plan.neighbors.keys()) {
    const first = plan.initial.find(({ slot }) => plan.paths[slot]!.neighbor === neighbor);
    if (!first || prefixes.length === 0) continue;
    yield { name: "ANNOUNCE", slot: first.slot, batches: background.batches() };
  }
}

function defineStream(scenario: Scenario, plan: RouterPlan, number: number, stream: PlannedStream): Step {
  const { client, prefix, transport, start, interval, packets, sessionPackets, sourcePort } = stream;
  const index = scenario.clients.findIndex(({ name }) => name === client.name);
  return {
    name: "STREAM",
    values: {
      stream: number,
      port: plan.neighbors.length,
      family: prefix.family,
      transport: transport === "udp" ? Transport.UDP : Transport.TCP,
      source: clientAddress(index, prefix.family).bytes,
      destination: prefix.target.bytes,
      sourcePort,
      destinationPort: transport === "udp" ? PORT_UDP : PORT_TCP,
      start,
      interval,
      count: packets,
      sessionPackets,
    },
  };
}

function defineEvent({ time, kind, subject, argument, prefix }: PlannedEvent): Step {
  const about = prefix
    ? { family: prefix.family, length: prefix.length, address: prefix.bytes }
    : { family: 4, length: 0, address: NO_ADDRESS };
  return { name: "EVENT", values: { time, kind, subject, argument, ...about } };
}
