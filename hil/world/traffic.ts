/**
 * The streams of a run. Packet n of a stream enters the router at `start + n * interval`; the start lies at a seeded phase of the
 * interval, so that repeats sample different instants.
 *
 * A client with sessions has so many streams to each prefix, each carrying one session after the other. Their starts are spread
 * over the length of a session, so that there are always old and young ones. Queries that make several flows are so many
 * streams, too, which ask in turn.
 */
import type { Client, NamedPrefix, Scenario } from "../scenario/scenario.js";
import { draw, keyOf } from "./random.js";

export interface PlannedStream {
  client: Client;
  prefix: NamedPrefix;
  transport: "udp" | "tcp";
  start: number;
  interval: number;
  packets: number;
  /** 0: one session throughout. */
  sessionPackets: number;
  sourcePort: number;
  /** What an overload sends: it counts in the load of sites, and is not observed itself. */
  load: boolean;
  /** For draws about its packets. */
  key: number;
}

const FIRST_PORT = 1024;
const PORTS = 65536 - FIRST_PORT;

/** The streams that enter at `router`. */
export function streamsOf(scenario: Scenario, router: string, seed: number): PlannedStream[] {
  const clients = scenario.clients.filter(client => client.router === router);
  return clients.flatMap(client => {
    const all = [...ownStreams(scenario, client, seed), ...overloads(scenario, client, seed)];
    const streams = all.filter(({ packets }) => packets > 0);
    // Streams of one client differ in their source ports, also once sessions have moved on.
    const share = Math.floor(PORTS / streams.length);
    return streams.map((stream, index) => ({ ...stream, sourcePort: FIRST_PORT + index * share }));
  });
}

type Portless = Omit<PlannedStream, "sourcePort">;

function ownStreams(scenario: Scenario, client: Client, seed: number): Portless[] {
  return client.prefixes.flatMap(text => {
    const prefix = scenario.prefixes.find(other => other.text === text)!;
    const udp = client.queries > 0 ? udpStreams(scenario, client, prefix, seed) : [];
    const concurrent = client.sessions?.concurrent ?? 0;
    const tcp = Array.from({ length: concurrent }, (_, n) => tcpStream(scenario, client, prefix, n, seed));
    return [...udp, ...tcp];
  });
}

function udpStreams({ duration }: Scenario, client: Client, prefix: NamedPrefix, seed: number): Portless[] {
  const key = keyOf(seed, "udp", client.name, prefix.text);
  return queryStreams(client, prefix, key, { from: 0, to: duration, queries: client.queries }, false);
}

function tcpStream(
  { duration }: Scenario,
  client: Client,
  prefix: NamedPrefix,
  index: number,
  seed: number,
): Portless {
  const { length, packetEvery: interval, concurrent } = client.sessions!;
  const key = keyOf(seed, "tcp", client.name, prefix.text, index);
  const start = phase(key, interval) + Math.floor((index * length) / concurrent);
  const timing = {
    start,
    interval,
    packets: packetsUntil(duration, start, interval),
    sessionPackets: Math.round(length / interval),
  };
  return { client, prefix, transport: "tcp", ...timing, load: false, key };
}

function overloads(scenario: Scenario, client: Client, seed: number): Portless[] {
  return scenario.events.flatMap(({ id, time, change }) => {
    if (change.kind !== "overload" || !change.clients.includes(client.name)) return [];
    const load = { from: time, to: change.until, queries: change.queries };
    return client.prefixes.flatMap(text => {
      const prefix = scenario.prefixes.find(other => other.text === text)!;
      return queryStreams(client, prefix, keyOf(seed, "load", client.name, text, id), load, true);
    });
  });
}

/** The client's flows, which share its queries evenly. */
function queryStreams(
  client: Client,
  prefix: NamedPrefix,
  key: number,
  { from, to, queries }: { from: number; to: number; queries: number },
  load: boolean,
): Portless[] {
  const { flows } = client;
  const interval = intervalOf(queries / flows);
  const first = from + phase(key, intervalOf(queries));
  return Array.from({ length: flows }, (_, n) => {
    const start = first + Math.floor((n * interval) / flows);
    return {
      client,
      prefix,
      transport: "udp",
      start,
      interval,
      packets: packetsUntil(to, start, interval),
      sessionPackets: 0,
      load,
      key: flows === 1 ? key : keyOf(key, n),
    };
  });
}

function intervalOf(queries: number): number {
  return Math.max(1, Math.round(1e6 / queries));
}

function phase(key: number, interval: number): number {
  return Math.floor(draw(keyOf(key, "phase")) * interval);
}

/** Packets sent before `end`. */
function packetsUntil(end: number, start: number, interval: number): number {
  return Math.max(0, Math.ceil((end - start) / interval));
}
