import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type RunOptions, runScenario } from "../../hil/run.js";
import { Client } from "../../host/protocol/client.js";
import { DeviceTarget } from "../../host/target/device.js";
import { openTarget } from "../../host/target/open.js";
import {
  bitErrors,
  delays,
  droppedChunks,
  duplicates,
  type Fault,
  withFaults,
} from "../../host/transport/faults.js";
import { Board } from "../host/protocol/loaded-router.js";
import { virtually } from "../virtual-time.js";
import { small } from "./small-scenario.js";

const PREFIXES = 300;
const scenario = small(["  Paris:", `  Paris: { background_prefixes: ${PREFIXES} }`]);

let board: Board;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  board.stop();
  vi.useRealTimers();
});

/** Plays the scenario on a board at the other end of a line with such faults. */
async function play(faults: Fault[], options: Partial<RunOptions> = {}) {
  board = await Board.start("host");
  const client = new Client(withFaults(board.line, 1, ...faults));
  const openTarget = async () => new DeviceTarget("board", client);
  return (await virtually(runScenario(scenario, { openTarget, ...options }))).observations;
}

it("a scenario over a line that loses, turns, doubles and holds up is observed as on a clean one", async () => {
  const faults = [bitErrors(0.0001), droppedChunks(0.1), duplicates(0.2), delays(0.2, 50)];
  const clean = await virtually(runScenario(scenario, { openTarget: () => openTarget("wasm") }));
  expect(await play(faults)).toEqual(clean.observations);
});

it("a table's load shows how far it is, and is half of the whole", async () => {
  const shares: number[] = [];
  await play([], { onProgress: share => shares.push(share) });
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  const loading = shares.filter(share => share > 0 && share < 0.5);
  expect(loading.length).toBeGreaterThan(10);
  expect(loading.at(-1)).toBeGreaterThan(0.4);
});
