import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TargetError } from "../../../host/target-error.js";
import {
  bitErrors,
  delays,
  droppedBytes,
  droppedChunks,
  duplicates,
  type Fault,
  FaultyLine,
  interruption,
  lateCopies,
  truncation,
  withFaults,
} from "../../../host/transport/faults.js";
import type { Transport } from "../../../host/transport/transport.js";

/** A line that gives back each chunk, and keeps what it took. */
class Echo implements Transport {
  onData: (chunk: Uint8Array) => void = () => {};
  onClose: (reason: Error) => void = () => {};
  readonly taken: Uint8Array[] = [];

  async write(bytes: Uint8Array): Promise<void> {
    this.taken.push(bytes);
    this.onData(bytes);
  }

  async close(): Promise<void> {
    this.onClose(new TargetError("closed"));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Chunks of 200 bytes, each with its number in all of them. */
const chunks = Array.from({ length: 100 }, (_, n) => new Uint8Array(200).fill(n));

const numbers = (passed: Uint8Array[]) => passed.map(([first]) => first);

/** What becomes of the chunks on their way there, and there and back, one a millisecond. */
async function through(seed: number, ...faults: Fault[]): Promise<{ out: Uint8Array[]; back: Uint8Array[] }> {
  const echo = new Echo();
  const line = withFaults(echo, seed, ...faults);
  const back: Uint8Array[] = [];
  line.onData = chunk => back.push(chunk);
  for (const chunk of chunks) {
    await line.write(chunk);
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.runAllTimersAsync();
  return { out: echo.taken, back };
}

describe("a faulty line", () => {
  const all = [
    bitErrors(0.01),
    droppedBytes(0.1),
    droppedChunks(0.1),
    truncation(0.1),
    duplicates(0.1),
    lateCopies(0.1, 20),
    delays(0.1, 20),
  ];

  it("does the same with the same seed, another thing with another, and leaves what it is given alone", async () => {
    const once = await through(1, ...all);
    expect(await through(1, ...all)).toEqual(once);
    expect(await through(2, ...all)).not.toEqual(once);
    for (const [n, chunk] of chunks.entries()) expect(new Set(chunk)).toEqual(new Set([n]));
  });

  it("turns bits, there and back", async () => {
    const { out, back } = await through(1, bitErrors(0.01));
    const turned = (passed: Uint8Array[]) =>
      passed.flatMap((chunk, n) => [...chunk].filter(byte => byte !== n)).length;
    expect(out.map(({ length }) => length)).toEqual(chunks.map(() => 200));
    // 20,000 bytes of which each is whole with a chance of 0.99^8.
    expect(turned(out) / 20_000).toBeCloseTo(1 - 0.99 ** 8, 1);
    expect(turned(back)).toBeGreaterThan(turned(out) * 1.5);
  });

  it("loses bytes", async () => {
    const { out } = await through(1, droppedBytes(0.1));
    expect(numbers(out)).toEqual(numbers(chunks));
    expect(out.reduce((sum, { length }) => sum + length, 0) / 20_000).toBeCloseTo(0.9, 1);
  });

  it("loses chunks", async () => {
    const { out } = await through(1, droppedChunks(0.3));
    expect(out.length / chunks.length).toBeCloseTo(0.7, 1);
    expect(out.every(({ length }) => length === 200)).toBe(true);
  });

  it("cuts chunks short", async () => {
    const { out } = await through(1, truncation(0.5));
    const whole = out.filter(({ length }) => length === 200);
    expect(whole.length / chunks.length).toBeCloseTo(0.5, 1);
    expect(new Set(out.map(({ length }) => length)).size).toBeGreaterThan(30);
  });

  it("brings chunks twice, the second right behind the first", async () => {
    expect(numbers((await through(1, duplicates(1))).out)).toEqual(numbers(chunks).flatMap(n => [n, n]));
  });

  it("brings chunks once more, behind later ones", async () => {
    const found = numbers((await through(1, lateCopies(1, 20))).out);
    expect(found.toSorted((a, b) => a! - b!)).toEqual(numbers(chunks).flatMap(n => [n, n]));
    expect(found.filter((n, at) => at > 0 && n! < found[at - 1]! - 5).length).toBeGreaterThan(10);
  });

  it("holds chunks up, and all that is behind them, in order", async () => {
    const echo = new Echo();
    const line = withFaults(echo, 1, delays(1, 20));
    for (const chunk of chunks) line.write(chunk);
    expect(echo.taken).toEqual([]);
    await vi.runAllTimersAsync();
    expect(numbers(echo.taken)).toEqual(numbers(chunks));
  });

  it("is interrupted before the chunk that was named, once", async () => {
    const echo = new Echo();
    const seen: unknown[] = [];
    const line = new FaultyLine(
      echo,
      interruption(3, () => seen.push(numbers(echo.taken))),
      1,
    );
    for (const chunk of chunks) await line.write(chunk);
    expect(seen).toEqual([[0, 1, 2]]);
    expect(echo.taken).toEqual(chunks);
  });
});

describe("a cable", () => {
  const none: Fault = () => (chunk, pass) => pass(chunk);

  it("that is pulled passes nothing either way, says nothing, and can be put back", async () => {
    const echo = new Echo();
    const line = new FaultyLine(echo, none, 1);
    const [data, closed] = [vi.fn(), vi.fn()];
    line.onData = data;
    line.onClose = closed;
    line.pull();
    await line.write(Uint8Array.of(1));
    echo.onData(Uint8Array.of(2));
    expect(echo.taken).toEqual([]);
    expect(data).not.toHaveBeenCalled();
    line.plug();
    await line.write(Uint8Array.of(3));
    expect(data.mock.calls).toEqual([[Uint8Array.of(3)]]);
    expect(closed).not.toHaveBeenCalled();
  });

  it("that takes its port with it says so, once", async () => {
    const line = new FaultyLine(new Echo(), none, 1);
    const closed = vi.fn();
    line.onClose = closed;
    const reason = new TargetError("input/output error");
    line.pull(reason);
    await line.close();
    expect(closed.mock.calls).toEqual([[reason]]);
  });
});

it("a line that takes no bytes any more says so, even where they come late", async () => {
  const echo = new Echo();
  const reason = new TargetError("broken pipe");
  echo.write = async () => {
    throw reason;
  };
  const line = withFaults(echo, 1, delays(1, 20));
  const closed = vi.fn();
  line.onClose = closed;
  await line.write(Uint8Array.of(1));
  expect(closed).not.toHaveBeenCalled();
  await vi.runAllTimersAsync();
  expect(closed.mock.calls).toEqual([[reason]]);
});
