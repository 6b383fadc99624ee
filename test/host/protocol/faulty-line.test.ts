import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Client } from "../../../host/protocol/client.js";
import { Refused } from "../../../host/protocol/refused.js";
import type { Profile } from "../../../host/router/router.js";
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
import { virtually } from "../../virtual-time.js";
import { Board, load, stateOf } from "./loaded-router.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Longest that a fault keeps a chunk, and longer than all that a stack of them does, milliseconds. */
const LATEST = 1200;
const SETTLING = 10_000;

/** After so many milliseconds without a frame a target is known to be silent. */
const SILENCE = 1000;

/** Chances that leave a frame of 260 bytes a chance, for strengths from 0 to 1. */
const faults = {
  bitErrors: (strength: number) => bitErrors(0.0004 * strength),
  droppedBytes: (strength: number) => droppedBytes(0.003 * strength),
  droppedChunks: (strength: number) => droppedChunks(0.5 * strength),
  truncation: (strength: number) => truncation(0.5 * strength),
  duplicates: (strength: number) => duplicates(strength),
  lateCopies: (strength: number) => lateCopies(strength, LATEST),
  delays: (strength: number) => delays(strength, LATEST),
};

const names = Object.keys(faults) as (keyof typeof faults)[];

const stack = fc.array(fc.tuple(fc.constantFrom(...names), fc.double({ min: 0.01, max: 1, noNaN: true })), {
  minLength: 1,
  maxLength: 4,
});

/** Each set of faults, the empty one too. */
const combinations = Array.from({ length: 1 << names.length }, (_, set) =>
  names.filter((_, bit) => set & (1 << bit)),
);

const accidents = ["none", "silent cable", "cable and port", "reset"] as const;

/** What befalls the line in the middle of a load, before the host's chunk `at`. */
interface Accident {
  kind: (typeof accidents)[number];
  at: number;
  /** When it did, milliseconds; until then, never. */
  time?: number;
}

const accident: fc.Arbitrary<Accident> = fc.record({
  kind: fc.constantFrom("none", ...accidents),
  at: fc.integer({ min: 0, max: 50 }),
});

/** At the host's end, so that what was sent before is on its way. */
function withAccident(board: Board, inner: Transport, event: Accident): Transport {
  const { kind, at } = event;
  const line: FaultyLine = new FaultyLine(
    inner,
    interruption(at, () => {
      event.time = Date.now();
      if (kind === "reset") board.reset();
      if (kind === "silent cable") line.pull();
      if (kind === "cable and port") line.pull(new Error("input/output error"));
    }),
    0,
  );
  return line;
}

/** Loads the table, waits until nothing is on its way any more, and asks whether the router is still there. */
async function loadAndSettle(client: Client): Promise<void> {
  await load(client);
  await new Promise(resolve => setTimeout(resolve, SETTLING));
  await client.request("STATE", {});
}

/** Loads the table over the board's own line, from a new host. */
async function loadCleanly(board: Board): Promise<unknown[]> {
  await virtually(load(new Client(board.line)));
  return stateOf(board.ask);
}

async function cleanState(profile: Profile): Promise<unknown[]> {
  const board = await Board.start(profile);
  const state = await loadCleanly(board);
  board.stop();
  return state;
}

describe.each(["host", "mcu"] as const)("a table loaded over a faulty line, %s profile", profile => {
  let expected: unknown[];

  beforeEach(async () => {
    expected = await cleanState(profile);
  });

  /** Loads the table over such a line; whether it is there then. What must not be fails. */
  async function isLoaded(
    layers: Fault[],
    event: Accident,
    seed: number,
    sequence: number,
  ): Promise<boolean> {
    const board = await Board.start(profile);
    const client = new Client(withAccident(board, withFaults(board.line, seed, ...layers), event), {
      sequence,
    });
    const failure = await virtually(loadAndSettle(client).catch((error: Error) => error));
    const failed = Date.now();
    await client.close();
    if (failure) {
      expect(failure instanceof TargetError || failure instanceof Refused, failure.stack).toBe(true);
      expect(failure.message).toMatch(/^the (target|line|router) /);
      if (event.time !== undefined && event.kind.includes("cable")) {
        expect(failed - event.time).toBeLessThanOrEqual(SILENCE);
      }
      expect(await loadCleanly(board)).toEqual(expected);
    } else {
      expect(await stateOf(board.ask)).toEqual(expected);
    }
    board.stop();
    return failure === undefined;
  }

  // One damaged frame in 65,536 passes its check, so other seeds than these may find one that does.
  it("is right, or not there with a clear error and then loaded anew", async () => {
    const ends = { right: 0, failed: 0 };
    const property = fc.asyncProperty(
      stack,
      accident,
      fc.nat(),
      fc.nat(0xffff),
      async (layers, event, seed, sequence) => {
        const layered = layers.map(([name, strength]) => faults[name](strength));
        ends[(await isLoaded(layered, event, seed, sequence)) ? "right" : "failed"]++;
      },
    );
    await fc.assert(property, { seed: 1, numRuns: 100 });
    expect(Math.min(ends.right, ends.failed)).toBeGreaterThan(20);
  });

  // Of the profiles, the boards'.
  it.runIf(profile === "mcu").each(accidents)(
    "is so under each combination of faults, with this accident: %s",
    async kind => {
      for (const [seed, combination] of combinations.entries()) {
        const layers = combination.map(name => faults[name](0.2));
        const told = `seed ${seed}: ${combination.join(", ")}`;
        const loaded = await isLoaded(layers, { kind, at: seed % 30 }, seed, seed).catch(error => {
          throw new Error(told, { cause: error });
        });
        if (kind.includes("cable")) expect(loaded, told).toBe(false);
      }
    },
  );

  it.each([0, 1, 2, 12, 30])("tells of a reset before chunk %i, with the new boot nonce", async at => {
    const board = await Board.start(profile);
    const { bootNonce: before } = await board.ask("HELLO", {});
    const client = new Client(withAccident(board, board.line, { kind: "reset", at }));
    const failure = await virtually(loadAndSettle(client).catch((error: Error) => error));
    const { bootNonce: after } = await board.ask("HELLO", {});
    if (at === 0) expect(failure).toBeUndefined();
    else expect(failure).toEqual(new TargetError(resetFrom(before, after)));
    expect(await loadCleanly(board)).toEqual(expected);
    board.stop();
  });
});

function resetFrom(before: number, after: number): string {
  const hex = (nonce: number) => `0x${nonce.toString(16).padStart(8, "0")}`;
  return `the target was reset (boot nonce ${hex(before)}, now ${hex(after)}): what it knew is lost`;
}
