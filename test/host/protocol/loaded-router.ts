/** A router in this process that can be reset, and a load of some hundred prefixes whose outcome can be compared. */
import { readFile } from "node:fs/promises";
import type { Client } from "../../../host/protocol/client.js";
import type { Answer, MessageName, Request } from "../../../host/protocol/messages.js";
import { type PrefixBatch, rowBatches } from "../../../host/protocol/prefixes.js";
import { Metric, Protocol, SettingFlag } from "../../../host/protocol/words.js";
import { modulePath, type Profile, Router, still } from "../../../host/router/router.js";
import { fromWords } from "../../../host/tables/address.js";
import type { Routes } from "../../../host/tables/routes.js";
import { synthesize } from "../../../host/tables/synth.js";
import { InProcess } from "../../../host/transport/in-process.js";

/** Device time between two heartbeats, milliseconds. */
const BEAT = 250;

/** A board on a virtual clock: time passes on it while timers do. */
export class Board {
  readonly line = new InProcess();
  readonly #clock: NodeJS.Timeout;
  #uptime = 0;

  private constructor(
    router: Router,
    /** What boots next. */
    private spare: Router,
  ) {
    this.line.router = router;
    this.#clock = setInterval(() => {
      this.#uptime += BEAT;
      this.router.exports.advance(BigInt(this.#uptime * 1000));
    }, BEAT);
  }

  static async start(profile: Profile): Promise<Board> {
    const binary = await readFile(modulePath(profile));
    const boot = () => Router.of(binary, { ...still, send: bytes => board.line.send(bytes) });
    const board: Board = new Board(await boot(), await boot());
    return board;
  }

  get router(): Router {
    return this.line.router!;
  }

  /** Asks the router straight, whatever becomes of the line. */
  readonly ask: Ask = (name, values) => this.router.call(name, values);

  /** Boots anew, once. */
  reset(): void {
    this.line.router = this.spare;
    this.#uptime = 0;
  }

  stop(): void {
    clearInterval(this.#clock);
  }
}

const NEIGHBORS = 3;
/** Path slots of a prefix, by the remainder of its row. */
const PATH_CHOICES = [[0], [1, 2], [3], [0, 2, 4], [1], [5, 3, 1]];
const PATHS = 6;

const table = synthesize({ prefixes4: 250, prefixes6: 50, seed: 4 });
const families = [table.ipv4, table.ipv6];

function rowsOf(routes: Routes, chosen: (row: number) => boolean): number[] {
  return Array.from({ length: routes.count }, (_, row) => row).filter(chosen);
}

/** Loads the table, then takes some of it back. */
export async function load(client: Client): Promise<void> {
  await client.hello();
  await client.request("CONFIGURE", {
    ports: NEIGHBORS,
    neighbors: NEIGHBORS,
    paths: PATHS,
    sets: 40,
    pathsPerSet: NEIGHBORS,
    buckets: 16,
    bucketAges: 0,
    distances: 0,
    flows: 0,
    prefixes4: 1000,
    prefixes6: 500,
    streams: 0,
    events: 0,
    records: 0,
    bfdSessions: 0,
    reversion: 0,
    histories: 0,
  });
  await client.request("SETTINGS", {
    localAs: 64496,
    routerId: 1,
    clusterId: 1,
    flags: SettingFlag.COMPARE_ROUTER_ID,
    maxPaths: 2,
    metric: Metric.COST,
    preferences: Uint8Array.of(0, 1, 20, 110, 200),
  });
  for (let n = 0; n < NEIGHBORS; n++) await addNeighbor(client, n);
  for (let slot = 0; slot < PATHS; slot++) await addPath(client, slot);
  for (const routes of families) {
    for (let slot = 0; slot < PATHS; slot++) {
      const rows = rowsOf(routes, row => PATH_CHOICES[row % PATH_CHOICES.length]!.includes(slot));
      await client.requestEach("ANNOUNCE", announcements(slot, rowBatches(routes, rows)));
    }
    for (const { family, tail } of rowBatches(
      routes,
      rowsOf(routes, row => row % 5 === 0),
    )) {
      await client.request("WITHDRAW", { neighbor: 0, family }, tail);
    }
  }
}

function* announcements(slot: number, batches: Iterable<PrefixBatch>) {
  for (const { family, tail } of batches) yield { values: { slot, family }, tail };
}

async function addNeighbor(client: Client, n: number): Promise<void> {
  const address = new Uint8Array(16);
  address.set([192, 0, 2, n]);
  const address6 = Uint8Array.of(0x20, 0x01, 0x0d, 0xb8, ...new Uint8Array(11), n);
  await client.request("PORT", {
    port: n,
    up: 1,
    mtu: 1500,
    address4: Uint8Array.of(192, 0, 2, 100 + n),
    address6,
  });
  const link = { cost: 1 + (n >> 1), latency: 0, holdTime: 0 };
  await client.request("NEIGHBOR", {
    neighbor: n,
    port: n,
    up: 1,
    asn: 64500 + n,
    routerId: 1 + n,
    address,
    ...link,
  });
}

async function addPath(client: Client, slot: number): Promise<void> {
  await client.request("PATH", {
    slot,
    neighbor: slot % NEIGHBORS,
    protocol: Protocol.EBGP,
    flags: 0,
    origin: 0,
    weight: 1,
    localPref: 100 + (slot >> 2),
    med: slot,
    hops: 0,
    cost: 0,
    latency: 0,
    originatorId: 0,
    clusters: 0,
  });
}

/** A question to a router: over a line, or as a call. */
export type Ask = <M extends MessageName>(name: M, values: Request<M>) => Answer<M> | Promise<Answer<M>>;

/** All that a router can be asked about what it knows. */
export async function stateOf(ask: Ask): Promise<unknown[]> {
  const state: unknown[] = [await ask("STATE", {}), await ask("COUNTERS", {})];
  for (const { family, count, words, lengths, width } of families) {
    for (let row = 0; row < count; row++) {
      const address = new Uint8Array(16);
      address.set(fromWords(family, words.subarray(row * width, (row + 1) * width)).bytes);
      const route = async () => ask("ROUTE", { family, length: lengths[row]!, address });
      state.push(await route().catch(({ message }) => message));
      state.push(await ask("LOOKUP", { family, address }));
    }
  }
  return state;
}
