/**
 * The router whose reactions are timed: two neighbors behind a port each give it all prefixes, all alike, so that its whole
 * table has one route set and one next-hop group. Neighbor 0 is the nearer one.
 */
import type { Client } from "../../../host/protocol/client.js";
import { type PrefixBatch, rowBatches } from "../../../host/protocol/prefixes.js";
import { Refused } from "../../../host/protocol/refused.js";
import { noRoom, roomFor } from "../../../host/protocol/room.js";
import {
  BfdAuthentication,
  BfdFlag,
  Metric,
  Protocol,
  SettingFlag,
  Status,
} from "../../../host/protocol/words.js";
import type { Routes } from "../../../host/tables/routes.js";
import type { Target } from "../../../host/target/target.js";
import { routeOf } from "../board/edge.js";
import type { Entry } from "./reactions.js";

/** 198.51.100.0/24: the packets go there, and its routes come and go. */
export const watched = routeOf(0xc6336400, 24);

export const NEIGHBORS = [0, 1] as const;

/** Slots of paths: the nearer neighbor's, the other's, and one of the other's that is better than both. */
export const Slot = { NEARER: 0, OTHER: 1, BETTER: 2 } as const;

/** Costs of the links. */
export const COSTS = [10, 20] as const;

/** Where the packets come from. */
export const CLIENTS = 2;

const BFD = { interval: 10_000, multiplier: 3 };
const BUCKETS = 16;

const nowhere = new Uint8Array(16);

/** Sets the router up, with as many prefixes as `routes` has and the watched one; false where it has not so much memory. */
export async function setUp(
  target: Target,
  routes: Routes,
  timeline: readonly Entry[],
  records: number,
  onAnnounced: (share: number) => void,
): Promise<boolean> {
  const { client } = target;
  const room = roomFor(routes.family, routes.lengths.subarray(0, routes.count)) + 1;
  try {
    await client.request("CONFIGURE", {
      ...noRoom,
      ports: 3,
      neighbors: 2,
      paths: 3,
      sets: 8,
      pathsPerSet: 2,
      buckets: BUCKETS,
      prefixes4: room,
      events: timeline.length,
      records,
      bfdSessions: 2,
    });
  } catch (error) {
    if (error instanceof Refused && error.status === Status.CAPACITY) return false;
    throw error;
  }
  await setUpLinks(target);
  await setUpPaths(target);
  const batches = [...rowBatches(watched, [0]), ...rowBatches(routes, routes.ascending())];
  await announce(target, batches, onAnnounced);
  for (const entry of timeline) await client.request("EVENT", entry);
  return true;
}

async function setUpLinks({ client }: Target): Promise<void> {
  await client.request("SETTINGS", {
    localAs: 64496,
    routerId: 1,
    clusterId: 0,
    flags: SettingFlag.DETERMINISTIC_MED | SettingFlag.COMPARE_ROUTER_ID,
    maxPaths: 1,
    metric: Metric.COST,
    preferences: Uint8Array.from(Object.values(Protocol)),
  });
  for (const port of [...NEIGHBORS, CLIENTS]) await setPort(client, port, true);
  for (const neighbor of NEIGHBORS) {
    await client.request("NEIGHBOR", {
      neighbor,
      port: neighbor,
      up: 1,
      asn: 64500 + neighbor,
      routerId: 1 + neighbor,
      address: Uint8Array.of(192, 0, 2, 101 + neighbor, ...new Uint8Array(12)),
      cost: COSTS[neighbor],
      latency: 0,
      holdTime: 0,
    });
  }
  await client.request("BFD", {
    neighbor: 0,
    flags: BfdFlag.SCRIPTED,
    multiplier: BFD.multiplier,
    minTx: BFD.interval,
    minRx: BFD.interval,
    authentication: BfdAuthentication.NONE,
    keyId: 0,
    key: new Uint8Array(20),
    seed: 1,
    farMultiplier: BFD.multiplier,
    farMinTx: BFD.interval,
    farMinRx: BFD.interval,
  });
}

export async function setPort(client: Client, port: number, up: boolean): Promise<void> {
  const address4 = Uint8Array.of(192, 0, 2, 1 + port);
  await client.request("PORT", { port, up: up ? 1 : 0, mtu: 1500, address4, address6: nowhere });
}

async function setUpPaths({ client }: Target): Promise<void> {
  const kind = { protocol: Protocol.EBGP, flags: 0, originatorId: 0, clusters: 0 };
  const ranks = { origin: 0, med: 0, weight: 0, hops: 0, cost: 0, latency: 0 };
  const define = (slot: number, neighbor: number, localPref: number) =>
    client.request("PATH", { slot, neighbor, ...kind, ...ranks, localPref });
  await define(Slot.NEARER, 0, 100);
  await define(Slot.OTHER, 1, 100);
  await define(Slot.BETTER, 1, 200);
}

async function announce(
  { client }: Target,
  batches: readonly PrefixBatch[],
  onAnnounced: (share: number) => void,
): Promise<void> {
  let announced = 0;
  function* requests() {
    for (const slot of [Slot.NEARER, Slot.OTHER]) {
      for (const { family, tail } of batches) {
        yield { values: { slot, family }, tail };
        onAnnounced(++announced / (2 * batches.length));
      }
    }
  }
  await client.requestEach("ANNOUNCE", requests());
}
