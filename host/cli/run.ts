import type { Command } from "commander";
import { compare, comparisonText } from "../../hil/compare/index.js";
import { measure } from "../../hil/measure/index.js";
import type { Report } from "../../hil/measure/result.js";
import { html, json, junit, terminal } from "../../hil/report/index.js";
import { runScenario } from "../../hil/run.js";
import { loadScenario, shippedScenarios } from "../../hil/scenario/load.js";
import type { Scenario, TestedRouter } from "../../hil/scenario/scenario.js";
import { checkExpectations } from "../../hil/world/expectations.js";
import { InputError } from "../input-error.js";
import { loadTable } from "../tables/load.js";
import { DEFAULT_NEXT_HOPS } from "../tables/next-hops.js";
import type { PrefixTable } from "../tables/routes.js";
import { TARGETS } from "../target/names.js";
import { openTarget } from "../target/open.js";
import type { Target } from "../target/target.js";
import { Exit } from "./exit.js";
import { whole } from "./numbers.js";
import { layoutOn, writeOutput } from "./output.js";
import { progress } from "./progress.js";
import { version } from "./version.js";

interface Options {
  target: string;
  diff?: string;
  wait: number;
  repeat: number;
  seed: number;
  table?: string;
  json?: string;
  junit?: string;
  html?: string;
  quiet?: boolean;
}

export function register(program: Command): void {
  program
    .command("run")
    .description("Play a scenario, and tell what each client met")
    .argument("<scenario>", `a YAML file, - for standard input, or one of ${shippedScenarios().join(", ")}`)
    .option("--target <target>", `what runs the router: ${TARGETS}`, "wasm")
    .option("--diff <target>", "play it on this target too, and show where the two part")
    .option("--wait <s>", "seconds to wait for a board that another run has", whole(0, 1_000_000), 0)
    .option("--repeat <n>", "play it so often, with other phases each time", whole(1, 100_000), 1)
    .option("--seed <n>", "the same seed gives the same run", whole(0, 0xffff_ffff), 1)
    .option("--table <file>", "prefixes for routers with background_prefixes: table")
    .option("--json <file>", "write the report as JSON; - is standard output")
    .option("--junit <file>", "write the expectations as JUnit XML")
    .option("--html <file>", "write the report as one offline HTML page")
    .option("--quiet", "print nothing, only what is asked for")
    .action(run);
}

async function run(name: string, options: Options): Promise<void> {
  checkStandardStreams(name, options);
  const scenario = await loadScenario(name, { table: options.table !== undefined });
  const table = options.table === undefined ? null : await backgroundTable(options.table);
  if (scenario.leftOut.length > 0) {
    process.stderr.write(`left out without --table: ${scenario.leftOut.join(", ")}\n`);
  }
  const { target, diff, quiet } = options;
  const report = await play(scenario, target, table, options);
  const other = diff === undefined ? null : await play(scenario, diff, table, options);
  const out = await writeFaces(report, options);
  const comparison =
    other && compare({ name: `--target ${target}`, report }, { name: `--diff ${diff}`, report: other });
  if (!quiet) {
    const layout = layoutOn(out);
    out.write(comparison ? comparisonText(comparison, layout) : terminal(report, layout));
  }
  const passed = report.verdict === "pass" && other?.verdict !== "fail";
  if (!passed || comparison?.agree === false) process.exitCode = Exit.EXPECTATION_FAILED;
}

async function play(
  scenario: Scenario,
  target: string,
  table: PrefixTable | null,
  { wait, seed, repeat }: Options,
): Promise<Report> {
  const bar = progress(`${scenario.name} on ${target}`);
  const { observations, targets } = await runScenario(scenario, {
    openTarget: opener(target, wait * 1000),
    seed,
    repeat,
    table,
    onProgress: share => bar.update(share),
  }).finally(() => bar.done());
  return measure({
    generator: `nearhop ${version}`,
    scenario: { name: scenario.name, title: scenario.title, description: scenario.description },
    targets,
    seed,
    observations,
    expectations: checkExpectations(scenario, observations),
  });
}

/** Opens a router's own target, or `target`. A board is opened once, for all routers that have it. */
function opener(target: string, wait: number): (router: TestedRouter) => Promise<Target> {
  const boards = new Map<string, Target>();
  return async router => {
    const name = router.target ?? target;
    const opened = boards.get(name) ?? (await openTarget(name, { wait }));
    if (opened.clock === "device") boards.set(name, opened);
    return opened;
  };
}

/** Standard input and standard output are for one thing each. */
function checkStandardStreams(name: string, { table, json, junit, html }: Options): void {
  if (name === "-" && table === "-") {
    throw new InputError({ file: "--table" }, "a file, as standard input holds the scenario", '"-"');
  }
  const faces = { json, junit, html };
  const [first, second] = Object.entries(faces).flatMap(([face, path]) => (path === "-" ? [face] : []));
  if (second !== undefined) {
    throw new InputError({ file: `--${second}` }, `a file, as standard output is for --${first}`, '"-"');
  }
}

/** Its next hops do not matter: the scenario's neighbors announce the prefixes. */
async function backgroundTable(path: string): Promise<PrefixTable> {
  const bar = progress("table");
  const options = { nextHops: DEFAULT_NEXT_HOPS, seed: 1, onProgress: bar.update };
  return (await loadTable(path, options).finally(bar.done)).table;
}

/** Gives where people read then: standard output is for one thing, so where a face goes there, standard error. */
async function writeFaces(report: Report, options: Options): Promise<NodeJS.WriteStream> {
  const faces = [
    [options.json, json],
    [options.junit, junit],
    [options.html, html],
  ] as const;
  for (const [path, face] of faces) if (path !== undefined) await writeOutput(path, face(report));
  return faces.some(([path]) => path === "-") ? process.stderr : process.stdout;
}
