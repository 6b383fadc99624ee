/**
 * The router that these tests send packets through.
 *
 *   clients --- port 0 (192.0.2.1, 2001:db8::1)  port 1, MTU 1500 --- neighbor 0 --- 198.51.100.0/24, 2001:db8:53::/48
 *                                                port 2, MTU 100  --- neighbor 1 --- 203.0.113.0/25, 2001:db8:54::/48
 *
 * 203.0.113.128/25 and 2001:db8:55::/48 have a path whose next hop does not resolve. There is no default
 * route.
 */
import { Drop, PathFlag, Protocol, Segment, Verdict } from "../../../host/protocol/words.js";
import { type Profile, Router } from "../../../host/router/router.js";
import { type Bytes, ip4, ip6, ipv4, ipv6 } from "../packet/build.js";

export const NONE = 255;

export const own4 = ip4("192.0.2.1");
export const own6 = ip6("2001:db8::1");
export const client4 = ip4("192.0.2.10");
export const client6 = ip6("2001:db8::10");
export const server4 = ip4("198.51.100.53");
export const server6 = ip6("2001:db8:53::53");
export const narrow4 = ip4("203.0.113.53");
export const narrow6 = ip6("2001:db8:54::53");
export const unresolved4 = ip4("203.0.113.153");
export const unresolved6 = ip6("2001:db8:55::53");
export const unknown4 = ip4("192.0.2.200");
export const unknown6 = ip6("2001:db8:ffff::1");
export const NARROW_MTU = 100;

const zero6 = new Uint8Array(16);

/** A valid packet from the client to a site that it can reach. */
export const query4 = ipv4({ source: client4, destination: server4 });
export const query6 = ipv6({ source: client6, destination: server6 });

/** What became of a packet. */
export interface Outcome {
  verdict: Verdict;
  reason: Drop;
  neighbor: number;
  port: number;
  /** What left by `port`; empty if nothing did. */
  packet: Bytes;
  /** The ICMP error that goes back; empty if none does. */
  reply: Bytes;
}

export class Edge {
  #time = 0n;

  constructor(readonly router: Router) {
    this.configure();
  }

  static async start(profile: Profile): Promise<Edge> {
    return new Edge(await Router.load(profile));
  }

  /** Begins anew: all counters at zero, a full bucket of ICMP errors. */
  configure(room: { bucketAges?: number; flows?: number } = {}): void {
    this.router.call("CONFIGURE", {
      ports: 3,
      neighbors: 2,
      paths: 4,
      sets: 8,
      pathsPerSet: 4,
      buckets: 16,
      bucketAges: 0,
      distances: 0,
      flows: 0,
      prefixes4: 16,
      prefixes6: 16,
      streams: 1,
      events: 1,
      records: 4,
      bfdSessions: 0,
      reversion: 0,
      histories: 0,
      ...room,
    });
    this.setPort(0, { address4: own4, address6: own6 });
    this.setPort(1);
    this.setPort(2, { mtu: NARROW_MTU });
    this.neighbor(0, 1);
    this.neighbor(1, 2);
    this.path(0, 0);
    this.path(1, 1);
    this.path(2, 0, PathFlag.UNRESOLVED);
    this.announce(0, ip4("198.51.100.0"), 24);
    this.announce(0, ip6("2001:db8:53::"), 48);
    this.announce(1, ip4("203.0.113.0"), 25);
    this.announce(1, ip6("2001:db8:54::"), 48);
    this.announce(2, ip4("203.0.113.128"), 25);
    this.announce(2, ip6("2001:db8:55::"), 48);
  }

  setPort(
    port: number,
    fields: { up?: number; mtu?: number; address4?: Bytes; address6?: Bytes } = {},
  ): void {
    const standard = { up: 1, mtu: 1500, address4: new Uint8Array(4), address6: zero6 };
    this.router.call("PORT", { port, ...standard, ...fields });
  }

  neighbor(neighbor: number, port: number): void {
    const link = { cost: 10, latency: 1000, holdTime: 0 };
    const identity = { asn: 64501 + neighbor, routerId: neighbor + 1, address: zero6 };
    this.router.call("NEIGHBOR", { neighbor, port, up: 1, ...identity, ...link });
  }

  /** Equal paths that share the traffic. Otherwise as a router is configured at first. */
  setMaxPaths(maxPaths: number): void {
    const preferences = Uint8Array.of(0, 1, 20, 110, 200);
    const identity = { localAs: 64500, routerId: 0xc0000201, clusterId: 0 };
    this.router.call("SETTINGS", { ...identity, flags: 0, maxPaths, metric: 0, preferences });
  }

  path(slot: number, neighbor: number, flags = 0): void {
    const attributes = { origin: 0, weight: 1, localPref: 100, med: 0, hops: 0, cost: 0, latency: 0 };
    const asn = 64501 + neighbor;
    const segment = Uint8Array.of(Segment.SEQUENCE, 1, asn & 0xff, asn >> 8, 0, 0);
    const identity = { slot, neighbor, protocol: Protocol.EBGP, flags, originatorId: 0, clusters: 0 };
    this.router.call("PATH", { ...identity, ...attributes }, segment);
  }

  announce(slot: number, address: Bytes, length: number): void {
    const family = address.length === 4 ? 4 : 6;
    this.router.call("ANNOUNCE", { slot, family }, Uint8Array.of(length, ...address));
  }

  /** Device time moves on by `microseconds`. */
  wait(microseconds: number): void {
    this.#time += BigInt(microseconds);
    this.router.exports.advance(this.#time);
  }

  /** One packet, in by `port`. */
  forward(packet: Bytes, port = 0): Outcome {
    const core = this.router.exports;
    this.router.bytes(core.packetBuffer(), packet.length).set(packet);
    const verdict = core.forward(port, packet.length) as Verdict;
    return {
      verdict,
      reason: core.dropReason() as Drop,
      neighbor: core.egressNeighbor(),
      port: core.egressPort(),
      packet: this.router.bytes(core.packetBuffer(), core.outLength()).slice(),
      reply: this.router.bytes(core.replyBuffer(), core.replyLength()).slice(),
    };
  }

  counters() {
    const { tail, ...counters } = this.router.call("COUNTERS", {});
    const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
    const drops = Object.fromEntries(
      Object.entries(Drop).map(([name, reason]) => [name, view.getUint32(4 * reason, true)]),
    ) as Record<keyof typeof Drop, number>;
    return { ...counters, drops };
  }
}

/** What is expected of a packet that goes its way by neighbor 0. */
export function forwarded(packet: Bytes): Outcome {
  const nothing = new Uint8Array();
  return { verdict: Verdict.FORWARDED, reason: Drop.NONE, neighbor: 0, port: 1, packet, reply: nothing };
}
