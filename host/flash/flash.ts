/** Puts an image on a board, and has the board prove it: the answer to HELLO after the reset names board and core. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Board } from "../../firmware/build/board.js";
import { takeLock } from "../lock.js";
import { deviceOf } from "../target/line.js";
import { type PortScan, scanPorts } from "../target/scan.js";
import { InUseError, TargetError } from "../target-error.js";
import { listPorts } from "../transport/serial.js";
import { copyToDrive } from "./drive.js";
import { runProgram } from "./program.js";
import { asBefore, awaitBoard, type BoardFound } from "./verify.js";
import type { Way } from "./way.js";

/** Milliseconds that a board may take from the end of flashing to its answer. */
const PATIENCE = 15_000;

export interface FlashOptions {
  /** Where the board answers; on any port that nobody holds, unless given. */
  port?: string | undefined;
  baudRate: number;
  patience?: number;
  /** Takes what a program prints. */
  onOutput(text: string): void;
}

/**
 * Flashes the image in `directory` that way. Throws a TargetError where the port is in use, where the program or the drive
 * fails, or where no board answers that was not there before.
 */
export async function flash(
  board: Board,
  way: Way,
  directory: string,
  { port, baudRate, patience = PATIENCE, onOutput }: FlashOptions,
): Promise<BoardFound> {
  const ports = async () => (port === undefined ? (await listPorts()).map(({ path }) => path) : [port]);
  const found = await scanPorts(await ports(), baudRate);
  if (port !== undefined) refuseHeld(found);
  const release = port === undefined ? () => {} : await takeLock(deviceOf({ path: port, baudRate }));
  try {
    await carryOut(way, directory, onOutput);
  } finally {
    release();
  }
  const expected = { board: board.name, buildHash: buildHashIn(directory) };
  return awaitBoard(expected, asBefore(found), { ports, baudRate, patience });
}

/** The board on a port that somebody holds could not prove itself. */
function refuseHeld(scans: readonly PortScan[]): void {
  for (const scan of scans) if ("problem" in scan && scan.isHeld) throw new InUseError(scan.problem);
}

async function carryOut(way: Way, directory: string, onOutput: (text: string) => void): Promise<void> {
  if ("drive" in way) return copyToDrive(join(directory, way.method.file), way.drive);
  const { arguments: args, prepare } = way.method;
  await runProgram(way.program, args, directory, onOutput).catch(({ message }: TargetError) => {
    throw new TargetError(`${message}; before flashing, ${prepare}`);
  });
}

/** SHA-256 of the core in an image, the first 8 bytes, as its HELLO tells it. */
function buildHashIn(directory: string): Buffer {
  const core = readFileSync(join(directory, "router.wasm"));
  return createHash("sha256").update(core).digest().subarray(0, 8);
}
