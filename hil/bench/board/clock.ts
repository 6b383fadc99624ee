/**
 * What a tick of a target's counter is worth.
 *
 * - rp2040js counts the cycles of a Cortex-M0+ whose memory never waits, and the Pico's counter has all of them.
 * - QEMU counts each instruction as one nanosecond, whatever the CPU and its clock; the counter has one tick for many.
 * - A real board's counter runs at a fixed part of the CPU's clock.
 */
import { boardNames, readBoard } from "../../../firmware/build/board.js";
import type { Target } from "../../../host/target/target.js";
import { TargetError } from "../../../host/target-error.js";

export interface BoardClock {
  /** Hz, of the CPU. */
  rate: number;
  unit: "cycles" | "instructions" | "nanoseconds";
  /** Units in a tick. */
  perTick: number;
  /** Runs of which each is the same to the unit: emulated. */
  isExact: boolean;
}

const QEMU_RATE = 1e9;

/** Of the board that a target says it is. Throws a TargetError where its clock stands still, or nobody knows the board. */
export function clockOf(target: Target, board: string): BoardClock {
  if (target.clock === "virtual") {
    throw new TargetError(`${target.name} has a clock that stands still while the router computes`);
  }
  if (!boardNames().includes(board)) {
    throw new TargetError(`${target.name} is a ${board}, a board that is not known here`);
  }
  const { clockHz: rate, tickRate, emulator } = readBoard(board);
  const isExact = target.clock === "emulated";
  return isExact && emulator?.program === "qemu-system-arm"
    ? { rate, unit: "instructions", perTick: QEMU_RATE / tickRate, isExact }
    : { rate, unit: "cycles", perTick: rate / tickRate, isExact };
}
