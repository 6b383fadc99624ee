/**
 * How long the core takes to repair and to select anew when a port goes down or a neighbor dies, by the size of its
 * table: the claim of docs/design.md is that it does not depend on it. Wall time of the machine that runs this, taken
 * inside the core.
 */
import { record } from "../../host/protocol/messages.js";
import { rowBatches } from "../../host/protocol/prefixes.js";
import { noRoom } from "../../host/protocol/room.js";
import { EventKind, PathFlag, Protocol, RecordKind } from "../../host/protocol/words.js";
import { Router, still } from "../../host/router/router.js";
import type { PrefixTable, Routes } from "../../host/tables/routes.js";
import { type Summary, summaryOf } from "./summary.js";

/** Nanoseconds from the cause until it was dealt with. */
export interface Reaction {
  /** Until every group is repaired. */
  repair: Summary;
  /** Until every route set is selected anew. */
  reselect: Summary;
}

export interface FailoverFigures {
  prefixes: number;
  /** Distinct route sets: what a failover touches. */
  sets: number;
  portDown: Reaction;
  /** The hold timer of a silent neighbor has run out. */
  neighborDeath: Reaction;
}

/** Paths that differ in MED, so that the table has this many route sets. */
const VARIANTS = 64;
const PORTS = 2;
const REPEATS = 200;

/** Virtual microseconds between two events, of a keep-alive, and of silence that counts as death. */
const STEP = 1000;
const KEEP_ALIVE = 50;
const HOLD_TIME = 100;

/** Nanoseconds, modulo 2^32. */
function ticks(): number {
  return Math.round(performance.now() * 1e6) % 2 ** 32;
}

/** The first `limit` prefixes of a table, IPv4 first: how many of each family. */
function shares({ ipv4, ipv6 }: PrefixTable, limit: number): [Routes, number][] {
  const prefixes4 = Math.min(ipv4.count, limit);
  return [
    [ipv4, prefixes4],
    [ipv6, Math.min(ipv6.count, limit - prefixes4)],
  ];
}

/**
 * Two neighbors announce the first `limit` prefixes; the better one's port
 * goes down and up again `REPEATS` times, then it falls silent and speaks again as often.
 */
export async function failoverBench(
  table: PrefixTable,
  limit: number,
  onProgress: (share: number) => void = () => {},
): Promise<FailoverFigures> {
  const router = await Router.load("host", { ...still, ticks, tickRate: 1e9 });
  const parts = shares(table, limit);
  const [prefixes4, prefixes6] = parts.map(([, count]) => count) as [number, number];
  const prefixes = prefixes4 + prefixes6;
  router.call("CONFIGURE", {
    ...noRoom,
    ports: PORTS,
    neighbors: PORTS,
    paths: PORTS * VARIANTS,
    sets: 4 * VARIANTS,
    pathsPerSet: 4,
    buckets: 64,
    prefixes4,
    prefixes6,
    events: 4 * REPEATS,
    records: 16 * REPEATS,
  });
  const nowhere = new Uint8Array(16);
  for (let n = 0; n < PORTS; n++) {
    router.call("PORT", { port: n, up: 1, mtu: 1500, address4: new Uint8Array(4), address6: nowhere });
    router.call("NEIGHBOR", {
      neighbor: n,
      port: n,
      up: 1,
      asn: 64500 + n,
      routerId: n + 1,
      address: nowhere,
      cost: 10 * (n + 1),
      latency: 0,
      holdTime: HOLD_TIME,
    });
    router.call("SPEAKER", { neighbor: n, interval: KEEP_ALIVE, phase: 0 });
    for (let variant = 0; variant < VARIANTS; variant++) definePath(router, n, variant);
  }
  let done = 0;
  for (let n = 0; n < PORTS; n++) {
    let batchNumber = 0;
    for (const [routes, size] of parts) {
      for (const { family, count, tail } of rowBatches(
        routes,
        Array.from({ length: size }, (_, row) => row),
      )) {
        router.call("ANNOUNCE", { slot: n * VARIANTS + (batchNumber++ % VARIANTS), family }, tail);
        done += count;
        onProgress(done / prefixes / PORTS);
      }
    }
  }
  return { prefixes, ...measure(router) };
}

function definePath(router: Router, neighbor: number, variant: number): void {
  router.call("PATH", {
    slot: neighbor * VARIANTS + variant,
    neighbor,
    protocol: Protocol.EBGP,
    flags: PathFlag.MED,
    origin: 0,
    weight: 1,
    localPref: 100,
    med: variant,
    hops: 0,
    cost: 0,
    latency: 0,
    originatorId: 0,
    clusters: 0,
  });
}

const CYCLES = [
  [EventKind.PORT_DOWN, EventKind.PORT_UP],
  [EventKind.SILENCE, EventKind.SPEAK],
] as const;

function measure(router: Router): Omit<FailoverFigures, "prefixes"> {
  let time = 0;
  for (const [down, up] of CYCLES) {
    for (let i = 0; i < 2 * REPEATS; i++) {
      time += STEP;
      const nowhere = { argument: 0, family: 4, length: 0, address: new Uint8Array(16) };
      router.call("EVENT", { time, kind: i % 2 === 0 ? down : up, subject: 0, ...nowhere });
    }
  }
  const duration = time + STEP;
  router.call("RUN", { duration });
  router.exports.advance(BigInt(duration));
  const portDown = { repair: [] as number[], reselect: [] as number[] };
  const neighborDeath = { repair: [] as number[], reselect: [] as number[] };
  let cause: typeof portDown | null = null;
  let sets = 0;
  for (const { kind, value, subject, count } of readRecords(router)) {
    if (kind === RecordKind.EVENT) cause = subject < 2 * REPEATS && subject % 2 === 0 ? portDown : null;
    if (kind === RecordKind.NEIGHBOR) cause = value === 0 ? neighborDeath : null;
    if (kind === RecordKind.REPAIR) cause?.repair.push(count);
    if (kind === RecordKind.RESELECT) {
      cause?.reselect.push(count);
      sets = Math.max(sets, subject);
    }
  }
  return { sets, portDown: reaction(portDown), neighborDeath: reaction(neighborDeath) };
}

function reaction({ repair, reselect }: { repair: number[]; reselect: number[] }): Reaction {
  return { repair: summaryOf(repair), reselect: summaryOf(reselect) };
}

function* readRecords(router: Router) {
  for (let first = 0; ; ) {
    const { count, tail } = router.call("RECORDS", { first });
    if (count === 0) return;
    for (let i = 0; i < count; i++) yield record.decode(tail.subarray(i * record.size));
    first += count;
  }
}
