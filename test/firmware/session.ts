/** One session with a router, from HELLO to the probe's records, whose answers are to be the same on every target. */

import {
  type Answer,
  type MessageName,
  messages,
  type Request,
  record,
} from "../../host/protocol/messages.js";
import {
  BfdAuthentication,
  BfdFlag,
  EventKind,
  Metric,
  RecordKind,
  SettingFlag,
  Transport,
} from "../../host/protocol/words.js";
import type { Target } from "../../host/target/target.js";
import { plainPath } from "../plain-path.js";

const DURATION = 2_000_000;
const HOLD_TIME = 30_000;

const ipv4 = (...bytes: number[]) => {
  const address = new Uint8Array(16);
  address.set(bytes);
  return address;
};
const ipv6 = (last: number) => Uint8Array.of(0x20, 0x01, 0x0d, 0xb8, 0, 0x53, ...new Uint8Array(9), last);

const destination = ipv4(198, 51, 100, 1);
const prefix4 = Uint8Array.of(24, 198, 51, 100, 0);
const prefix6 = Uint8Array.of(48, ...ipv6(0));

/** Each answer as it was on the wire: the request's name, then the body in hexadecimal. */
export type Transcript = string[];

export async function holdSession(target: Target): Promise<Transcript> {
  const transcript: Transcript = [];
  const ask = async <M extends MessageName>(
    name: M,
    values: Request<M>,
    tail?: Uint8Array,
  ): Promise<Answer<M>> => {
    const answer = await target.client.request(name, values, tail);
    // biome-ignore lint/suspicious/noExplicitAny: the layout of a message that is only known by its name
    const body: Uint8Array = (messages[name].response as any).encode(answer, answer.tail);
    transcript.push(`${name} ${Buffer.from(body).toString("hex")}`);
    return answer;
  };
  await configure(ask);
  await look(ask);
  await ask("WITHDRAW", { neighbor: 0, family: 4 }, prefix4);
  await look(ask);
  await ask("ANNOUNCE", { slot: 0, family: 4 }, prefix4);
  await look(ask);
  await probe(ask, target);
  return transcript;
}

type Ask = <M extends MessageName>(name: M, values: Request<M>, tail?: Uint8Array) => Promise<Answer<M>>;

/** Ports 0 and 1 lead to neighbors 0 (nearer) and 1, which both announce both prefixes; clients are behind port 2. */
async function configure(ask: Ask): Promise<void> {
  await ask("CONFIGURE", {
    ports: 3,
    neighbors: 2,
    paths: 8,
    sets: 8,
    pathsPerSet: 4,
    buckets: 16,
    bucketAges: 0,
    distances: 0,
    flows: 0,
    prefixes4: 500,
    prefixes6: 50,
    streams: 4,
    events: 16,
    records: 100,
    bfdSessions: 2,
    reversion: 0,
    histories: 0,
  });
  await ask("SETTINGS", {
    localAs: 64496,
    routerId: 1,
    clusterId: 1,
    flags: SettingFlag.DETERMINISTIC_MED | SettingFlag.COMPARE_ROUTER_ID,
    maxPaths: 1,
    metric: Metric.COST,
    preferences: Uint8Array.of(0, 1, 20, 110, 200),
  });
  for (const port of [0, 1, 2]) {
    await ask("PORT", {
      port,
      up: 1,
      mtu: 1500,
      address4: Uint8Array.of(192, 0, 2, 10 + port),
      address6: ipv6(port),
    });
  }
  for (const neighbor of [0, 1]) {
    await ask("NEIGHBOR", {
      neighbor,
      port: neighbor,
      up: 1,
      asn: 64500 + neighbor,
      routerId: 1 + neighbor,
      address: ipv4(192, 0, 2, 1 + neighbor),
      cost: 1 + neighbor,
      latency: 0,
      holdTime: HOLD_TIME,
    });
    await ask("PATH", plainPath(neighbor, neighbor));
    await ask("ANNOUNCE", { slot: neighbor, family: 4 }, prefix4);
    await ask("ANNOUNCE", { slot: neighbor, family: 6 }, prefix6);
  }
}

