/** Longest matches: a seeded table of prefixes of every length, each looked up at its edges, whole and after every other one is gone. */
import { NONE } from "../../host/protocol/messages.js";
import { prefixBatches } from "../../host/protocol/prefixes.js";
import { roomFor } from "../../host/protocol/room.js";
import { Protocol, Segment } from "../../host/protocol/words.js";
import type { Router } from "../../host/router/router.js";
import { type Address, type Family, fromHalves, fromNumber, prefixOf } from "../../host/tables/address.js";
import { Random } from "../../host/tables/random.js";
import { edges } from "../assembly/fib/bare.js";
import { Reference } from "../assembly/fib/reference.js";

const NEIGHBORS = 7;
/** IPv6 has four times as many lengths. */
const EACH = { 4: 4, 6: 1 };

/** A prefix, and the neighbor that announces it. */
interface Announced {
  address: bigint;
  length: number;
  neighbor: number;
}

/** What the core answered, and what the slow reference says. */
export interface Match {
  address: string;
  found: [length: number, neighbor: number];
  expected: [length: number, neighbor: number];
}

/** Fills the router's table and looks everything up; gives all matches of both families. */
export function lookUp(router: Router): Match[] {
  const random = new Random(1);
  const tables = ([4, 6] as const).map(family => ({ family, prefixes: tableOf(family, random) }));
  configure(router, tables);
  return tables.flatMap(({ family, prefixes }) => {
    const reference = new Reference(bitsOf(family));
    for (const { address, length, neighbor } of prefixes) reference.insert(address, length, neighbor);
    announce(router, family, prefixes);
    const whole = prefixes.flatMap(({ address, length }) => edges(address, length, bitsOf(family)));
    const first = match(router, family, reference, whole);

    const gone = prefixes.filter((_, index) => index % 2 === 0);
    for (const { address, length } of gone) reference.remove(address, length);
    withdraw(router, family, gone);
    const inside = gone.map(({ address }) => address);
    return [...first, ...match(router, family, reference, inside)];
  });
}

function bitsOf(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** Prefixes that lie in one another: each shares its upper bits, as many as chance says, with one of three stems. */
function tableOf(family: Family, random: Random): Announced[] {
  const bits = bitsOf(family);
  const all = (1n << BigInt(bits)) - 1n;
  const stems = [0n, all, BigInt(`0x${"5a".repeat(bits / 8)}`)];
  const found = new Map<string, Announced>();
  for (let length = 0; length <= bits; length++) {
    for (let turn = 0; turn < EACH[family]; turn++) {
      let noise = 0n;
      for (let at = 0; at < bits; at += 32) noise = (noise << 32n) | BigInt(random.next());
      const stem = stems[random.below(stems.length)]!;
      const host = BigInt(bits - length);
      const address = ((stem ^ (noise >> BigInt(random.below(bits + 1)))) >> host) << host;
      found.set(`${address}/${length}`, { address, length, neighbor: random.below(NEIGHBORS) });
    }
  }
  return [...found.values()];
}

function configure(router: Router, tables: { family: Family; prefixes: Announced[] }[]): void {
  const [prefixes4, prefixes6] = tables.map(({ family, prefixes }) =>
    roomFor(
      family,
      prefixes.map(({ length }) => length),
    ),
  );
  router.call("CONFIGURE", {
    ports: 1,
    neighbors: NEIGHBORS,
    paths: NEIGHBORS,
    sets: NEIGHBORS + 1,
    pathsPerSet: 1,
    buckets: 1,
    bucketAges: 0,
    distances: 0,
    flows: 0,
    prefixes4: prefixes4!,
    prefixes6: prefixes6!,
    streams: 0,
    events: 0,
    records: 0,
    bfdSessions: 0,
    reversion: 0,
    histories: 0,
  });
  const zero = new Uint8Array(16);
  router.call("PORT", { port: 0, up: 1, mtu: 1500, address4: zero.subarray(0, 4), address6: zero });
  for (let neighbor = 0; neighbor < NEIGHBORS; neighbor++) {
    const identity = { asn: 64501 + neighbor, routerId: neighbor + 1, address: zero };
    router.call("NEIGHBOR", { neighbor, port: 0, up: 1, ...identity, cost: 0, latency: 0, holdTime: 0 });
    const ranks = { localPref: 100, origin: 0, med: 0, weight: 0, hops: 0, cost: 0, latency: 0 };
    const kind = { protocol: Protocol.EBGP, flags: 0, originatorId: 0, clusters: 0 };
    const segment = Uint8Array.of(Segment.SEQUENCE, 1, identity.asn & 0xff, identity.asn >> 8, 0, 0);
    router.call("PATH", { slot: neighbor, neighbor, ...ranks, ...kind }, segment);
  }
}

function addressOf(family: Family, address: bigint): Address {
  if (family === 4) return fromNumber(Number(address));
  return fromHalves(address >> 64n, address & 0xffff_ffff_ffff_ffffn);
}

/** The prefixes of each neighbor, as messages carry them. */
function* batches(family: Family, prefixes: readonly Announced[]) {
  for (let neighbor = 0; neighbor < NEIGHBORS; neighbor++) {
    const own = prefixes.filter(one => one.neighbor === neighbor);
    for (const { tail } of prefixBatches(
      own.map(one => prefixOf(addressOf(family, one.address), one.length)),
    ))
      yield { neighbor, tail };
  }
}

function announce(router: Router, family: Family, prefixes: readonly Announced[]): void {
  for (const { neighbor, tail } of batches(family, prefixes))
    router.call("ANNOUNCE", { slot: neighbor, family }, tail);
}

function withdraw(router: Router, family: Family, prefixes: readonly Announced[]): void {
  for (const { neighbor, tail } of batches(family, prefixes))
    router.call("WITHDRAW", { neighbor, family }, tail);
}

function match(router: Router, family: Family, reference: Reference, addresses: readonly bigint[]): Match[] {
  return [...new Set(addresses)].map(address => {
    const bytes = new Uint8Array(16);
    bytes.set(addressOf(family, address).bytes);
    const { length, neighbor } = router.call("LOOKUP", { family, address: bytes });
    const longest = reference.match(address);
    return {
      address: address.toString(16),
      found: [length, neighbor],
      expected: [longest < 0 ? NONE : longest, reference.lookup(address) ?? NONE],
    };
  });
}
