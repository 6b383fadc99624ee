import { encodeFrame, type Frame, FrameReader } from "../../../host/protocol/frame.js";
import { FrameFlag, messages } from "../../../host/protocol/messages.js";
import { type Profile, Router, still } from "../../../host/router/router.js";

/** Small capacities that both profiles afford. */
export const small = {
  ports: 4,
  neighbors: 4,
  paths: 16,
  sets: 16,
  pathsPerSet: 4,
  buckets: 16,
  bucketAges: 1,
  distances: 1,
  flows: 16,
  prefixes4: 32,
  prefixes6: 32,
  streams: 4,
  events: 16,
  records: 64,
  bfdSessions: 4,
  reversion: 1,
  histories: 4,
};

/** A router and its serial line, without the client: what it sends is kept. */
export class Device {
  readonly #reader = new FrameReader();
  sent: Frame[] = [];

  private constructor(readonly router: Router) {}

  static async start(profile: Profile): Promise<Device> {
    const platform = {
      ...still,
      send: (bytes: Uint8Array) => device.sent.push(...device.#reader.push(bytes)),
    };
    const device: Device = new Device(await Router.load(profile, platform));
    return device;
  }

  /** Puts raw bytes on the line; gives the frames that the router sends because of them. */
  line(bytes: Uint8Array): Frame[] {
    this.sent = [];
    const { exports } = this.router;
    for (let at = 0; at < bytes.length; at += exports.inputSize()) {
      const part = bytes.subarray(at, at + exports.inputSize());
      this.router.bytes(exports.inputBuffer(), part.length).set(part);
      exports.receive(part.length);
    }
    return this.sent;
  }

  /** Sends a request in a frame of its own; gives its answer. */
  ask(name: keyof typeof messages, sequence: number, body: Uint8Array = new Uint8Array(0)): Frame {
    const frames = this.line(encodeFrame({ kind: messages[name].kind, flags: 0, sequence, time: 0, body }));
    if (frames.length !== 1) throw new Error(`expected one answer to ${name}, found ${frames.length}`);
    return frames[0]!;
  }

  configure(sequence: number): Frame {
    return this.ask("CONFIGURE", sequence, messages.CONFIGURE.request.encode(small));
  }

  /** Frames that the router counts as damaged, from its next heartbeat. */
  damaged(): number {
    this.sent = [];
    this.router.exports.advance(BigInt(this.#heartbeats++) * 250_000n);
    return messages.HEARTBEAT.response.decode(this.sent.at(-1)!.body).damaged;
  }

  #heartbeats = 1;
}

export function isNak(frame: Frame): boolean {
  return (frame.flags & FrameFlag.NAK) !== 0;
}
