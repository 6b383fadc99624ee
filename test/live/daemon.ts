import { spawn } from "node:child_process";
import { once } from "node:events";

/** A program that runs until it is ended. */
export function spawnDaemon(command: string, words: string[]): { end(): Promise<void> } {
  const child = spawn(command, words, { stdio: "ignore" });
  const ended = once(child, "exit");
  return {
    async end() {
      if (child.exitCode === null && child.signalCode === null) child.kill();
      await ended;
    },
  };
}
