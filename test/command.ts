import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../dist/host/cli/nearhop.js", import.meta.url));

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** The command line as a user has it: built, in a process of its own, with pipes for a terminal. */
export function nearhop(args: string[], input: string | Uint8Array = "", env: NodeJS.ProcessEnv = {}): Ended {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [built, ...args], {
    input,
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return { code: status ?? -1, out: stdout.toString(), err: stderr.toString() };
}

/** The same while the test goes on, for one that stands for a board. */
export function nearhopBeside(args: string[], input = "", env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [built, ...args], { env: { ...process.env, ...env } });
    const texts = [child.stdout, child.stderr].map(stream => {
      const chunks: Buffer[] = [];
      stream.on("data", chunk => chunks.push(chunk));
      return () => Buffer.concat(chunks).toString();
    });
    child.once("error", reject);
    child.once("close", code => resolve({ code: code ?? -1, out: texts[0]!(), err: texts[1]!() }));
    child.stdin.end(input);
  });
}
