/**
 * The host's end of the serial protocol: one request at a time, each answered by the response with its sequence number.
 *
 *   request ---> router          no answer within `patience`: the same frame again, same sequence number;
 *   answer  <--- router          the router carries it out once and repeats its answer.
 *
 * A boot nonce that changes is a reset of the router: everything that was set up is gone, so every request fails from then on.
 */

import { TargetError } from "../target-error.js";
import type { Transport } from "../transport/transport.js";
import { encodeFrame, type Frame, FrameReader, isResponse } from "./frame.js";
import { type Answer, FrameFlag, type MessageName, messages, type Request } from "./messages.js";
import { Refused } from "./refused.js";
import { SCHEMA_HASH } from "./schema-hash.js";

export interface ClientOptions {
  /** How long to wait for an answer before the request is sent again, milliseconds. */
  patience?: number;
  /** How often a request is sent before the target counts as silent. */
  tries?: number;
}

interface Waiting {
  sequence: number;
  resolve(frame: Frame): void;
  reject(reason: Error): void;
}

export class Client {
  readonly #transport: Transport;
  readonly #reader = new FrameReader();
  readonly #patience: number;
  readonly #tries: number;
  #sequence = 0;
  #waiting: Waiting | null = null;
  #bootNonce: number | null = null;
  #failure: Error | null = null;
  /** Requests go out one behind the other. */
  #queue: Promise<unknown> = Promise.resolve();
  /** Device time of the last frame, microseconds. */
  deviceTime = 0;

  constructor(transport: Transport, options: ClientOptions = {}) {
    this.#transport = transport;
    this.#patience = options.patience ?? 1000;
    this.#tries = options.tries ?? 3;
    transport.onData = chunk => {
      for (const frame of this.#reader.push(chunk)) this.#take(frame);
    };
    transport.onClose = reason =>
      this.#fail(new TargetError(`the line to the target is gone: ${reason.message}`));
  }

  /** Frames from the router that failed their check. */
  get damaged(): number {
    return this.#reader.damaged;
  }

  /** Meets the router. Throws a TargetError where it speaks another schema. */
  async hello(): Promise<Answer<"HELLO">> {
    const hello = await this.request("HELLO", {});
    if (hello.schemaHash !== SCHEMA_HASH) {
      throw new TargetError(
        `the target's protocol schema is ${hex(hello.schemaHash)}, this host's is ${hex(SCHEMA_HASH)}: build and flash it anew`,
      );
    }
    this.#bootNonce = hello.bootNonce;
    return hello;
  }

  /** Throws `Refused` with the status of a NAK, or a TargetError where the router is silent, was reset, or is gone. */
  request<M extends MessageName>(name: M, values: Request<M>, tail?: Uint8Array): Promise<Answer<M>> {
    // biome-ignore lint/suspicious/noExplicitAny: the layout of a message that is only known by its name
    const body: Uint8Array = (messages[name].request as any).encode(values, tail);
    const answer = this.#queue.then(() => this.#exchange(name, body));
    this.#queue = answer.catch(() => {});
    return answer;
  }

  async close(): Promise<void> {
    this.#fail(new TargetError("the target was closed"));
    await this.#transport.close();
  }

  async #exchange<M extends MessageName>(name: M, body: Uint8Array): Promise<Answer<M>> {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const { kind, response } = messages[name];
    const bytes = encodeFrame({ kind, flags: 0, sequence: this.#sequence, time: 0, body });
    const frame = await this.#send(name, bytes);
    if (frame.flags & FrameFlag.NAK) throw Refused.from(name, frame.body);
    return {
      ...(response.decode(frame.body) as object),
      tail: frame.body.subarray(response.size),
    } as Answer<M>;
  }

  async #send(name: MessageName, bytes: Uint8Array): Promise<Frame> {
    for (let attempt = 0; attempt < this.#tries; attempt++) {
      if (this.#failure) throw this.#failure;
      const answer = this.#awaitAnswer();
      await this.#transport.write(bytes);
      const frame = await answer;
      if (frame) return frame;
    }
    throw new TargetError(
      `the target is silent: no answer to ${name} within ${this.#tries} x ${this.#patience} ms`,
    );
  }

  /** The answer to the request under way, or null where patience ran out. */
  #awaitAnswer(): Promise<Frame | null> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(() => resolve(null)), this.#patience);
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        this.#waiting = null;
        finish();
      };
      this.#waiting = {
        sequence: this.#sequence,
        resolve: frame => settle(() => resolve(frame)),
        reject: reason => settle(() => reject(reason)),
      };
    });
  }

  #take(frame: Frame): void {
    this.deviceTime = frame.time;
    if (isResponse(frame)) {
      // A late repetition of an earlier answer is nobody's any more.
      if (frame.sequence === this.#waiting?.sequence) this.#waiting.resolve(frame);
      return;
    }
    if (frame.kind === messages.HEARTBEAT.kind)
      this.#checkNonce(messages.HEARTBEAT.response.decode(frame.body).bootNonce);
  }

  #checkNonce(bootNonce: number): void {
    if (this.#bootNonce === null || bootNonce === this.#bootNonce) return;
    this.#fail(
      new TargetError(
        `the target was reset (boot nonce ${hex(this.#bootNonce)}, now ${hex(bootNonce)}): what it knew is lost`,
      ),
    );
  }

  #fail(reason: Error): void {
    this.#failure ??= reason;
    this.#waiting?.reject(this.#failure);
  }
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
