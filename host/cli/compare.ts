import type { Command } from "commander";
import {
  type Comparison,
  compare,
  comparisonJson,
  comparisonText,
  type Gate,
  gateFigures,
  gateJson,
  gateReports,
  gateText,
  isBaseline,
  type NamedFigures,
  type NamedReport,
  readMeasured,
} from "../../hil/compare/index.js";
import type { TerminalOptions } from "../../hil/report/index.js";
import { InputError } from "../input-error.js";
import { openInput, readAll } from "../tables/input.js";
import { Exit } from "./exit.js";
import { layoutOn, writeOutput } from "./output.js";

interface Options {
  exact?: true;
  json?: string;
  quiet?: boolean;
}

/** What came out of it, in both faces. */
interface Found {
  holds: boolean;
  json(): string;
  text(layout: TerminalOptions): string;
}

export function register(program: Command): void {
  program
    .command("compare")
    .description("Tell what is worse than a baseline, or where two targets part in the same scenario")
    .argument(
      "<A.json>",
      "a report of nearhop run --json, or of nearhop bench failover --json; - is standard input",
    )
    .argument("<B.json>", "a later one of the same, or that of another target with the same seed and repeats")
    .option("--exact", "show where they part, though both are of one kind of target")
    .option("--json <file>", "write what was found as JSON; - is standard output")
    .option("--quiet", "print nothing, only what is asked for")
    .addHelpText(
      "after",
      "\nReports of one kind of target are a baseline and a later run: ends with 1 where a figure is worse beyond its\naccuracy, and with 0 where all are as good or better. Those of two kinds are to be the same: ends with 1 where\nthey differ. Times that a router takes for its own work are compared only between clocks of one kind.",
    )
    .action(async (a: string, b: string, { exact, json, quiet }: Options) => {
      if (a === "-" && b === "-") {
        throw new InputError({ file: "B.json" }, "a file, as standard input holds A.json", '"-"');
      }
      const found = weigh(await measuredIn(a), await measuredIn(b), exact ?? false);
      if (json !== undefined) await writeOutput(json, found.json());
      const out = json === "-" ? process.stderr : process.stdout;
      if (!quiet) out.write(found.text(layoutOn(out)));
      if (!found.holds) process.exitCode = Exit.EXPECTATION_FAILED;
    });
}

function weigh(one: NamedReport | NamedFigures, other: NamedReport | NamedFigures, exact: boolean): Found {
  if ("report" in one && "report" in other) {
    return exact || !isBaseline(one.report, other.report)
      ? differences(compare(one, other))
      : changes(gateReports(one, other));
  }
  if ("figures" in one && "figures" in other && !exact) return changes(gateFigures(one, other));
  const [wrong, why] =
    "report" in one ? [other, "like the other"] : [one, exact ? "with --exact" : "like the other"];
  throw new InputError({ file: wrong.name }, `a report of nearhop run --json ${why}`, "figures");
}

function differences(comparison: Comparison): Found {
  return {
    holds: comparison.agree,
    json: () => comparisonJson(comparison),
    text: layout => comparisonText(comparison, layout),
  };
}

function changes(gate: Gate): Found {
  return { holds: gate.holds, json: () => gateJson(gate), text: layout => gateText(gate, layout) };
}

async function measuredIn(path: string) {
  const input = openInput(path);
  return readMeasured(input.name, (await readAll(input)).toString());
}
