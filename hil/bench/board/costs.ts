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

/** Runs at most on a real board, where no two need be alike. */
const RUNS = 64;

/** Of the runs with an item. */
const TRIES = 3;

/** Part of a second that one request may take: what takes half of one, the router refuses. */
const PATIENCE = 8;

const ROOM = BODY_LIMIT - messages.MEASURE.request.size;

export class Costs {
  constructor(
    readonly client: Client,
    readonly clock: BoardClock,
  ) {}

  /** `items` are all of one size; `expected` is about what one costs, and `subject` as in MEASURE. */
  async of(work: Work, items: readonly Uint8Array[], expected: number, subject = 0): Promise<Cost> {
    const allowed = this.clock.rate / PATIENCE / TRIES / expected;
    const runs = runsOn(this.clock, allowed);
    const ticksOf = (work: Work, these: readonly Uint8Array[]) => this.#ticks(work, these, runs, subject);
    const atATime = Math.min(Math.max(1, Math.floor(allowed / runs)), fitting(items));
    // So short that interrupts for one byte after the other may last through all tries with one item.
    const nothing = Array.from<Uint8Array>({ length: fitting(items) }).fill(items[0]!);
    const base = Math.min(...(await ticksOf(Work.NOTHING, nothing)));
    const ticks: number[] = [];
    while (ticks.length < items.length) {
      ticks.push(...(await ticksOf(work, items.slice(ticks.length, ticks.length + atATime))));
    }
    const units = ticks.map(these => this.#units(these - base, runs));
    return {
      items: units.length,
      mean: units.reduce((sum, one) => sum + one, 0) / units.length,
      worst: Math.max(...units),
    };
  }

  async #ticks(work: Work, items: readonly Uint8Array[], runs: number, subject: number): Promise<number[]> {
    const tail = Buffer.concat(items);
    const itemBytes = items[0]!.length;
    const answer = await this.client.request("MEASURE", { work, itemBytes, runs, subject }, tail);
    const view = new DataView(answer.tail.buffer, answer.tail.byteOffset, answer.tail.byteLength);
    return items.map((_, index) => view.getUint32(4 * index, true));
  }

  /** Of one run. */
  #units(ticks: number, runs: number): number {
    const units = (ticks * this.clock.perTick) / runs;
    return this.clock.isExact ? Math.round(units) : units;
  }
}

/** Items, and the four bytes of answer to each, that one message carries. */
function fitting(items: readonly Uint8Array[]): number {
  return Math.floor(Math.min(ROOM / items[0]!.length, BODY_LIMIT / 4));
}

/**
 * Each of the two counts whose difference is a figure may be one tick off. Where each run is the same, as many runs make a
 * figure exact as make that less than half a unit. Else `allowed` are as many as one request has time for.
 */
function runsOn({ perTick, isExact }: BoardClock, allowed: number): number {
  if (!isExact) return Math.max(1, Math.min(RUNS, Math.floor(allowed)));
  return perTick === 1 ? 1 : 2 ** Math.ceil(Math.log2(4 * perTick + 1));
}
