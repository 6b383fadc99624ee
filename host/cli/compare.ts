import type { Command } from "commander";
import { compare, comparisonJson, comparisonText, readReport } from "../../hil/compare/index.js";
import { InputError } from "../input-error.js";
import { openInput, readAll } from "../tables/input.js";
import { Exit } from "./exit.js";
import { layoutOn, writeOutput } from "./output.js";

interface Options {
  json?: string;
  quiet?: boolean;
}

export function register(program: Command): void {
  program
    .command("compare")
    .description("Show where two targets part in the same scenario")
    .argument("<A.json>", "a report of nearhop run --json; - is standard input")
    .argument("<B.json>", "that of another target, with the same scenario, seed and repeats")
    .option("--json <file>", "write the comparison as JSON; - is standard output")
    .option("--quiet", "print nothing, only what is asked for")
    .addHelpText(
      "after",
      "\nEnds with 0 where the two agree and with 1 where they differ. Times that a router takes for its own work are\ncompared only between clocks of one kind.",
    )
    .action(async (a: string, b: string, options: Options) => {
      if (a === "-" && b === "-") {
        throw new InputError({ file: "B.json" }, "a file, as standard input holds A.json", '"-"');
      }
      const comparison = compare(await reportIn(a), await reportIn(b));
      const { json, quiet } = options;
      if (json !== undefined) await writeOutput(json, comparisonJson(comparison));
      const out = json === "-" ? process.stderr : process.stdout;
      if (!quiet) out.write(comparisonText(comparison, layoutOn(out)));
      if (!comparison.agree) process.exitCode = Exit.EXPECTATION_FAILED;
    });
}

async function reportIn(path: string) {
  const input = openInput(path);
  return readReport(input.name, (await readAll(input)).toString());
}
