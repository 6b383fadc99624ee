import { describe, expect, it } from "vitest";
import { Client } from "../../../host/protocol/client.js";
import { encodeFrame, type Frame, FrameReader } from "../../../host/protocol/frame.js";
import { FrameFlag, type MessageName, messages, nak } from "../../../host/protocol/messages.js";
import { SCHEMA_HASH } from "../../../host/protocol/schema-hash.js";
import { Status } from "../../../host/protocol/words.js";
import { TargetError } from "../../../host/target-error.js";
import type { Transport } from "../../../host/transport/transport.js";

const PROGRESS = { running: 1, time: 0, records: 7, lost: 0, lateness: 0 };

const nothing = messages.HELLO.response.decode(new Uint8Array(messages.HELLO.response.size));

function helloBody(bootNonce: number, schemaHash = SCHEMA_HASH): Uint8Array {
  return messages.HELLO.response.encode({ ...nothing, schemaHash, bootNonce });
}

/** The far end of a line: a router whose answers a test sets. */
class FakeLine implements Transport {
  onData: (chunk: Uint8Array) => void = () => {};
  onClose: (reason: Error) => void = () => {};
  readonly #reader = new FrameReader();
  readonly asked: MessageName[] = [];
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
    if (name in this.answers) {
      const body = this.answers[name];
      if (body) this.#send({ kind, flags: FrameFlag.RESPONSE, sequence, time: 5, body });
    } else if (name === "HELLO") {
      this.#send({ kind, flags: FrameFlag.RESPONSE, sequence, time: 5, body: helloBody(this.bootNonce) });
    } else if (name === "PROGRESS" && this.configured) {
      const body = messages.PROGRESS.response.encode(PROGRESS);
      this.#send({ kind, flags: FrameFlag.RESPONSE, sequence, time: 5, body });
    } else if (name === "CONFIGURE") {
      this.configured = true;
      this.#send({ kind, flags: FrameFlag.RESPONSE, sequence, time: 5, body: new Uint8Array(8) });
    } else {
      const body = nak.encode({ status: Status.NOT_CONFIGURED, detail: 0 });
      this.#send({ kind, flags: FrameFlag.RESPONSE | FrameFlag.NAK, sequence, time: 5, body });
    }
  }

  heartbeat(body: Uint8Array): void {
    this.#send({ kind: messages.HEARTBEAT.kind, flags: FrameFlag.EVENT, sequence: 0, time: 9, body });
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
  return new Client(line, { patience: 0, tries: 2 });
}

const capacities = messages.CONFIGURE.request.decode(new Uint8Array(messages.CONFIGURE.request.size));

describe("a request", () => {
  it("gets the answer with its sequence number, and the device's time", async () => {
    const line = new FakeLine();
    const client = meet(line);
    await client.hello();
    expect(await client.request("PROGRESS", {})).toMatchObject(PROGRESS);
    expect(client.deviceTime).toBe(5);
  });

  it("is sent again where no answer comes, and then the target is silent", async () => {
    const line = new FakeLine();
    line.answers.PROGRESS = null;
    const request = meet(line).request("PROGRESS", {});
    await expect(request).rejects.toThrow(
      new TargetError("the target is silent: no answer to PROGRESS within 2 x 0 ms"),
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

describe("a reset", () => {
  const reset = "the target was reset";

  it("is reported from a heartbeat with another boot nonce, to every request from then on", async () => {
    const line = new FakeLine();
    const client = meet(line);
    await client.hello();
    line.heartbeat(messages.HEARTBEAT.response.encode({ bootNonce: 2, damaged: 0, overruns: 0 }));
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
    expect(await client.request("PROGRESS", {})).toMatchObject(PROGRESS);
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
  line.heartbeat(messages.HEARTBEAT.response.encode({ bootNonce: 1, damaged: 3, overruns: 4 }));
  expect(client.line).toEqual({ damaged: 3, overruns: 4 });
});
