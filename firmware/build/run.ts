/** Runs a program of the toolchain to its end. */
import { execFile } from "node:child_process";

/** Standard output. Throws an Error with what the program printed if it fails. */
export function run(program: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} ${args.join(" ")}\n${stderr || stdout || error.message}`));
    });
  });
}
