/** The command table: one file a command. */
import { Command } from "commander";
import { NEARHOP } from "../nearhop.js";
import * as bench from "./bench.js";
import * as boards from "./boards.js";
import * as build from "./build.js";
import * as compare from "./compare.js";
import * as doctor from "./doctor.js";
import * as flash from "./flash.js";
import * as lookup from "./lookup.js";
import * as run from "./run.js";
import * as scan from "./scan.js";
import * as select from "./select.js";
import * as table from "./table.js";
import { version } from "./version.js";

const commands = [run, compare, select, lookup, bench, table, build, flash, boards, scan, doctor];

/** The whole command line, not yet parsed. Throws a CommanderError instead of exiting. */
export function nearhop(): Command {
  const program = new Command("nearhop")
    .description(
      "Which site an anycast router reaches, how long the gap is when a site dies, and which conversations survive.",
    )
    .version(version)
    // An option behind the name of a command is that command's, although the one above has it too.
    .enablePositionalOptions();
  for (const { register } of commands) register(program);
  for (const command of withSubcommands(program)) {
    command.exitOverride().showHelpAfterError(`(${started(command)} --help tells what it takes)`);
  }
  return program;
}

/** As the user would have to write it. */
function started(command: Command): string {
  return command.parent ? `${started(command.parent)} ${command.name()}` : NEARHOP;
}

/** A command and all below it, in order. */
export function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}
