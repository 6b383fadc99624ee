/**
 * The router core in this process: typed calls over the exports of `router.wasm`. The one file that uses
 * `@assemblyscript/loader`.
 */
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { instantiate } from "@assemblyscript/loader";
import { decodeAnswer, encodeRequest } from "../protocol/body.js";
import { type Answer, type MessageName, messages, nak, type Request } from "../protocol/messages.js";
import { Refused } from "../protocol/refused.js";

export type Profile = "host" | "mcu";

/** What the core needs from where it runs; `assembly/platform.ts` gives the contract of each. */
export interface Platform {
  /** Whole encoded frames for the serial line. The bytes are a copy. */
  send(frames: Uint8Array): void;
  /** Counter that times repair and re-selection. */
  ticks(): number;
  tickRate: number;
  board: string;
}

/** A platform whose clock stands still while the core computes, and that nobody listens to. */
export const still: Platform = { send: () => {}, ticks: () => 0, tickRate: 1_000_000, board: "wasm" };

interface Exports extends Record<string, unknown> {
  memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  requestBuffer(): number;
  responseBuffer(): number;
  inputBuffer(): number;
  inputSize(): number;
  call(kind: number, length: number): number;
  receive(length: number): void;
  countOverrun(bytes: number): void;
  poll(clock: bigint): bigint;
  advance(until: bigint): bigint;
  insert4(address: number, length: number, set: number): number;
  remove4(address: number, length: number): number;
  lookup4(address: number): number;
  match4(address: number): number;
  lookupBatch4(addresses: number, sets: number, count: number): void;
  lookupEach4(addresses: number, sets: number, count: number): void;
  insert6(high: bigint, low: bigint, length: number, set: number): number;
  remove6(high: bigint, low: bigint, length: number): number;
  lookup6(high: bigint, low: bigint): number;
  match6(high: bigint, low: bigint): number;
  lookupBatch6(addresses: number, sets: number, count: number): void;
  lookupEach6(addresses: number, sets: number, count: number): void;
  tableBytes4(): number;
  tableBytes6(): number;
  partBytes4(part: number): number;
  partBytes6(part: number): number;
  loads4(address: number): number;
  loads6(high: bigint, low: bigint): number;
  packetBuffer(): number;
  forward(port: number, length: number): number;
  dropReason(): number;
  egressNeighbor(): number;
  egressPort(): number;
  outLength(): number;
  replyBuffer(): number;
  replyLength(): number;
}

/** Path of a profile's `router.wasm`, built by `npm run build:core`. */
export function modulePath(profile: Profile): string {
  // From host/router/ in a checkout run from source, from dist/host/router/ when built.
  const up = import.meta.url.includes("/dist/host/") ? "../../../" : "../../";
  return fileURLToPath(new URL(`${up}build/${profile}/router.wasm`, import.meta.url));
}

/** A router. `exports` are the raw calls, for loops where a call's cost counts. */
export class Router {
  private constructor(
    readonly exports: Exports,
    readonly buildHash: Uint8Array,
  ) {}

  /** Compiles and starts a profile's module. Fails if it was not built. */
  static async load(profile: Profile = "host", platform: Platform = still): Promise<Router> {
    return Router.of(await readFile(modulePath(profile)), platform);
  }

  /** Compiles and starts a module. */
  static async of(binary: Uint8Array, platform: Platform = still): Promise<Router> {
    const buildHash = createHash("sha256").update(binary).digest().subarray(0, 8);
    const memory = () => new Uint8Array(router.exports.memory.buffer);
    const { exports } = await instantiate<Exports>(binary, {
      platform: {
        send: (data: number, length: number) => platform.send(memory().slice(data, data + length)),
        ticks: () => platform.ticks() >>> 0,
        identify: (at: number) => {
          const hello = messages.HELLO.response;
          const identity = hello.encode({
            ...hello.decode(new Uint8Array(hello.size)),
            buildHash,
            uniqueId: new Uint8Array(8),
            board: platform.board,
            bootNonce: randomBytes(4).readUInt32LE(),
            tickRate: platform.tickRate,
          });
          const { buildHash: from, memory: last } = hello.offsets;
          memory().set(identity.subarray(from, last + 4), at);
        },
      },
    });
    const router = new Router(exports as unknown as Exports, buildHash);
    return router;
  }

  /** One request straight to the core, without framing. Throws `Refused` with its status, or as `encodeRequest`. */
  call<M extends MessageName>(name: M, values: Request<M>, tail?: Uint8Array): Answer<M> {
    const body = encodeRequest(name, values, tail);
    this.bytes(this.exports.requestBuffer(), body.length).set(body);
    const length = this.exports.call(messages[name].kind, body.length);
    const answer = this.bytes(this.exports.responseBuffer(), length < 0 ? nak.size : length).slice();
    if (length < 0) throw Refused.from(name, answer);
    return decodeAnswer(name, answer);
  }

  /** Throws `Refused` unless a direct call's status is OK. */
  check(status: number, what: string): void {
    if (status !== 0) throw new Refused(what, status, 0);
  }

  /** A view of linear memory; gone stale once memory grows. */
  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer, at, length);
  }

  /** Address of `length` bytes that the core does not use, for batches. A later CONFIGURE may take them. */
  scratch(length: number): number {
    const at = this.exports.memory.buffer.byteLength;
    this.exports.memory.grow(Math.ceil(length / 65536));
    return at;
  }
}
