import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Client } from "../../../host/protocol/client.js";
import { encodeFrame, type Frame, FrameReader } from "../../../host/protocol/frame.js";
import { FrameFlag, type MessageName, messages, nak } from "../../../host/protocol/messages.js";
import { SCHEMA_HASH } from "../../../host/protocol/schema-hash.js";
import { Status, Work } from "../../../host/protocol/words.js";
import { TargetError } from "../../../host/target-error.js";
import type { Transport } from "../../../host/transport/transport.js";

const PROGRESS_ANSWER = { running: 1, time: 0, records: 7, lost: 0, lateness: 0 };

const nothing = messages.HELLO.response.decode(new Uint8Array(messages.HELLO.response.size));

function helloBody(bootNonce: number, schemaHash = SCHEMA_HASH): Uint8Array {
  return messages.HELLO.response.encode({ ...nothing, schemaHash, bootNonce });
}

function heartbeat(bootNonce: number, damaged = 0, overruns = 0): Uint8Array {
  return messages.HEARTBEAT.response.encode({ bootNonce, damaged, overruns });
}

/** The far end of a line: a router whose answers a test sets. */
class FakeLine implements Transport {
  onData: (chunk: Uint8Array) => void = () => {};
  onClose: (reason: Error) => void = () => {};
  readonly #reader = new FrameReader();
  readonly asked: MessageName[] = [];
  lastSequence = -1;
  bootNonce = 1;
  configured = true;
  /** Answers of its own to some requests; null is none. */
  readonly answers: Partial<Record<MessageName, Uint8Array | null>> = {};
  /** What becomes of a write whose bytes arrived. */
  written: () => Promise<void> = async () => {};

  write(bytes: Uint8Array): Promise<void> {
    for (const frame of this.#reader.push(bytes)) this.#take(frame);
    return this.written();
  }

  async close(): Promise<void> {}

  #take({ kind, sequence }: Frame): void {
    const name = (Object.keys(messages) as MessageName[]).find(one => messages[one].kind === kind)!;
    this.asked.push(name);
    this.lastSequence = sequence;
    if (name in this.answers) {
      const body = this.answers[name];
      if (body) this.#send({ kind, flags: FrameFlag.RESPONSE, sequence, time: 5, body });
    } else if (name === "HELLO") {
      this.#send({ kind, flags: FrameFlag.RESPONSE, sequence, time: 5, body: helloBody(this.bootNonce) });
    } else if (name === "PROGRESS" && this.configured) {
      const body = messages.PROGRESS.response.encode(PROGRESS_ANSWER);
      this.#send({ kind, flags: FrameFlag.RESPONSE, sequence, time: 5, body });
    } else if (name === "CONFIGURE") {
      this.configured = true;
      this.#send({ kind, flags: FrameFlag.RESPONSE, sequence, time: 5, body: new Uint8Array(8) });
    } else {
      const body = nak.encode({ status: Status.NOT_CONFIGURED, detail: 0 });
      this.#send({ kind, flags: FrameFlag.RESPONSE | FrameFlag.NAK, sequence, time: 5, body });
    }
  }

  heartbeat(body: Uint8Array, time = 9): void {
    this.#send({ kind: messages.HEARTBEAT.kind, flags: FrameFlag.EVENT, sequence: 0, time, body });
  }

  transmit(body: Uint8Array): void {
    this.#send({ kind: messages.TRANSMIT.kind, flags: FrameFlag.EVENT, sequence: 1, time: 9, body });
  }

  /** A reset: a new nonce, and nothing known. */
  reset(bootNonce: number): void {
    this.bootNonce = bootNonce;
    this.configured = false;
  }

  #send(frame: Frame): void {
    this.onData(encodeFrame(frame));
  }
}

/** A client that gives up at once. */
function meet(line: FakeLine): Client {
  return new Client(line, { patience: 0, quietWaits: 2 });
}

const capacities = messages.CONFIGURE.request.decode(new Uint8Array(messages.CONFIGURE.request.size));

