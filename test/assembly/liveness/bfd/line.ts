/**
 * A router with one neighbor, whose BFD session goes over the line: what it sends is kept with its time, and a test plays the
 * far end.
 */

import { FrameReader } from "../../../../host/protocol/frame.js";
import { type Answer, messages, type Request } from "../../../../host/protocol/messages.js";
import { BfdDiscard, BfdFlag, BfdState } from "../../../../host/protocol/words.js";
import { type Profile, Router, still } from "../../../../host/router/router.js";
import { plainPath } from "../../../plain-path.js";
import { type Bytes, concat, ip4, ip6 } from "../../packet/build.js";
import { type Control, control, type Envelope, enclosed, parse } from "./packet.js";

export interface Sent extends Control {
  time: number;
  /** The whole packet. */
  packet: Bytes;
}

export const addresses = {
  4: { own: ip4("192.0.2.1"), far: ip4("192.0.2.2") },
  6: { own: ip6("2001:db8::1"), far: ip6("2001:db8::2") },
} as const;

export type Family = keyof typeof addresses;

export const noKey = new Uint8Array(20);

export const session: Request<"BFD"> = {
  neighbor: 0,
  flags: 0,
  multiplier: 3,
  minTx: 10_000,
  minRx: 10_000,
  authentication: 0,
  keyId: 0,
  key: noKey,
  seed: 1,
  farMultiplier: 0,
  farMinTx: 0,
  farMinRx: 0,
};

const capacities = {
  ports: 2,
  neighbors: 2,
  paths: 4,
  sets: 4,
  pathsPerSet: 2,
  buckets: 1,
  bucketAges: 0,
  distances: 0,
  flows: 0,
  prefixes4: 4,
  prefixes6: 4,
  streams: 1,
  events: 1,
  records: 16,
  bfdSessions: 4,
  reversion: 0,
  histories: 0,
};

export class Line {
  now = 0;
  sent: Sent[] = [];
  /** Called with each packet as it is sent. */
  onSent: (sent: Sent) => void = () => {};
  readonly #reader = new FrameReader();
  #router!: Router;

  private constructor(readonly family: Family) {}

  /** A line whose session is the one that is given, or none. */
  static async build(
    profile: Profile,
    values: Partial<Request<"BFD">> | null = {},
    family: Family = 4,
  ): Promise<Line> {
    const line = new Line(family);
    line.#router = await Router.load(profile, { ...still, send: bytes => line.#take(bytes) });
    line.restart(values);
    return line;
  }

  get router(): Router {
    return this.#router;
  }

  /** The router forgets everything; device time goes on. */
  restart(values: Partial<Request<"BFD">> | null = {}): void {
    this.router.call("CONFIGURE", capacities);
    this.sent = [];
    for (let port = 0; port < capacities.ports; port++) {
      const last = port * 16 + 1;
      const address4 = ip4(`192.0.2.${last}`);
      this.router.call("PORT", {
        port,
        up: 1,
        mtu: 1500,
        address4,
        address6: ip6(`2001:db8::${last.toString(16)}`),
      });
      this.neighbor(port);
    }
    this.router.call("PATH", plainPath(0, 0));
    this.router.call("ANNOUNCE", { slot: 0, family: 4 }, Uint8Array.of(24, 198, 51, 100, 0));
    if (values) this.configure(values);
  }

  neighbor(neighbor: number, values: Partial<Request<"NEIGHBOR">> = {}): void {
    const last = neighbor * 16 + 2;
    const host = this.family === 4 ? ip4(`192.0.2.${last}`) : ip6(`2001:db8::${last.toString(16)}`);
    this.router.call("NEIGHBOR", {
      neighbor,
      port: neighbor,
      up: 1,
      asn: 64500 + neighbor,
      routerId: 1 + neighbor,
      address: concat(host, new Uint8Array(16 - host.length)),
      cost: 0,
      latency: 0,
      holdTime: 0,
      ...values,
    });
  }

  configure(values: Partial<Request<"BFD">> = {}): void {
    this.router.call("BFD", { ...session, ...values });
  }

  state(neighbor = 0): Answer<"BFD_STATE"> {
    return this.router.call("BFD_STATE", { neighbor });
  }

  /** Packets discarded so far, by reason; reasons without any are left out. */
  discards(): Partial<Record<keyof typeof BfdDiscard, number>> {
    const { tail } = this.state();
    const view = new DataView(tail.buffer, tail.byteOffset, tail.length);
    return Object.fromEntries(
      Object.entries(BfdDiscard)
        .map(([name, reason]) => [name, view.getUint32(4 * reason, true)])
        .filter(([, count]) => count !== 0),
    );
  }

  /** Whether packets go to neighbor 0. */
  isUsed(): boolean {
    const address = concat(ip4("198.51.100.1"), new Uint8Array(12));
    return this.router.call("LOOKUP", { family: 4, address }).neighbor === 0;
  }

  /** Device time goes on by `microseconds`; gives what was sent meanwhile. */
  wait(microseconds: number): Sent[] {
    const before = this.sent.length;
    this.now += microseconds;
    this.router.exports.advance(BigInt(this.now));
    return this.sent.slice(before);
  }

  /** A packet comes in by `port`, as it stands. */
  receive(packet: Bytes, port = 0): void {
    this.router.call("FORWARD", { port }, packet);
  }

  /** A control packet of the far end comes, Your Discriminator right if nothing else is said; gives what is sent at once. */
  hear(fields: Partial<Control> = {}, envelope: Partial<Envelope> = {}): Sent[] {
    return this.hearPayload(control({ your: this.state().localDiscriminator, ...fields }), envelope);
  }

  /** The same for any payload. */
  hearPayload(payload: Bytes, envelope: Partial<Envelope> = {}): Sent[] {
    const { own: destination, far: source } = addresses[this.family];
    this.receive(enclosed(payload, { source, destination, ...envelope }));
    return this.wait(0);
  }

  /** The session comes up, and the Poll Sequence that this begins is through; `fields` are the far end's from then on. */
  bringUp(fields: Partial<Control> = {}): void {
    this.hear({ ...fields, state: BfdState.DOWN });
    this.hear({ ...fields, state: BfdState.UP });
    this.hear({ ...fields, state: BfdState.UP, final: true });
    this.hear({ ...fields, state: BfdState.UP });
  }

  /** Takes the session down and off, or back on. */
  admin(down: boolean, values: Partial<Request<"BFD">> = {}): void {
    this.configure({ ...values, flags: (values.flags ?? 0) | (down ? BfdFlag.ADMIN_DOWN : 0) });
  }

  #take(bytes: Bytes): void {
    for (const { kind, body, time } of this.#reader.push(bytes)) {
      if (kind !== messages.TRANSMIT.kind) continue;
      const packet = body.subarray(messages.TRANSMIT.response.size);
      const sent = { time, packet, ...parse(packet.subarray(this.family === 4 ? 28 : 48)) };
      this.sent.push(sent);
      this.onSent(sent);
    }
  }
}
