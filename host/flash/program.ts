import { spawn } from "node:child_process";
import { basename } from "node:path";
import { TargetError } from "../target-error.js";

/** Runs a program to its end; `onOutput` gets all that it prints. Throws a TargetError where it fails. */
export function runProgram(
  program: string,
  args: string[],
  cwd: string,
  onOutput: (text: string) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    const fail = (what: string) => reject(new TargetError(`${basename(program)} ${what}`));
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", onOutput);
    child.once("error", error => fail(`could not be started: ${error.message}`));
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else fail(`ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}
