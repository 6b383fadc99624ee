/**
 * The host's end of the serial protocol: requests one behind the other, each answered by the response with its sequence number.
 *
 *   request ---> router          no answer within `patience`: the same frame again, same sequence number;
 *   answer  <--- router          the router carries it out once and repeats its answer.
 *
 * Where answers take longer, it goes again only after twice as long as they do: copies would make a slow line slower. And
 * MEASURE goes again only once the router is heard, which says nothing while it measures: its time would be that of copies, too.
 *
 * `requestEach` has several requests under way, for a table that crosses a slow line.
 *
 * A boot nonce that changes, or a router that is not configured any more, is a reset: everything that was set up is
 * gone, so every request fails from then on. `patience` is one heartbeat long, so a router of which nothing at all is
 * heard for a few of them is silent. Whole waits are counted, and not time, because a host that was held up itself
 * finds what came meanwhile only at its next look.
 */

import { randomInt } from "node:crypto";
import { TargetError } from "../target-error.js";
import type { Transport } from "../transport/transport.js";
import { decodeAnswer, encodeRequest } from "./body.js";
import { encodeFrame, type Frame, FrameReader, isResponse } from "./frame.js";
import {
  type Answer,
  FrameFlag,
  greeting,
  HEARTBEAT_INTERVAL,
  type MessageName,
  messages,
  type Request,
} from "./messages.js";
import { Refused } from "./refused.js";
import { SCHEMA_HASH } from "./schema-hash.js";
import { Status } from "./words.js";

/** Requests under way at a time. A board holds four of the longest frames until it comes to them. */
const WINDOW = 3;

export interface ClientOptions {
  /** How long to wait for an answer before the request is sent again, milliseconds. */
  patience?: number;
  /** After how many waits for the answer to one request a target is given up that is heard. */
  waits?: number;
  /**
   * After how many waits in a row without a frame a target is silent. The last frame came up to one wait before, so
   * three notice it within four. An emulator's time is not the host's: it is given more.
   */
  quietWaits?: number;
  /** Number before that of the first HELLO: by chance, so that no late answer to another host's is taken for it. */
  sequence?: number;
}

/** A request under way. Times are the host's, in milliseconds. */
interface Waiting {
  /** As it was sent last. */
  frame: Frame;
  /** When to send it again. */
  due: number;
  /** Null: its answer did not come, and will not. */
  resolve(answer: Frame | null): void;
  reject(reason: Error): void;
}

export class Client {
  readonly #transport: Transport;
  readonly #reader = new FrameReader();
  readonly #patience: number;
  readonly #waits: number;
  readonly #quietWaits: number;
  #sequence: number;
  /** Frames that came from the router. */
  #heard = 0;
  /** Requests under way by each sequence number that they were sent with, and since when, the oldest first. */
  readonly #waiting = new Map<number, { request: Waiting; since: number }>();
  /** From a request to its answer, milliseconds, smoothed. */
  #roundTrip = 0;
  #bootNonce: number | null = null;
  /** The router took a CONFIGURE of this client's. */
  #configured = false;
  #failure: Error | null = null;
  /** Requests go out one behind the other. */
  #queue: Promise<unknown> = Promise.resolve();
  /** Called with each packet of the router's own that leaves by the line. */
  onTransmit: (packet: Answer<"TRANSMIT">) => void = () => {};
  /** Device time of the last frame, microseconds. */
  deviceTime = 0;
  /** What the router lost, by its last heartbeat: frames that failed their check, and bytes before its decoder. */
  line: { readonly damaged: number; readonly overruns: number } = { damaged: 0, overruns: 0 };

