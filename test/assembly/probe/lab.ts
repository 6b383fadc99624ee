import type { Answer, Request } from "../../../host/protocol/messages.js";
import { record } from "../../../host/protocol/messages.js";
import {
  BfdFlag,
  EventKind,
  Metric,
  RecordKind,
  SettingFlag,
  Transport,
} from "../../../host/protocol/words.js";
import { type Profile, Router } from "../../../host/router/router.js";
import { plainPath } from "../../plain-path.js";

const noAddress = new Uint8Array(16);

function ipv4(...bytes: number[]): Uint8Array {
  const address = new Uint8Array(16);
  address.set(bytes);
  return address;
}

export const prefix = { family: 4, length: 24, address: ipv4(198, 51, 100, 0) } as const;

export interface Seen {
  time: number;
  kind: keyof typeof RecordKind;
  value: number;
  subject: number;
  count: number;
}

const kindNames = Object.keys(RecordKind) as (keyof typeof RecordKind)[];

/** A router whose ports 0 and 1 lead to neighbors 0 (nearer) and 1, which both announce `prefix`; clients are behind port 2. */
export class Lab {
  private constructor(readonly router: Router) {}

  static async build(profile: Profile, capacities: Partial<Request<"CONFIGURE">> = {}): Promise<Lab> {
    const lab = new Lab(await Router.load(profile));
    lab.restart(capacities);
    return lab;
  }

  /** The router forgets everything; device time goes on. */
  restart(capacities: Partial<Request<"CONFIGURE">> = {}): void {
    const { router } = this;
    router.call("CONFIGURE", {
      ports: 3,
      neighbors: 2,
      paths: 8,
      sets: 8,
      pathsPerSet: 4,
      buckets: 16,
      bucketAges: 0,
      distances: 0,
      flows: 0,
      prefixes4: 8,
      prefixes6: 8,
      streams: 4,
      events: 32,
      records: 200,
      bfdSessions: 4,
      reversion: 0,
      histories: 0,
      ...capacities,
    });
    this.settings(1);
    for (let port = 0; port < 3; port++) {
      const address4 = Uint8Array.of(192, 0, 2, 10 + port);
      router.call("PORT", { port, up: 1, mtu: 1500, address4, address6: noAddress });
    }
    for (const n of [0, 1]) {
      this.neighbor(n, 0);
      router.call("PATH", plainPath(n, n));
      router.call("ANNOUNCE", { slot: n, family: 4 }, Uint8Array.of(24, 198, 51, 100, 0));
    }
  }

  settings(maxPaths: number): void {
    this.router.call("SETTINGS", {
      localAs: 64496,
      routerId: 1,
      clusterId: 1,
      flags: SettingFlag.DETERMINISTIC_MED | SettingFlag.COMPARE_ROUTER_ID,
      maxPaths,
      metric: Metric.COST,
      preferences: Uint8Array.of(0, 1, 20, 110, 200),
    });
  }

  /** For how long a bucket must be idle before it moves, in microseconds. */
  bucketIdle(time: number): void {
    const values = { flags: 0, flowIdle: 0, bucketIdle: time, bucketDeadline: 0, key: new Uint8Array(8) };
    this.router.call("FLOWS", values);
  }

  neighbor(n: number, holdTime: number, cost = n + 1, address = ipv4(192, 0, 2, 1 + n)): void {
    this.router.call("NEIGHBOR", {
      neighbor: n,
      port: n,
      up: 1,
      asn: 64500 + n,
      routerId: 1 + n,
      address,
      cost,
      latency: 0,
      holdTime,
    });
  }

  stream(stream: number, values: Partial<Request<"STREAM">> = {}): void {
    this.router.call("STREAM", {
      stream,
      port: 2,
      family: 4,
      transport: Transport.UDP,
      source: ipv4(203, 0, 113, 9),
      destination: ipv4(198, 51, 100, 1),
      sourcePort: 1024,
      destinationPort: 53,
      start: 0,
      interval: 1000,
      count: 0,
      sessionPackets: 1,
      ...values,
    });
  }

  event(time: number, kind: keyof typeof EventKind, subject: number, argument = 0): void {
    this.router.call("EVENT", { time, kind: EventKind[kind], subject, argument, ...prefix });
  }

  speaker(neighbor: number, interval: number, phase = 0): void {
    this.router.call("SPEAKER", { neighbor, interval, phase });
  }

  /** A neighbor's BFD session, whose far end is set to the same as its own and is scripted. */
  bfd(neighbor: number, interval: number, values: Partial<Request<"BFD">> = {}): void {
    this.router.call("BFD", {
      neighbor,
      flags: BfdFlag.SCRIPTED,
      multiplier: 3,
      minTx: interval,
      minRx: interval,
      authentication: 0,
      keyId: 0,
      key: new Uint8Array(20),
      seed: 1 + neighbor,
      farMultiplier: 3,
      farMinTx: interval,
      farMinRx: interval,
      ...values,
    });
  }

  start(duration: number): void {
    this.router.call("RUN", { duration });
  }

  /** Runs for `duration` on the virtual clock; gives the records. */
  run(duration: number): Seen[] {
    this.start(duration);
    this.wait(duration);
    return this.records();
  }

  wait(duration: number): void {
    this.now += duration;
    this.router.exports.advance(BigInt(this.now));
  }

  now = 0;

  progress(): Answer<"PROGRESS"> {
    return this.router.call("PROGRESS", {});
  }

  records(): Seen[] {
    const seen: Seen[] = [];
    for (;;) {
      const { count, tail } = this.router.call("RECORDS", { first: seen.length });
      if (count === 0) return seen;
      for (let i = 0; i < count; i++) {
        const values = record.decode(tail.subarray(i * record.size));
        seen.push({ ...values, kind: kindNames[values.kind]! });
      }
    }
  }
}
