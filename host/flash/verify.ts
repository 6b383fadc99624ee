import { setTimeout as delay } from "node:timers/promises";
import type { Answer } from "../protocol/messages.js";
import { hex, type PortScan, scanPorts } from "../target/scan.js";
import { TargetError } from "../target-error.js";

export interface BoardExpected {
  board: string;
  buildHash: Uint8Array;
}

/** What there was before flashing: the boot nonces of boards, and the ports whose boards could not be asked. */
export interface Before {
  nonces: ReadonlySet<number>;
  held: ReadonlySet<string>;
}

export function asBefore(scans: readonly PortScan[]): Before {
  return {
    nonces: new Set(scans.flatMap(scan => ("hello" in scan ? [scan.hello.bootNonce] : []))),
    held: new Set(scans.flatMap(scan => ("problem" in scan && scan.isHeld ? [scan.path] : []))),
  };
}

export interface BoardFound {
  path: string;
  hello: Answer<"HELLO">;
}

export interface Where {
  ports(): Promise<string[]>;
  baudRate: number;
  /** How long to look, milliseconds. */
  patience: number;
}

/** Milliseconds between two looks. */
const LOOK = 200;

/**
 * Resolves once a port answers as the board with that core that was not there before: one that was, or may have been, this one
 * or another, proves nothing. Throws a TargetError that tells what was found instead.
 */
export async function awaitBoard(
  { board, buildHash }: BoardExpected,
  before: Before,
  { ports, baudRate, patience }: Where,
): Promise<BoardFound> {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await scanPorts(await ports(), baudRate);
    for (const scan of found) {
      if ("problem" in scan || doubt(scan, before) !== null) continue;
      if (scan.hello.board === board && hex(scan.hello.buildHash) === hex(buildHash)) return scan;
    }
    if (Date.now() >= deadline) {
      const wanted = `${board}, core ${hex(buildHash)}`;
      const lines = found.map(scan => `\n  ${scan.path}: ${describe(scan, before)}`);
      const what = lines.length > 0 ? `; found${lines.join("")}` : ", as there is no serial port";
      throw new TargetError(`flashed, but not proved: nothing answers as ${wanted}${what}`);
    }
    await delay(LOOK);
  }
}

function describe(scan: PortScan, before: Before): string {
  if ("problem" in scan) return scan.problem;
  const { board, buildHash } = scan.hello;
  return [board, `core ${hex(buildHash)}`, doubt(scan, before) ?? []].flat().join(", ");
}

/** Why a board may be the same as before, or null where it is not. */
function doubt({ path, hello }: BoardFound, { nonces, held }: Before): string | null {
  if (nonces.has(hello.bootNonce)) return "not reset since before";
  return held.has(path) ? "on a port that was in use before" : null;
}
