import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireTool } from "../firmware/build/tools.js";
import { type Process, start } from "../host/transport/child-process.js";
import type { Transport } from "../host/transport/transport.js";

/** A pseudo-terminal: programs open `path` as their serial port, and `line` is its far end. */
export interface PseudoTerminal extends Process {
  readonly path: string;
}

export async function openPseudoTerminal(): Promise<PseudoTerminal> {
  const socat = requireTool("socat");
  const directory = await mkdtemp(join(tmpdir(), "nearhop-test-"));
  const path = join(directory, "port");
  const far = await start(socket => [socat, `PTY,link=${path},rawer`, `UNIX-CONNECT:${socket}`]);
  return {
    ...far,
    path,
    async end() {
      await far.end();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Each of the two lines gets what the other one says. What comes while nobody takes what came before is lost, as on a wire. */
export function connect(one: Transport, other: Transport): void {
  carry(one, other);
  carry(other, one);
}

function carry(from: Transport, to: Transport): void {
  let free = true;
  from.onData = async chunk => {
    if (!free) return;
    free = false;
    // What is under way when a line ends goes nowhere.
    await to.write(chunk).catch(() => {});
    free = true;
  };
}
