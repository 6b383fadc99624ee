/** What pieces of a router's work cost on a board, by its own counter: MEASURE, less what MEASURE itself costs. */
import type { Client } from "../../../host/protocol/client.js";
import { BODY_LIMIT, messages } from "../../../host/protocol/messages.js";
import { Work } from "../../../host/protocol/words.js";
import type { BoardClock } from "./clock.js";

/** Of one piece of work with several items, in the clock's unit. */
export interface Cost {
  items: number;
  mean: number;
  /** The highest of an item. */
  worst: number;
}

/** Runs on a real board, where no two need be alike. */
const RUNS = 64;

/** Units that one request may take, so that a board is not taken for a silent one. */
const PATIENCE = 8_000_000;

const ROOM = BODY_LIMIT - messages.MEASURE.request.size;

export class Costs {
  readonly #runs: number;

  constructor(
    readonly client: Client,
    readonly clock: BoardClock,
  ) {
    this.#runs = runsOn(clock);
  }

  /** `items` are all of one size; `expected` is about what one costs, and `subject` as in MEASURE. */
  async of(work: Work, items: readonly Uint8Array[], expected: number, subject = 0): Promise<Cost> {
    const base = await this.#ticks(Work.NOTHING, items.slice(0, 1), subject);
    const atATime = Math.max(1, Math.floor(PATIENCE / (expected * this.#runs)));
    const ticks: number[] = [];
    while (ticks.length < items.length) {
      const next = items.slice(ticks.length, ticks.length + Math.min(atATime, fitting(items)));
      ticks.push(...(await this.#ticks(work, next, subject)));
    }
    const units = ticks.map(these => this.#units(these - base[0]!));
    return {
      items: units.length,
      mean: units.reduce((sum, one) => sum + one, 0) / units.length,
      worst: Math.max(...units),
    };
  }

  async #ticks(work: Work, items: readonly Uint8Array[], subject: number): Promise<number[]> {
    const tail = Buffer.concat(items);
    const itemBytes = items[0]!.length;
    const answer = await this.client.request("MEASURE", { work, itemBytes, runs: this.#runs, subject }, tail);
    const view = new DataView(answer.tail.buffer, answer.tail.byteOffset, answer.tail.byteLength);
    return items.map((_, index) => view.getUint32(4 * index, true));
  }

  /** Of one run. */
  #units(ticks: number): number {
    const units = (ticks * this.clock.perTick) / this.#runs;
    return this.clock.isExact ? Math.round(units) : units;
  }
}

/** Items, and the four bytes of answer to each, that one message carries. */
function fitting(items: readonly Uint8Array[]): number {
  return Math.floor(Math.min(ROOM / items[0]!.length, BODY_LIMIT / 4));
}

/**
 * Each of the two counts whose difference is a figure may be one tick off. Where each run is the same, as many runs make a
 * figure exact as make that less than half a unit.
 */
function runsOn({ perTick, isExact }: BoardClock): number {
  if (!isExact) return RUNS;
  return perTick === 1 ? 1 : 2 ** Math.ceil(Math.log2(4 * perTick + 1));
}
