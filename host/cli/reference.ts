/** Writes docs/command-line.md from the commands' own help. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { nearhop, withSubcommands } from "./program.js";

export const REFERENCE = "docs/command-line.md";

/** Columns of the help texts. */
const WIDTH = 100;

export function reference(): string {
  const parts = withSubcommands(nearhop()).map(
    command => `## ${path(command)}\n\n\`\`\`\n${help(command)}\`\`\`\n`,
  );
  return [
    "# The command line\n",
    "Written by `npm run generate` from the commands' own help.\n",
    "Data goes to standard output, progress and messages to standard error; `-` stands for standard input or output. Exit",
    "codes: 0 all holds, 1 an expectation failed or two reports differ, 2 wrong usage or bad input, 3 the target or the",
    "machine failed, 4 time ran out.\n",
    ...parts,
  ].join("\n");
}

function path(command: Command): string {
  return command.parent ? `${path(command.parent)} ${command.name()}` : command.name();
}

function help(command: Command): string {
  let text = "";
  command.configureOutput({
    writeOut: part => {
      text += part;
    },
    getOutHelpWidth: () => WIDTH,
  });
  command.outputHelp();
  return text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(fileURLToPath(new URL(`../../${REFERENCE}`, import.meta.url)), reference());
}
