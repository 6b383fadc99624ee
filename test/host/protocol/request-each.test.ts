import { expect, it, vi } from "vitest";
import { Client } from "../../../host/protocol/client.js";
import { encodeFrame, type Frame, FrameReader } from "../../../host/protocol/frame.js";
import { FrameFlag, messages, nak } from "../../../host/protocol/messages.js";
import { Refused } from "../../../host/protocol/refused.js";
import { Status } from "../../../host/protocol/words.js";
import type { Transport } from "../../../host/transport/transport.js";

/** The far end of a line that answers when a test says so. */
class PatientLine implements Transport {
  onData: (chunk: Uint8Array) => void = () => {};
  onClose: (reason: Error) => void = () => {};
  readonly #reader = new FrameReader();
  readonly asked: Frame[] = [];

  async write(bytes: Uint8Array): Promise<void> {
    this.asked.push(...this.#reader.push(bytes));
  }

  async close(): Promise<void> {}

  /** Answers the request that came as number `index`. */
  async answer(index: number, flags = 0, body: Uint8Array = new Uint8Array(0)): Promise<void> {
    const { kind, sequence } = this.asked[index]!;
    this.onData(encodeFrame({ kind, flags: FrameFlag.RESPONSE | flags, sequence, time: 0, body }));
    await settled();
  }

  async refuse(index: number, status: number): Promise<void> {
    await this.answer(index, FrameFlag.NAK, nak.encode({ status, detail: 0 }));
  }

  /** Slots of the paths that were announced, in order. */
  get slots(): number[] {
    return this.asked.map(({ body }) => messages.ANNOUNCE.request.decode(body).slot);
  }
}

/** Lets the client do what is left to do. */
function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

/** Announces of so many paths, on a line that a test answers on. */
async function announcing(count: number): Promise<{ line: PatientLine; done: Promise<void> }> {
  const line = new PatientLine();
  const requests = Array.from({ length: count }, (_, slot) => ({ values: { slot, family: 4 } }));
  const done = new Client(line, { patience: 1_000_000 }).requestEach("ANNOUNCE", requests);
  done.catch(() => {});
  await settled();
  return { line, done };
}

it("has three requests under way, and sends the next once one is answered", async () => {
  const { line, done } = await announcing(5);
  expect(line.slots).toEqual([0, 1, 2]);
  for (let index = 0; index < 5; index++) {
    await line.answer(index);
    expect(line.slots).toEqual([0, 1, 2, 3, 4].slice(0, index + 4));
  }
  await done;
});

it("sends a request again, with a new number, as soon as a later one is answered", async () => {
  const { line, done } = await announcing(4);
  await line.answer(1);
  expect(line.slots).toEqual([0, 1, 2, 0, 3]);
  expect(new Set(line.asked.map(({ sequence }) => sequence)).size).toBe(5);
  // The answer to what was sent first, after all.
  await line.answer(0);
  for (const index of [2, 3, 4]) await line.answer(index);
  await done;
  expect(line.asked).toHaveLength(5);
});

it("takes the answer to any number that a request was sent with, where answers take longer than its patience", async () => {
  vi.useFakeTimers();
  const line = new PatientLine();
  const requests = [0, 1].map(slot => ({ values: { slot, family: 4 } }));
  const done = new Client(line, { patience: 20 }).requestEach("ANNOUNCE", requests);
  await vi.advanceTimersByTimeAsync(50);
  vi.useRealTimers();
  expect(line.slots).toEqual([0, 1, 0, 1, 0, 1]);
  // What is passed over is not the last that was sent of it.
  await line.answer(1);
  expect(line.asked).toHaveLength(6);
  await line.answer(2);
  await done;
  expect(line.asked).toHaveLength(6);
});

it("sends fewer copies where answers take longer, so that a slow line gets no slower", async () => {
  vi.useFakeTimers();
  const line = new PatientLine();
  // Takes a frame each 50 ms, and answers it then.
  let taken = 0;
  const clock = setInterval(() => {
    if (taken < line.asked.length) line.answer(taken++);
  }, 50);
  const requests = Array.from({ length: 200 }, (_, slot) => ({ values: { slot, family: 4 } }));
  const done = new Client(line, { patience: 20, waits: 50 }).requestEach("ANNOUNCE", requests);
  await vi.advanceTimersByTimeAsync(20_000);
  clearInterval(clock);
  vi.useRealTimers();
  await done;
  expect(line.asked.length).toBeLessThan(230);
});

it("sends no more once one is refused, and says so when nothing is under way any more", async () => {
  const { line, done } = await announcing(5);
  let over = false;
  done.catch(() => {
    over = true;
  });
  await line.refuse(0, Status.TABLE_FULL);
  await line.answer(1);
  expect(over).toBe(false);
  await line.answer(2);
  await expect(done).rejects.toBeInstanceOf(Refused);
  expect(line.slots).toEqual([0, 1, 2]);
});

it("rejects where one does not fit into a frame", async () => {
  const client = new Client(new PatientLine());
  const requests = [{ values: { slot: 0, family: 4 }, tail: new Uint8Array(240) }];
  await expect(client.requestEach("ANNOUNCE", requests)).rejects.toThrow("expected at most 240 bytes");
});

it("rejects with why the line is gone, whatever each of the requests met", async () => {
  const { line, done } = await announcing(5);
  line.onClose(new Error("unplugged"));
  await expect(done).rejects.toThrow("the line to the target is gone: unplugged");
});
