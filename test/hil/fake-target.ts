import type { Client } from "../../host/protocol/client.js";
import { type messages, record } from "../../host/protocol/messages.js";
import { RecordKind } from "../../host/protocol/words.js";
import type { Target } from "../../host/target/target.js";

interface Behaviour {
  /** Records that found no room. */
  lost?: number;
  lateness?: number;
  /** How often it says that it is still running. */
  stillRunning?: number;
}

const RECORDS_A_PAGE = 2;

/** A target that takes everything, and whose streams all leave by neighbor 0. */
export class FakeTarget implements Target {
  readonly name = "fake";
  readonly clock = "virtual";
  readonly requests: { name: string; values: Record<string, unknown> }[] = [];
  closed = false;
  #stillRunning: number;

  constructor(readonly behaviour: Behaviour = {}) {
    this.#stillRunning = behaviour.stillRunning ?? 0;
  }

  get client(): Client {
    const request = async (name: keyof typeof messages, values: Record<string, unknown>) => {
      if (this.closed) throw new Error("closed");
      this.requests.push({ name, values });
      return this.#answer(name, values);
    };
    const requestEach = async (
      name: keyof typeof messages,
      requests: Iterable<{ values: Record<string, unknown> }>,
    ) => {
      for (const { values } of requests) await request(name, values);
    };
    return { request, requestEach } as unknown as Client;
  }

  async elapse(_duration: number, onProgress?: (share: number) => void): Promise<void> {
    onProgress?.(0.5);
    onProgress?.(1);
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  #answer(name: keyof typeof messages, values: Record<string, unknown>): Record<string, unknown> {
    const { lost = 0, lateness = 0 } = this.behaviour;
    const records = this.#records();
    switch (name) {
      case "HELLO":
        return { board: "fake", buildHash: new Uint8Array(8), tickRate: 1_000_000 };
      case "PROGRESS":
        return {
          running: this.#stillRunning-- > 0 ? 1 : 0,
          time: 0,
          records: records.length,
          lost,
          lateness,
        };
      case "RECORDS": {
        const page = records.slice(values.first as number).slice(0, RECORDS_A_PAGE);
        return { count: page.length, tail: Buffer.concat(page) };
      }
      default:
        return {};
    }
  }

  #records(): Uint8Array[] {
    const streams = this.requests.filter(({ name }) => name === "STREAM").map(({ values }) => values);
    return streams.flatMap(({ stream, count }) => [
      record.encode({ time: 0, kind: RecordKind.EGRESS, value: 0, subject: stream as number, count: 0 }),
      record.encode({
        time: 0,
        kind: RecordKind.STREAM_END,
        value: 0,
        subject: stream as number,
        count: count as number,
      }),
    ]);
  }
}