  constructor(transport: Transport, options: ClientOptions = {}) {
    this.#transport = transport;
    this.#patience = options.patience ?? HEARTBEAT_INTERVAL / 1000;
    this.#waits = options.waits ?? 20;
    this.#quietWaits = options.quietWaits ?? 3;
    this.#sequence = options.sequence ?? randomInt(0x10000);
    transport.onData = chunk => {
      for (const frame of this.#reader.push(chunk)) this.#take(frame);
    };
    transport.onClose = reason => this.#lose(reason);
  }

  /** Frames from the router that failed their check. */
  get damaged(): number {
    return this.#reader.damaged;
  }

  /** Meets the router. Throws as `request`, and a TargetError where it speaks another schema. */
  hello(): Promise<Answer<"HELLO">> {
    return this.request("HELLO", {});
  }

  /**
   * Rejects with `Refused` and the status of a NAK, with a TargetError where the router is silent, was reset, or is
   * gone, and with a RangeError where the request fits no frame.
   */
  async request<M extends MessageName>(name: M, values: Request<M>, tail?: Uint8Array): Promise<Answer<M>> {
    const body = encodeRequest(name, values, tail);
    const answer = this.#queue.then(() => this.#exchange(name, body));
    this.#queue = answer.catch(() => {});
    return answer;
  }

  /**
   * Sends requests as they are taken from `requests`, of which each may be carried out more than once, and before another:
   * up to WINDOW of them are under way at a time. One whose frame or answer was lost goes again, with a new number; its
   * answer to any of them counts. Rejects as `request`, once none is under way; those before the one that failed were
   * carried out, and up to WINDOW - 1 behind it.
   */
  async requestEach<M extends MessageName>(
    name: M,
    requests: Iterable<{ values: Request<M>; tail?: Uint8Array }>,
  ): Promise<void> {
    // A generator ends for all lanes where one of them fails.
    const rest = oneByOne(requests);
    const lane = async () => {
      for (const { values, tail } of rest) {
        await this.#exchange(name, encodeRequest(name, values, tail), true);
      }
    };
    const answers = this.#queue.then(async () => {
      const lanes = await Promise.allSettled(Array.from({ length: WINDOW }, lane));
      const failed = lanes.find(({ status }) => status === "rejected") as PromiseRejectedResult | undefined;
      if (failed) throw this.#failure ?? failed.reason;
    });
    this.#queue = answers.catch(() => {});
    return answers;
  }

  async close(): Promise<void> {
    this.#fail(new TargetError("the target was closed"));
    await this.#transport.close();
  }

  async #exchange<M extends MessageName>(
    name: M,
    body: Uint8Array,
    isRepeatable = false,
  ): Promise<Answer<M>> {
    const frame = await this.#send(name, body, isRepeatable);
    if (frame.flags & FrameFlag.NAK) throw await this.#whyRefused(Refused.from(name, frame.body));
    if (name === "HELLO") this.#recognize(frame.body);
    if (name === "CONFIGURE") this.#configured = true;
    return decodeAnswer(name, frame.body);
  }

  async #send(name: MessageName, body: Uint8Array, isRepeatable: boolean): Promise<Frame> {
    const request: Waiting = { frame: this.#numbered(name, body), due: 0, resolve() {}, reject() {} };
    try {
      return await this.#repeat(name, request, isRepeatable);
    } finally {
      for (const [sequence, sent] of this.#waiting) {
        if (sent.request === request) this.#waiting.delete(sequence);
      }
    }
  }

  async #repeat(name: MessageName, request: Waiting, isRepeatable: boolean): Promise<Frame> {
    const { damaged } = this;
    let [times, quiet] = [0, 0];
    for (let waits = 0; waits < this.#waits; waits++) {
      if (this.#failure) throw this.#failure;
      const heard = this.#heard;
      const answer = this.#awaitAnswer(request);
      if (Date.now() >= request.due && (name !== "MEASURE" || quiet === 0)) {
        // The router takes no number again that is older than its last. Its answer to an earlier one may still come.
        if (times++ > 0 && isRepeatable) request.frame = this.#numbered(name, request.frame.body);
        this.#transmit(request);
      }
      const frame = await answer;
      if (frame) return frame;
      quiet = this.#heard === heard ? quiet + 1 : 0;
      if (quiet === this.#quietWaits) throw this.#silent(name, this.damaged - damaged);
    }
    throw new TargetError(
      `the target does not answer ${name}, sent ${times} times in ${this.#waits * this.#patience} ms, though it is heard`,
    );
  }

  #transmit(request: Waiting): void {
    const now = Date.now();
    const { sequence } = request.frame;
    if (!this.#waiting.has(sequence)) this.#waiting.set(sequence, { request, since: now });
    request.due = now + 2 * this.#roundTrip;
    // Not awaited: a line that takes no bytes is as silent as one that gives none.
    this.#transport.write(encodeFrame(request.frame)).catch(reason => this.#lose(reason));
  }

  #numbered(name: MessageName, body: Uint8Array): Frame {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return { kind: messages[name].kind, flags: 0, sequence: this.#sequence, time: 0, body };
  }

  #silent(name: MessageName, damaged: number): TargetError {
    const heard = damaged ? `only damaged frames (${damaged})` : "nothing";
    return new TargetError(
      `the target is silent: ${heard} for ${this.#quietWaits * this.#patience} ms while ${name} waits for its answer`,
    );
  }

  /** The answer to a request under way, or null where patience ran out, or a later one has its answer. */
  async #awaitAnswer(request: Waiting): Promise<Frame | null> {
    let timer: NodeJS.Timeout;
    const answer = new Promise<Frame | null>((resolve, reject) => {
      timer = setTimeout(resolve, this.#patience, null);
      Object.assign(request, { resolve, reject });
    });
    return answer.finally(() => clearTimeout(timer));
  }

  #take(frame: Frame): void {
    // A line that gives back what it takes has no router on it.
    if (frame.flags === 0) return;
    this.#heard++;
    const isLate = frame.time < this.deviceTime;
    if (!isLate) this.deviceTime = frame.time;
    if (isResponse(frame)) {
      const answered = this.#waiting.get(frame.sequence);
      // A late repetition of an earlier answer is nobody's any more.
      if (answered?.request.frame.kind !== frame.kind) return;
      this.#roundTrip += (Date.now() - answered.since - this.#roundTrip) / 4;
      // Answers come in the order of the requests.
      for (const [sequence, { request }] of this.#waiting) {
        if (sequence === frame.sequence) break;
        this.#waiting.delete(sequence);
        if (sequence === request.frame.sequence) pass(request);
      }
      answered.request.resolve(frame);
      return;
    }
    // One that is too short is another schema's, which HELLO will tell.
    const is = ({ kind, response }: (typeof messages)["HEARTBEAT" | "TRANSMIT"]) =>
      frame.kind === kind && frame.body.length >= response.size;
    if (is(messages.TRANSMIT)) this.onTransmit(decodeAnswer("TRANSMIT", frame.body));
    if (!is(messages.HEARTBEAT)) return;
    const { bootNonce, damaged, overruns } = decodeAnswer("HEARTBEAT", frame.body);
    if (!isLate) this.line = { damaged, overruns };
    this.#checkNonce(bootNonce);
  }

  /** Throws where the answer to HELLO is of another schema, or tells of a reset. */
  #recognize(body: Uint8Array): void {
    const schemaHash = body.length < greeting.size ? null : greeting.decode(body).schemaHash;
    if (schemaHash !== SCHEMA_HASH) {
      const found = schemaHash === null ? "unknown" : hex(schemaHash);
      throw new TargetError(
        `the target's protocol schema is ${found}, this host's is ${hex(SCHEMA_HASH)}: build and flash it anew`,
      );
    }
    const { bootNonce, sequence } = messages.HELLO.response.decode(body);
    if (this.#bootNonce === null) {
      this.#bootNonce = bootNonce;
      this.#sequence = sequence;
    }
    this.#checkNonce(bootNonce);
    if (this.#failure) throw this.#failure;
  }

  #checkNonce(bootNonce: number): void {
    if (this.#bootNonce === null || bootNonce === this.#bootNonce) return;
    this.#failReset(`boot nonce ${hex(this.#bootNonce)}, now ${hex(bootNonce)}`);
  }

  /** The refusal, or the reset that is behind it. */
  async #whyRefused(refused: Refused): Promise<Error> {
    if (refused.status !== Status.NOT_CONFIGURED || !this.#configured) return refused;
    this.#configured = false;
    await this.#exchange("HELLO", new Uint8Array(0));
    // A board that draws the same nonce again was reset all the same.
    return this.#failReset(`boot nonce ${hex(this.#bootNonce!)}, and it is not configured any more`);
  }

  #failReset(sign: string): Error {
    return this.#fail(new TargetError(`the target was reset (${sign}): what it knew is lost`));
  }

  #lose(reason: Error): void {
    this.#fail(new TargetError(`the line to the target is gone: ${reason.message}`));
  }

  /** Fails every request from now on, with the first reason that there was. */
  #fail(reason: Error): Error {
    this.#failure ??= reason;
    for (const { request } of this.#waiting.values()) request.reject(this.#failure);
    return this.#failure;
  }
}

/** The answer to its last frame will not come. */
function pass(request: Waiting): void {
  request.due = 0;
  request.resolve(null);
}

function* oneByOne<T>(items: Iterable<T>): Generator<T> {
  yield* items;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}
