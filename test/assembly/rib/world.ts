/** A router with neighbors and paths, for tests of selection. What a test does not say has a usual value. */
import { type Answer, NONE, type Request } from "../../../host/protocol/messages.js";
import { prefixBatches } from "../../../host/protocol/prefixes.js";
import { Refused } from "../../../host/protocol/refused.js";
import {
  Metric,
  Origin,
  PathFlag,
  Protection,
  Protocol,
  Segment,
  SettingFlag,
  Status,
  Step,
} from "../../../host/protocol/words.js";
import { type Profile, Router } from "../../../host/router/router.js";
import { parseAddress, parsePrefix, toHalves, toNumber } from "../../../host/tables/address.js";
import { encodePathTail } from "../../../host/tables/to-path.js";
import { off, type Rules } from "../reversion/model.js";

export interface Settings {
  localAs: number;
  routerId: number;
  clusterId: number;
  alwaysCompareMed: boolean;
  deterministicMed: boolean;
  compareRouterId: boolean;
  ignoreAsPathLength: boolean;
  medMissingAsWorst: boolean;
  maxPaths: number;
  metric: Metric;
  /** In the order of `Protocol`. */
  preferences: number[];
}

export interface NeighborState {
  port: number;
  up: boolean;
  routerId: number;
  address: string;
  cost: number;
  latency: number;
}

export interface AsSegment {
  type: Segment;
  asns: number[];
}

export interface PathState {
  neighbor: number;
  protocol: Protocol;
  localPref: number;
  asPath: AsSegment[];
  origin: Origin;
  /** Null: absent. */
  med: number | null;
  weight: number;
  hops: number;
  cost: number;
  latency: number;
  originatorId: number | null;
  clusters: number[];
  gracefulShutdown: boolean;
  stale: boolean;
  resolves: boolean;
}

export const LOCAL_AS = 64500;
export const ROUTER_ID = 0x01010101;

export const usualSettings: Settings = {
  localAs: LOCAL_AS,
  routerId: ROUTER_ID,
  clusterId: 0,
  alwaysCompareMed: false,
  deterministicMed: true,
  compareRouterId: true,
  ignoreAsPathLength: false,
  medMissingAsWorst: false,
  maxPaths: 1,
  metric: Metric.COST,
  preferences: [0, 1, 20, 110, 200],
};

export function usualNeighbor(number: number): NeighborState {
  return {
    port: 0,
    up: true,
    routerId: 0xc0000201 + number,
    address: `192.0.2.${number + 1}`,
    cost: 10,
    latency: 1000,
  };
}

export function usualPath(neighbor: number): PathState {
  return {
    neighbor,
    protocol: Protocol.EBGP,
    localPref: 100,
    asPath: [{ type: Segment.SEQUENCE, asns: [64496] }],
    origin: Origin.IGP,
    med: null,
    weight: 1,
    hops: 0,
    cost: 0,
    latency: 0,
    originatorId: null,
    clusters: [],
    gracefulShutdown: false,
    stale: false,
    resolves: true,
  };
}

export const usualCapacities = {
  ports: 4,
  neighbors: 8,
  paths: 64,
  sets: 64,
  pathsPerSet: 8,
  buckets: 16,
  bucketAges: 0,
  distances: 0,
  flows: 0,
  prefixes4: 64,
  prefixes6: 16,
  streams: 0,
  events: 0,
  records: 0,
  bfdSessions: 0,
  reversion: 0,
  histories: 0,
};

export const PREFIX = "198.51.100.0/24";

const stepNames = new Map<number, keyof typeof Step>(
  Object.entries(Step).map(([name, step]) => [step, name as keyof typeof Step]),
);

/** How a prefix is routed; numbers are neighbors. */
export interface Route {
  step: keyof typeof Step;
  best: number | null;
  backup: number | null;
  /** What the backup protects from. */
  protection: (keyof typeof Protection)[];
  /** Weight by neighbor. */
  members: Record<number, number>;
  paths: number;
}

export class World {
  private constructor(readonly router: Router) {}

  /** One that is there, as it stands. */
  static of(router: Router): World {
    return new World(router);
  }

  /** A router whose ports are all up. */
  static async start(
    settings: Partial<Settings> = {},
    capacities: Partial<typeof usualCapacities> = {},
    profile: Profile = "host",
  ): Promise<World> {
    const world = new World(await Router.load(profile));
    world.restart(settings, capacities);
    return world;
  }

  /** Forgets everything. */
  restart(settings: Partial<Settings> = {}, capacities: Partial<typeof usualCapacities> = {}): void {
    const all = { ...usualCapacities, ...capacities };
    this.router.call("CONFIGURE", all);
    this.settings(settings);
    for (let port = 0; port < all.ports; port++) this.port(port, true);
  }

  settings(changes: Partial<Settings>): void {
    const all = { ...usualSettings, ...changes };
    const { localAs, routerId, clusterId, maxPaths, metric } = all;
    const flags =
      (all.alwaysCompareMed ? SettingFlag.ALWAYS_COMPARE_MED : 0) |
      (all.deterministicMed ? SettingFlag.DETERMINISTIC_MED : 0) |
      (all.compareRouterId ? SettingFlag.COMPARE_ROUTER_ID : 0) |
      (all.ignoreAsPathLength ? SettingFlag.IGNORE_AS_PATH_LENGTH : 0) |
      (all.medMissingAsWorst ? SettingFlag.MED_MISSING_AS_WORST : 0);
    const preferences = Uint8Array.from(all.preferences);
    this.router.call("SETTINGS", { localAs, routerId, clusterId, flags, maxPaths, metric, preferences });
  }

