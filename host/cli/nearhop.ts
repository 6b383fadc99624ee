#!/usr/bin/env node
/** The command line (DESIGN section 7): one file a command; only this room prints and exits. */
import { Command, CommanderError } from "commander";
import { exitCode, explain } from "./exit.js";
import { version } from "./version.js";

const commands = ["run", "select", "lookup", "bench", "table", "build", "doctor"] as const;

const program = new Command("nearhop")
  .description(
    "Which site an anycast router reaches, how long the gap is when a site dies, and which conversations survive.",
  )
  .version(version)
  .exitOverride()
  .showHelpAfterError("(nearhop COMMAND --help tells more)");

for (const name of commands) {
  const { register } = (await import(`./${name}.js`)) as { register: (program: Command) => void };
  register(program);
}
for (const command of program.commands) command.exitOverride().showHelpAfterError();

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", error => {
  if ((error as NodeJS.ErrnoException).code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`nearhop: ${explain(error)}\n`);
  process.exitCode = exitCode(error);
}