async function look(ask: Ask): Promise<void> {
  await ask("LOOKUP", { family: 4, address: destination });
  await ask("LOOKUP", { family: 6, address: ipv6(1) });
  await ask("LOOKUP", { family: 4, address: ipv4(203, 0, 113, 1) });
  await ask("ROUTE", { family: 4, length: 24, address: ipv4(198, 51, 100) });
}

/**
 * The nearer neighbor falls silent and speaks again; the other one takes its BFD session down and up; then the port of the nearer goes
 * down, the other falls silent, and its route is withdrawn.
 */
async function probe(ask: Ask, target: Target): Promise<void> {
  for (const transport of [Transport.UDP, Transport.TCP]) {
    await ask("STREAM", {
      stream: transport,
      port: 2,
      family: 4,
      transport,
      source: ipv4(203, 0, 113, 9),
      destination,
      sourcePort: 1024,
      destinationPort: 53,
      start: 0,
      interval: 1000,
      count: 0,
      sessionPackets: 5,
    });
  }
  await ask("SPEAKER", { neighbor: 0, interval: 10_000, phase: 0 });
  await ask("BFD", {
    neighbor: 1,
    flags: BfdFlag.SCRIPTED,
    multiplier: 3,
    minTx: 10_000,
    minRx: 5000,
    authentication: BfdAuthentication.METICULOUS_KEYED_SHA1,
    keyId: 1,
    key: new Uint8Array(20).fill(7),
    seed: 1,
    farMultiplier: 4,
    farMinTx: 7000,
    farMinRx: 8000,
  });
  const none = { argument: 0, family: 4, length: 0, address: ipv4() };
  await ask("EVENT", { ...none, time: 250_000, kind: EventKind.SILENCE, subject: 0 });
  await ask("EVENT", { ...none, time: 750_000, kind: EventKind.SPEAK, subject: 0 });
  await ask("EVENT", { ...none, time: 800_000, kind: EventKind.ADMIN_DOWN, subject: 1 });
  await ask("EVENT", { ...none, time: 900_000, kind: EventKind.ADMIN_UP, subject: 1 });
  await ask("EVENT", { ...none, time: 1_250_000, kind: EventKind.PORT_DOWN, subject: 0 });
  await ask("EVENT", { ...none, time: 1_300_000, kind: EventKind.SILENCE, subject: 1 });
  await ask("EVENT", { ...none, time: 1_500_000, kind: EventKind.PORT_UP, subject: 0 });
  const route = { length: 24, address: ipv4(198, 51, 100) };
  await ask("EVENT", { ...none, ...route, time: 1_750_000, kind: EventKind.WITHDRAW, subject: 1 });
  await ask("RUN", { duration: DURATION });
  await target.elapse(DURATION + 1000);
  const { records } = await ask("PROGRESS", {});
  for (let first = 0; first < records; ) first += (await ask("RECORDS", { first })).count;
  await ask("BFD_STATE", { neighbor: 1 });
  await ask("COUNTERS", {});
  await ask("STATE", {});
}

/**
 * The transcript without what the board alone decides: how much memory is left, and by its speed how long events, repair
 * and re-selection took, and how late the router was. On the virtual clock all of them are 0.
 */
export function withoutBoard(transcript: Transcript): Transcript {
  return transcript.map(line => {
    const [name, hex] = line.split(" ") as [string, string];
    const body = new Uint8Array(Buffer.from(hex, "hex"));
    if (name === "CONFIGURE") {
      const { response } = messages.CONFIGURE;
      body.set(response.encode({ ...response.decode(body), bytesFree: 0 }));
    }
    if (name === "PROGRESS") {
      const { response } = messages.PROGRESS;
      body.set(response.encode({ ...response.decode(body), lateness: 0 }));
    }
    if (name === "RECORDS") eraseTicks(body.subarray(messages.RECORDS.response.size));
    return `${name} ${Buffer.from(body).toString("hex")}`;
  });
}

/** Kinds of record whose count is ticks. */
const TICKS: number[] = [RecordKind.EVENT, RecordKind.REPAIR, RecordKind.RESELECT];

function eraseTicks(records: Uint8Array): void {
  for (let at = 0; at < records.length; at += record.size) {
    const values = record.decode(records.subarray(at));
    if (TICKS.includes(values.kind)) records.set(record.encode({ ...values, count: 0 }), at);
  }
}
