/**
 * A line with faults, for tests: any transport behind any number of faults, each with its own seed for each direction.
 *
 *   client <---> FaultyLine(bit errors) <---> FaultyLine(delays) <---> the line
 *
 * The same seeds and the same chunks give the same faults. Delays are timers, so a virtual clock makes them virtual.
 */
import { mix, Random } from "../tables/random.js";
import type { Transport } from "./transport.js";

/** Takes on what is left of a chunk. */
type Pass = (chunk: Uint8Array) => void;

/** One direction of a line: passes on what it makes of each chunk, now or later, any number of times. */
type Way = (chunk: Uint8Array, pass: Pass) => void;

export type Fault = (random: Random, direction: "toTarget" | "toHost") => Way;

export class FaultyLine implements Transport {
  onData: (chunk: Uint8Array) => void = () => {};
  onClose: (reason: Error) => void = () => {};
  readonly #line: Transport;
  readonly #toTarget: Way;
  #isWhole = true;
  #isOpen = true;

  constructor(line: Transport, fault: Fault, seed: number) {
    this.#line = line;
    this.#toTarget = fault(new Random(mix(seed)), "toTarget");
    const toHost = fault(new Random(mix(seed) + 1), "toHost");
    line.onData = chunk => toHost(chunk, rest => this.#isWhole && this.onData(rest));
    line.onClose = reason => this.#end(reason);
  }

  /** Resolves in any case: a line that is gone says so by `onClose`, for the bytes may be long on their way. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#toTarget(bytes, rest => {
      if (this.#isWhole) this.#line.write(rest).catch(reason => this.#end(reason));
    });
  }

  /**
   * Pulls the cable: nothing passes any more, either way. With a reason the port is gone too, as a USB port is; a
   * plain serial port says nothing.
   */
  pull(reason?: Error): void {
    this.#isWhole = false;
    if (reason) this.#end(reason);
  }

  /** Puts the cable back. */
  plug(): void {
    this.#isWhole = true;
  }

  close(): Promise<void> {
    this.#isWhole = false;
    return this.#line.close();
  }

  #end(reason: Error): void {
    this.#isWhole = false;
    if (this.#isOpen) this.onClose(reason);
    this.#isOpen = false;
  }
}

/** A line behind several faults; the last one is nearest to the host. */
export function withFaults(line: Transport, seed: number, ...faults: readonly Fault[]): Transport {
  return faults.reduce((inner, fault, layer) => new FaultyLine(inner, fault, seed + layer), line);
}

/** Each bit is turned with this chance. */
export function bitErrors(chance: number): Fault {
  return random => (chunk, pass) =>
    pass(
      chunk.map(byte => {
        for (let bit = 1; bit < 0x100; bit <<= 1) if (random.share() < chance) byte ^= bit;
        return byte;
      }),
    );
}

/** Each byte is lost with this chance. */
export function droppedBytes(chance: number): Fault {
  return random => (chunk, pass) =>
    passSome(
      chunk.filter(() => random.share() >= chance),
      pass,
    );
}

/** Each chunk is lost with this chance. */
export function droppedChunks(chance: number): Fault {
  return random => (chunk, pass) => {
    if (random.share() >= chance) pass(chunk);
  };
}

/** Each chunk loses its end with this chance, from any byte on. */
export function truncation(chance: number): Fault {
  return random => (chunk, pass) =>
    passSome(random.share() < chance ? chunk.subarray(0, random.below(chunk.length)) : chunk, pass);
}

/** Each chunk comes twice with this chance. */
export function duplicates(chance: number): Fault {
  return random => (chunk, pass) => {
    pass(chunk);
    if (random.share() < chance) pass(chunk);
  };
}

/** Each chunk comes once more with this chance, up to `most` milliseconds later: behind what was sent after it. */
export function lateCopies(chance: number, most: number): Fault {
  return random => (chunk, pass) => {
    pass(chunk);
    if (random.share() < chance) setTimeout(pass, random.below(most + 1), chunk);
  };
}

/** Each chunk is held up with this chance, for up to `most` milliseconds, and all that is behind it with it. */
export function delays(chance: number, most: number): Fault {
  return random => {
    const held: Uint8Array[] = [];
    return (chunk, pass) => {
      if (held.length === 0) {
        if (random.share() >= chance) return pass(chunk);
        setTimeout(() => held.splice(0).forEach(pass), random.below(most + 1));
      }
      held.push(chunk);
    };
  };
}

/** Does `action` once, before the host's chunk number `nth`, counted from 0, goes on its way. */
export function interruption(nth: number, action: () => void): Fault {
  return (_, direction) => {
    let count = 0;
    return (chunk, pass) => {
      if (direction === "toTarget" && count++ === nth) action();
      pass(chunk);
    };
  };
}

function passSome(chunk: Uint8Array, pass: Pass): void {
  if (chunk.length > 0) pass(chunk);
}
