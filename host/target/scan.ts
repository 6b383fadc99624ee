import type { Answer } from "../protocol/messages.js";
import { InUseError, TargetError } from "../target-error.js";
import { openLine } from "./line.js";

/** Who is on a port by its own word, HELLO, or why nobody is known to be: where somebody holds it, nobody was asked. */
export type PortScan = { path: string } & ({ hello: Answer<"HELLO"> } | { problem: string; isHeld: boolean });

/** Asks on all ports at once who is there. A port that somebody holds is left alone. */
export function scanPorts(paths: readonly string[], baudRate: number): Promise<PortScan[]> {
  return Promise.all(
    paths.map(path =>
      hello(path, baudRate).then(
        hello => ({ path, hello }),
        error => {
          if (!(error instanceof TargetError)) throw error;
          return { path, problem: error.message, isHeld: error instanceof InUseError };
        },
      ),
    ),
  );
}

async function hello(path: string, baudRate: number): Promise<Answer<"HELLO">> {
  const target = await openLine(path, { path, baudRate });
  try {
    return await target.client.hello();
  } finally {
    await target.close();
  }
}

/** As people read a unique id, or a build hash. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