describe("a request", () => {
  it("gets the answer with its sequence number, and the device's time", async () => {
    const line = new FakeLine();
    const client = meet(line);
    await client.hello();
    expect(await client.request("PROGRESS", {})).toMatchObject(PROGRESS_ANSWER);
    expect(client.deviceTime).toBe(5);
  });

  it("is sent again where no answer comes, and then the target is silent", async () => {
    const line = new FakeLine();
    line.answers.PROGRESS = null;
    const request = meet(line).request("PROGRESS", {});
    await expect(request).rejects.toThrow(
      new TargetError("the target is silent: nothing for 0 ms while PROGRESS waits for its answer"),
    );
    expect(line.asked).toEqual(["PROGRESS", "PROGRESS"]);
  });

  it("rejects, and does not throw, where a value does not fit", async () => {
    const request = meet(new FakeLine()).request("RUN", { duration: -1 });
    await expect(request).rejects.toBeInstanceOf(RangeError);
  });

  it("rejects where its body is too long for a frame", async () => {
    const request = meet(new FakeLine()).request("FORWARD", { port: 0 }, new Uint8Array(240));
    await expect(request).rejects.toThrow("body: expected at most 240 bytes, found 241");
  });

  it("rejects where the line takes no bytes, and nothing is left to reject once the line is gone", async () => {
    const line = new FakeLine();
    line.answers.PROGRESS = null;
    line.written = async () => {
      throw new TargetError("broken pipe");
    };
    const client = new Client(line);
    await expect(client.request("PROGRESS", {})).rejects.toThrow("broken pipe");
    line.onClose(new Error("closed"));
    await expect(client.request("PROGRESS", {})).rejects.toBeInstanceOf(TargetError);
  });

  it("rejects where the line goes while it takes bytes", async () => {
    const line = new FakeLine();
    line.answers.PROGRESS = null;
    line.written = () => {
      line.onClose(new Error("unplugged"));
      return new Promise(() => {});
    };
    await expect(new Client(line).request("PROGRESS", {})).rejects.toThrow(
      new TargetError("the line to the target is gone: unplugged"),
    );
  });

  it("is silence too where the line never takes its bytes", async () => {
    const line = new FakeLine();
    line.answers.PROGRESS = null;
    line.written = () => new Promise(() => {});
    await expect(meet(line).request("PROGRESS", {})).rejects.toThrow("the target is silent");
  });
});

describe("silence", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Every heartbeat is `interval` milliseconds behind the one before, `count` in all. */
  function beat(line: FakeLine, interval: number, count: number): void {
    for (let n = 1; n <= count; n++) {
      setTimeout(() => line.heartbeat(heartbeat(1)), n * interval);
    }
  }

  /** What becomes of a request that gets no answer, and when, in milliseconds. */
  async function unanswered(line: FakeLine): Promise<{ message: string; after: number }> {
    line.answers.PROGRESS = null;
    const began = Date.now();
    const request = new Client(line).request("PROGRESS", {}).catch(({ message }) => ({
      message,
      after: Date.now() - began,
    }));
    await vi.runAllTimersAsync();
    return (await request) as { message: string; after: number };
  }

  it("is noticed within one second", async () => {
    const { message, after } = await unanswered(new FakeLine());
    expect(message).toBe("the target is silent: nothing for 750 ms while PROGRESS waits for its answer");
    expect(after).toBeLessThanOrEqual(1000);
  });

  it("is noticed within one second of the last heartbeat, wherever in a wait that came", async () => {
    for (const interval of [1, 100, 249, 251]) {
      const line = new FakeLine();
      beat(line, interval, 5);
      const { after } = await unanswered(line);
      expect(after - 5 * interval).toBeGreaterThan(500);
      expect(after - 5 * interval).toBeLessThanOrEqual(1000);
    }
  });

  it("is not what a router keeps that is heard: it is asked for 5 s, and then does not answer", async () => {
    const line = new FakeLine();
    beat(line, 250, 50);
    expect(await unanswered(line)).toEqual({
      message: "the target does not answer PROGRESS, sent 20 times in 5000 ms, though it is heard",
      after: 5000,
    });
    expect(line.asked).toEqual(Array(20).fill("PROGRESS"));
  });

  it("is what a router keeps while it measures: that is asked again only once it is heard, as it would measure a copy, too", async () => {
    const line = new FakeLine();
    line.answers.MEASURE = null;
    const client = new Client(line, { quietWaits: 40 });
    const values = { work: Work.NOTHING, itemBytes: 1, runs: 1, subject: 0 };
    const answer = client.request("MEASURE", values, Uint8Array.of(0));
    answer.catch(() => {});
    await vi.advanceTimersByTimeAsync(2000);
    expect(line.asked).toEqual(["MEASURE"]);
    line.heartbeat(heartbeat(1));
    await vi.advanceTimersByTimeAsync(250);
    expect(line.asked).toEqual(["MEASURE", "MEASURE"]);
    await client.close();
  });

  it("is also where only damage comes, and says how much of it", async () => {
    const line = new FakeLine();
    for (let n = 1; n < 10; n++) setTimeout(() => line.onData(Uint8Array.of(0, 7, 7, 0)), n * 100);
    const { message } = await unanswered(line);
    expect(message).toContain("only damaged frames (7) for 750 ms");
  });

  it("is also where a line gives back what it takes", async () => {
    const line = new FakeLine();
    line.write = async bytes => line.onData(bytes);
    const { message } = await unanswered(line);
    expect(message).toContain("the target is silent");
  });

  it("is not one wait without a frame, for a host that was held up finds all that came meanwhile after it", async () => {
    const line = new FakeLine();
    line.answers.PROGRESS = null;
    const request = new Client(line).request("PROGRESS", {});
    await vi.advanceTimersByTimeAsync(249);
    delete line.answers.PROGRESS;
    await vi.runAllTimersAsync();
    expect(await request).toMatchObject(PROGRESS_ANSWER);
  });
});

