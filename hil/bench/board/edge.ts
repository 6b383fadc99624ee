/** The router that is measured: an edge with eight neighbors behind four ports, and a synthetic table that grows. */
import type { Client } from "../../../host/protocol/client.js";
import { type PrefixBatch, rowBatches } from "../../../host/protocol/prefixes.js";
import { Refused } from "../../../host/protocol/refused.js";
import { noRoom, roomFor } from "../../../host/protocol/room.js";
import { Metric, Protocol, SettingFlag, Status } from "../../../host/protocol/words.js";
import type { Family } from "../../../host/tables/address.js";
import { Random } from "../../../host/tables/random.js";
import { Routes } from "../../../host/tables/routes.js";
import { synthesize } from "../../../host/tables/synth.js";

export const NEIGHBORS = 8;
const PORTS = 4;

/** `count` prefixes with the shape of the internet's, in any order: each beginning of it is a sample of the whole. */
export function shuffledTable(family: Family, count: number, seed: number): Routes {
  const { ipv4, ipv6 } = synthesize({
    prefixes4: family === 4 ? count : 0,
    prefixes6: family === 6 ? count : 0,
    seed,
  });
  const ordered = family === 4 ? ipv4 : ipv6;
  const random = new Random(seed);
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  for (let i = count - 1; i > 0; i--) {
    const other = random.below(i + 1);
    const row = rows[i]!;
    rows[i] = rows[other]!;
    rows[other] = row;
  }
  return pick(ordered, rows);
}

/** The first `count` of a table. */
export function firstOf(routes: Routes, count: number): Routes {
  return pick(
    routes,
    Uint32Array.from({ length: count }, (_, row) => row),
  );
}

/** A table of one IPv4 prefix. */
export function routeOf(address: number, length: number): Routes {
  const routes = new Routes(4, 1);
  routes.add(Uint32Array.of(address), length, 0);
  return routes;
}

function pick(routes: Routes, rows: Uint32Array): Routes {
  const picked = new Routes(routes.family, rows.length);
  const words = new Uint32Array(4);
  for (const row of rows) {
    routes.read(row, words);
    picked.add(words, routes.lengths[row]!, 0);
  }
  return picked;
}

/** Sets the router up with room for the first `prefixes` of a table, and for `flows`; false where the board has not so much memory. */
export async function configure(
  client: Client,
  routes: Routes,
  prefixes: number,
  flows = 0,
): Promise<boolean> {
  const room = roomFor(routes.family, routes.lengths.subarray(0, prefixes));
  try {
    await client.request("CONFIGURE", {
      ...noRoom,
      ports: PORTS,
      neighbors: NEIGHBORS,
      paths: NEIGHBORS,
      sets: 4 * NEIGHBORS,
      pathsPerSet: NEIGHBORS,
      buckets: 16,
      flows,
      prefixes4: routes.family === 4 ? room : 0,
      prefixes6: routes.family === 6 ? room : 0,
    });
  } catch (error) {
    if (error instanceof Refused && error.status === Status.CAPACITY) return false;
    throw error;
  }
  await setUp(client);
  return true;
}

/** Paths that only the last steps of the decision tell apart. */
async function setUp(client: Client): Promise<void> {
  await client.request("SETTINGS", {
    localAs: 64496,
    routerId: 1,
    clusterId: 0,
    flags: SettingFlag.DETERMINISTIC_MED | SettingFlag.COMPARE_ROUTER_ID,
    maxPaths: 1,
    metric: Metric.COST,
    preferences: Uint8Array.from(Object.values(Protocol)),
  });
  for (let port = 0; port < PORTS; port++) {
    const address6 = Uint8Array.of(0x20, 0x01, 0x0d, 0xb8, ...new Uint8Array(11), 1 + port);
    await client.request("PORT", { port, up: 1, mtu: 1500, address4: link(1 + port), address6 });
  }
  for (let neighbor = 0; neighbor < NEIGHBORS; neighbor++) {
    const address = new Uint8Array(16);
    address.set(link(101 + neighbor));
    await client.request("NEIGHBOR", {
      neighbor,
      port: neighbor % PORTS,
      up: 1,
      asn: 64500 + neighbor,
      routerId: 1 + neighbor,
      address,
      cost: 10,
      latency: 0,
      holdTime: 0,
    });
    const ranks = { localPref: 100, origin: 0, med: 0, weight: 1, hops: 0, cost: 0, latency: 0 };
    const kind = { protocol: Protocol.EBGP, flags: 0, originatorId: 0, clusters: 0 };
    await client.request("PATH", { slot: neighbor, neighbor, ...kind, ...ranks });
  }
}

function link(host: number): Uint8Array {
  return Uint8Array.of(192, 0, 2, host);
}

/**
 * Announces the rows from `first` up to `end`, neighbor by neighbor in turns. In the order of addresses, as a table that is
 * sorted in memory has the least to move then.
 */
export async function announce(client: Client, routes: Routes, first: number, end: number): Promise<void> {
  const rows = routes.ascending().filter(row => row >= first && row < end);
  await client.requestEach("ANNOUNCE", inTurns(rowBatches(routes, rows)));
}

function* inTurns(batches: Iterable<PrefixBatch>) {
  let turn = 0;
  for (const { family, tail } of batches) yield { values: { slot: turn++ % NEIGHBORS, family }, tail };
}

/** Announces a table's only prefix by the first `neighbors` neighbors. */
export async function announceByMany(client: Client, routes: Routes, neighbors: number): Promise<void> {
  const [{ family, tail }] = [...rowBatches(routes, [0])] as [PrefixBatch];
  for (let slot = 0; slot < neighbors; slot++) await client.request("ANNOUNCE", { slot, family }, tail);
}
