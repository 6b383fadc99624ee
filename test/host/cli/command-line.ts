import { spawnSync } from "node:child_process";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Runs `nearhop` from source in a process of its own, which takes a second or more. */
export function nearhopProcess(args: string[], input: string | Uint8Array = ""): Ended {
  const command = ["--import", "tsx", "host/cli/nearhop.ts", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, input });
  return { code: status ?? -1, out: stdout.toString(), err: stderr.toString() };
}

/** Runs the same program in this process, from a fresh import of its main file. */
export async function nearhop(args: string[], input: string | Uint8Array = ""): Promise<Ended> {
  const ended: Ended = { code: 0, out: "", err: "" };
  const { argv, exitCode, stdin } = process;
  const write = (key: "out" | "err") => (chunk: string | Uint8Array) => {
    ended[key] += Buffer.from(chunk as string);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(write("out")),
    vi.spyOn(process.stderr, "write").mockImplementation(write("err")),
  ];
  const listeners = process.stdout.listeners("error");
  process.argv = ["node", "nearhop", ...args];
  process.exitCode = 0;
  Object.defineProperty(process, "stdin", { value: Readable.from([Buffer.from(input)]), configurable: true });
  try {
    vi.resetModules();
    await import("../../../host/cli/nearhop.js");
    ended.code = Number(process.exitCode ?? 0);
  } finally {
    for (const spy of spies) spy.mockRestore();
    for (const listener of process.stdout.listeners("error")) {
      if (!listeners.includes(listener)) process.stdout.removeListener("error", listener as () => void);
    }
    Object.assign(process, { argv, exitCode });
    Object.defineProperty(process, "stdin", { value: stdin, configurable: true });
  }
  return ended;
}