it("an answer is not taken for that to another request of the same number", async () => {
  const line = new FakeLine();
  const { kind, response } = messages.STATE;
  const late = { kind, flags: FrameFlag.RESPONSE, sequence: 7, time: 5, body: new Uint8Array(response.size) };
  line.write = async () => line.onData(encodeFrame(late));
  const hello = new Client(line, { patience: 0, waits: 2, sequence: 6 }).hello();
  await expect(hello).rejects.toThrow("the target does not answer HELLO");
});

it("two hosts do not begin with the same number", async () => {
  const firsts = new Set<number>();
  for (let n = 0; n < 100; n++) {
    const line = new FakeLine();
    await meet(line).hello();
    firsts.add(line.lastSequence);
  }
  expect(firsts.size).toBeGreaterThan(90);
});

it("neither the device's time nor its counts go back where a heartbeat comes late once more", async () => {
  const line = new FakeLine();
  const client = meet(line);
  await client.hello();
  line.heartbeat(heartbeat(1, 0), 9);
  line.heartbeat(heartbeat(1, 3), 20);
  line.heartbeat(heartbeat(1, 0), 9);
  expect(client.deviceTime).toBe(20);
  expect(client.line.damaged).toBe(3);
});

describe("a reset", () => {
  const reset = "the target was reset";

  it("is reported from a heartbeat with another boot nonce, to every request from then on", async () => {
    const line = new FakeLine();
    const client = meet(line);
    await client.hello();
    line.heartbeat(heartbeat(2));
    await expect(client.request("PROGRESS", {})).rejects.toThrow(reset);
    await expect(client.hello()).rejects.toThrow(reset);
  });

  it("is reported from any HELLO with another boot nonce", async () => {
    const line = new FakeLine();
    const client = meet(line);
    await client.request("HELLO", {});
    line.reset(2);
    await expect(client.request("HELLO", {})).rejects.toThrow(
      new TargetError(`${reset} (boot nonce 0x00000001, now 0x00000002): what it knew is lost`),
    );
    await expect(client.request("PROGRESS", {})).rejects.toThrow(reset);
  });

  it.each([1, 2])(
    "is reported where what was configured is not any more, with boot nonce %i",
    async nonce => {
      const line = new FakeLine();
      const client = meet(line);
      await client.hello();
      await client.request("CONFIGURE", capacities);
      line.reset(nonce);
      const request = client.request("PROGRESS", {});
      await expect(request).rejects.toBeInstanceOf(TargetError);
      await expect(request).rejects.toThrow(reset);
      await expect(client.request("PROGRESS", {})).rejects.toThrow(reset);
    },
  );

  it("is not what a router says that was never configured", async () => {
    const line = new FakeLine();
    line.configured = false;
    const client = meet(line);
    await client.hello();
    await expect(client.request("PROGRESS", {})).rejects.toThrow(
      "the router refused PROGRESS: NOT_CONFIGURED",
    );
    await client.request("CONFIGURE", capacities);
    expect(await client.request("PROGRESS", {})).toMatchObject(PROGRESS_ANSWER);
  });
});

describe("an image with another schema", () => {
  const anew = "build and flash it anew";

  it("is told apart by its hash", async () => {
    const line = new FakeLine();
    line.answers.HELLO = helloBody(1, 0x12345678);
    await expect(meet(line).hello()).rejects.toThrow("the target's protocol schema is 0x12345678");
    await expect(meet(line).hello()).rejects.toThrow(anew);
  });

  it.each([0, 5, 6, 20])("is told apart where its HELLO has only %i bytes", async length => {
    const line = new FakeLine();
    line.answers.HELLO = helloBody(1, 0x12345678).subarray(0, length);
    const hello = meet(line).hello();
    await expect(hello).rejects.toBeInstanceOf(TargetError);
    await expect(hello).rejects.toThrow(anew);
  });

  it("may send heartbeats of any length", async () => {
    const line = new FakeLine();
    const client = meet(line);
    for (let length = 0; length < messages.HEARTBEAT.response.size; length++)
      line.heartbeat(new Uint8Array(length));
    await client.hello();
  });
});

it("what the router lost is known from its last heartbeat", async () => {
  const line = new FakeLine();
  const client = meet(line);
  expect(client.line).toEqual({ damaged: 0, overruns: 0 });
  await client.hello();
  line.heartbeat(heartbeat(1, 3, 4));
  expect(client.line).toEqual({ damaged: 3, overruns: 4 });
});

it("a packet of the router's own is handed on as it came, and one cut short is not", async () => {
  const line = new FakeLine();
  const client = meet(line);
  await client.hello();
  const packets: unknown[] = [];
  client.onTransmit = packet => packets.push(packet);
  line.transmit(Uint8Array.of(3, 1, 0x45, 0xc0));
  line.transmit(Uint8Array.of(3));
  expect(packets).toEqual([{ port: 3, neighbor: 1, tail: Uint8Array.of(0x45, 0xc0) }]);
});
