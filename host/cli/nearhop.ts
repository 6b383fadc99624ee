#!/usr/bin/env node
/** The command line. Only this room prints and exits. */
import { CommanderError } from "commander";
import { exitCode, explain } from "./exit.js";
import { nearhop } from "./program.js";

function fail(error: unknown): number {
  if (!(error instanceof CommanderError)) process.stderr.write(`nearhop: ${explain(error)}\n`);
  return exitCode(error);
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", error => {
  process.exit((error as NodeJS.ErrnoException).code === "EPIPE" ? 0 : fail(error));
});

try {
  await nearhop().parseAsync();
} catch (error) {
  process.exitCode = fail(error);
}
