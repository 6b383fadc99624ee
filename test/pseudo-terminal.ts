import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireTool } from "../firmware/build/tools.js";
import { type Process, start } from "../host/transport/child-process.js";

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
