#!/usr/bin/env node
/** The command line. Only this room prints and exits. */
import { CommanderError } from "commander";
import { exitCode, explain } from "./exit.js";
import { nearhop } from "./program.js";

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", error => {
  if ((error as NodeJS.ErrnoException).code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await nearhop().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`nearhop: ${explain(error)}\n`);
  process.exitCode = exitCode(error);
}
