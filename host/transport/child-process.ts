/**
 * A program that runs a router and gives its serial line on a unix socket, as QEMU does.
 *
 *   this process listens ---> the program starts, and connects     (so that no byte is missed)
 *   end: SIGTERM, then SIGKILL, by pid, while the line is drained   (QEMU ignores SIGTERM while it cannot write)
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TargetError } from "../target-error.js";
import { Stream } from "./tcp.js";
import type { Transport } from "./transport.js";

/** Milliseconds that the program may take to connect, and to end after SIGTERM. */
const START_PATIENCE = 10_000;
const END_PATIENCE = 2000;

export interface Process {
  readonly line: Transport;
  readonly pid: number;
  /** Ends the program, and waits until it is gone. */
  end(): Promise<void>;
}

/**
 * Starts `command`, made for the path of the socket that it is to connect to. Throws a TargetError if it does not. What
 * the program sends first is not lost to a caller that listens at once.
 */
export async function start(command: (path: string) => string[]): Promise<Process> {
  const { child, socket } = await launch(command);
  return { line: new Stream(socket, child.spawnfile), pid: child.pid!, end: () => end(child) };
}

async function launch(command: (path: string) => string[]): Promise<{ child: ChildProcess; socket: Socket }> {
  const directory = await mkdtemp(join(tmpdir(), "nearhop-"));
  const path = join(directory, "line");
  const server = createServer();
  try {
    server.listen(path);
    await once(server, "listening");
    const [program, ...args] = command(path);
    const child = spawn(program!, args, { stdio: ["ignore", "ignore", "pipe"] });
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    child.once("exit", () => process.off("exit", kill));
    const socket = await connection(server, child, program!).catch(async error => {
      await end(child);
      throw error;
    });
    return { child, socket };
  } finally {
    server.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The first connection to `server`, unless the program fails before. */
function connection(
  server: ReturnType<typeof createServer>,
  child: ChildProcess,
  program: string,
): Promise<Socket> {
  let said = "";
  child.stderr!.setEncoding("utf8").on("data", text => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer);
      reject(new TargetError(`${program} ${what}${said && `: ${said.trim()}`}`));
    };
    const timer = setTimeout(() => fail(`did not connect within ${START_PATIENCE / 1000} s`), START_PATIENCE);
    child.once("error", error => fail(`could not be started: ${error.message}`));
    child.once("close", (code, signal) => fail(`ended with ${signal ?? `exit code ${code}`}`));
    server.once("connection", socket => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), END_PATIENCE);
  await gone;
  clearTimeout(timer);
}
