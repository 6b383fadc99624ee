/**
 * A router between clients (port 3) and three sites (neighbors 0, 1, 2 behind ports 0, 1, 2) that announce the same prefixes. The
 * lower number is the better site, unless `maxPaths` lets them share.
 */
import { Protocol, Verdict } from "../../../host/protocol/words.js";
import type { Profile } from "../../../host/router/router.js";
import { type Bytes, concat, ip4, ip6, ipv4, ipv6, TCP, tcp } from "../packet/build.js";
import { PREFIX, World } from "../rib/world.js";

export const SITES = [0, 1, 2];
export const PREFIX6 = "2001:db8:53::/48";
export const CLIENTS = 3;

export const SECOND = 1_000_000;

export const site4 = ip4("198.51.100.1");
export const site6 = ip6("2001:db8:53::1");

export interface Conversation {
  family: 4 | 6;
  /** Of the client, and its port. */
  host: number;
  port: number;
}

/** What FLOWS carries; the rest is at rest. */
export interface FlowSettings {
  flags: number;
  flowIdle: number;
  bucketIdle: number;
  bucketDeadline: number;
  key: Uint8Array;
}

export function client({ family, host }: Conversation): Bytes {
  return family === 4 ? Uint8Array.of(203, 0, 113, host) : concat(ip6("2001:db8::").subarray(0, 15), [host]);
}

export class Network {
  #time = 0;

  private constructor(readonly world: World) {}

  static async start(profile: Profile = "host"): Promise<Network> {
    return new Network(await World.start({}, {}, profile));
  }

  /** Forgets everything; all sites announce. Device time goes on. */
  restart(room: { flows?: number; bucketAges?: number; buckets?: number; maxPaths?: number } = {}): void {
    const { maxPaths = 1, ...capacities } = room;
    this.world.restart({ maxPaths }, capacities);
    for (const site of SITES) {
      this.world.neighbor(site, { port: site });
      this.weigh(site, 1);
    }
  }

  /** The site announces with this weight. */
  weigh(site: number, weight: number): void {
    // Within the comparison of metrics they are equal; the router id is the last word.
    this.world.path(site, { neighbor: site, protocol: Protocol.IBGP, weight });
    this.announce(site);
  }

  settings(changes: Partial<FlowSettings>): void {
    const usual = { flags: 0, flowIdle: 300 * SECOND, bucketIdle: 0, bucketDeadline: 0 };
    this.world.router.call("FLOWS", { ...usual, key: new Uint8Array(8), ...changes });
  }

  announce(site: number): void {
    this.world.announce(site, PREFIX, PREFIX6);
  }

  withdraw(site: number): void {
    this.world.withdraw(site, PREFIX, PREFIX6);
  }

  link(site: number, up: boolean): void {
    this.world.port(site, up);
  }

  get time(): number {
    return this.#time;
  }

  wait(microseconds: number): void {
    this.#time += microseconds;
    this.world.router.exports.advance(BigInt(this.#time));
  }

  /** The site that a packet reaches, or null. */
  forward(packet: Bytes): number | null {
    const core = this.world.router.exports;
    this.world.router.bytes(core.packetBuffer(), packet.length).set(packet);
    return core.forward(CLIENTS, packet.length) === Verdict.FORWARDED ? core.egressNeighbor() : null;
  }

  /** The site that a client's TCP segment with these flags reaches. */
  send(conversation: Conversation, flags: number): number | null {
    return this.forward(segment(conversation, flags));
  }

  get flows(): number {
    return this.world.state().flows;
  }

  get evicted(): number {
    return this.world.router.call("COUNTERS", {}).evicted;
  }
}

export function segment(conversation: Conversation, flags: number): Bytes {
  const source = client(conversation);
  const payload = tcp(conversation.port, 443, flags);
  return conversation.family === 4
    ? ipv4({ source, destination: site4, protocol: TCP, payload })
    : ipv6({ source, destination: site6, nextHeader: TCP, payload });
}
