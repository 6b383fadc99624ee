import { setTimeout as delay } from "node:timers/promises";
import type { Answer } from "../protocol/messages.js";
import { hex, type PortScan, scanPorts } from "../target/scan.js";
import { TargetError } from "../target-error.js";

export interface BoardExpected {
  board: string;
  buildHash: Uint8Array;
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
 * Resolves once a port answers as the board with that core, and with a boot nonce that is not among the `old` ones: a board
 * that was there before, this one or another, proves nothing. Throws a TargetError that tells what was found instead.
 */
export async function awaitBoard(
  { board, buildHash }: BoardExpected,
  old: ReadonlySet<number>,
  { ports, baudRate, patience }: Where,
): Promise<BoardFound> {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await scanPorts(await ports(), baudRate);
    for (const scan of found) {
      if (!("hello" in scan) || old.has(scan.hello.bootNonce)) continue;
      if (scan.hello.board === board && hex(scan.hello.buildHash) === hex(buildHash)) return scan;
    }
    if (Date.now() >= deadline) {
      const wanted = `${board}, core ${hex(buildHash)}`;
      const lines = found.map(scan => `\n  ${scan.path}: ${describe(scan, old)}`);
      const what = lines.length > 0 ? `; found${lines.join("")}` : ", as there is no serial port";
      throw new TargetError(`flashed, but not proved: nothing answers as ${wanted}${what}`);
    }
    await delay(LOOK);
  }
}

function describe(scan: PortScan, old: ReadonlySet<number>): string {
  if ("problem" in scan) return scan.problem;
  const { board, buildHash, bootNonce } = scan.hello;
  return `${board}, core ${hex(buildHash)}${old.has(bootNonce) ? ", not reset since before" : ""}`;
}