  port(port: number, up: boolean): void {
    const values = { mtu: 1500, address4: new Uint8Array(4), address6: new Uint8Array(16) };
    this.router.call("PORT", { port, up: up ? 1 : 0, ...values });
  }

  neighbor(number: number, changes: Partial<NeighborState> = {}): void {
    const { port, up, routerId, address, cost, latency } = { ...usualNeighbor(number), ...changes };
    this.router.call("NEIGHBOR", {
      neighbor: number,
      port,
      up: up ? 1 : 0,
      asn: 64496,
      routerId,
      address: parseAddress(address).bytes,
      cost,
      latency,
      holdTime: 0,
    });
  }

  /** What is left out is off. */
  reversion(neighbor: number, rules: Partial<Rules>, flags = 0): void {
    this.router.call("REVERSION", { ...off, neighbor, flags, ...rules });
  }

  /** Lets device time pass up to `time`, in microseconds. */
  passTo(time: number): void {
    this.router.exports.advance(BigInt(time));
  }

  /** With `to` the same as `from`: back to the router. */
  distance(from: number, to: number, distance: number): void {
    this.router.call("DISTANCE", { from, to, distance });
  }

  path(slot: number, path: Partial<PathState> & { neighbor: number }): void {
    const { values, tail } = pathMessage(slot, { ...usualPath(path.neighbor), ...path });
    this.router.call("PATH", values, tail);
  }

  announce(slot: number, ...prefixes: string[]): void {
    for (const { family, tail } of batchesOf(prefixes)) this.router.call("ANNOUNCE", { slot, family }, tail);
  }

  /** How many routes it removed. */
  withdraw(neighbor: number, ...prefixes: string[]): number {
    let removed = 0;
    for (const { family, tail } of batchesOf(prefixes)) {
      removed += this.router.call("WITHDRAW", { neighbor, family }, tail).removed;
    }
    return removed;
  }

  /** Neighbors 0, 1, ... each announce `PREFIX` with one of `paths`, in this order. */
  offer(...paths: Partial<PathState>[]): void {
    paths.forEach((path, neighbor) => {
      this.neighbor(neighbor);
      this.path(neighbor, { neighbor, ...path });
      this.announce(neighbor, PREFIX);
    });
  }

  /** Null where the RIB has nothing for exactly this prefix. */
  route(prefix = PREFIX): Route | null {
    const { family, length, bytes } = parsePrefix(prefix);
    let answer: Answer<"ROUTE">;
    try {
      answer = this.router.call("ROUTE", { family, length, address: bytes });
    } catch (error) {
      if (error instanceof Refused && error.status === Status.NOT_FOUND) return null;
      throw error;
    }
    const { step, best, backup, protection, tail, members, paths } = answer;
    const numberOrNull = (neighbor: number) => (neighbor === NONE ? null : neighbor);
    return {
      step: stepNames.get(step)!,
      best: numberOrNull(best),
      backup: numberOrNull(backup),
      protection: protectionNames(protection),
      members: Object.fromEntries(
        Array.from({ length: members }, (_, i) => [tail[2 * i], tail[2 * i + 1]] as const),
      ),
      paths,
    };
  }

  /** The neighbor that a packet without flow leaves by, or null. */
  egress(address: string): number | null {
    const { family, bytes } = parseAddress(address);
    const { neighbor } = this.router.call("LOOKUP", { family, address: bytes });
    return neighbor === NONE ? null : neighbor;
  }

  /** Number of the route set that the FIB gives for an address. */
  leaf(address: string): number {
    const parsed = parseAddress(address);
    const { exports } = this.router;
    if (parsed.family === 4) return exports.lookup4(toNumber(parsed));
    const { high, low } = toHalves(parsed);
    return exports.lookup6(high, low);
  }

  state(): Answer<"STATE"> {
    return this.router.call("STATE", {});
  }
}

export function protectionNames(bits: number): (keyof typeof Protection)[] {
  const names = Object.keys(Protection) as (keyof typeof Protection)[];
  return names.filter(name => (bits & Protection[name]) !== 0);
}

export function pathMessage(slot: number, path: PathState): { values: Request<"PATH">; tail: Uint8Array } {
  const { neighbor, protocol, localPref, med, origin, weight, hops, cost, latency, originatorId } = path;
  const flags =
    (med === null ? 0 : PathFlag.MED) |
    (path.gracefulShutdown ? PathFlag.GRACEFUL_SHUTDOWN : 0) |
    (path.stale ? PathFlag.LLGR_STALE : 0) |
    (path.resolves ? 0 : PathFlag.UNRESOLVED) |
    (originatorId === null ? 0 : PathFlag.ORIGINATOR);
  return {
    values: {
      slot,
      neighbor,
      protocol,
      flags,
      origin,
      weight,
      localPref,
      med: med ?? 0,
      hops,
      cost,
      latency,
      originatorId: originatorId ?? 0,
      clusters: path.clusters.length,
    },
    tail: encodePathTail(path.clusters, path.asPath),
  };
}

export function batchesOf(prefixes: string[]) {
  return [...prefixBatches(prefixes.map(parsePrefix))];
}

/** The status with which the router refuses what `act` does; "OK" if it does not. */
export function refusal(act: () => void): keyof typeof Status {
  try {
    act();
    return "OK";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const [name] = Object.entries(Status).find(([, status]) => status === error.status)!;
    return name as keyof typeof Status;
  }
}
