import { type Command, Option } from "commander";
import { emulatedBoards, imageDirectory, readBoard } from "../../firmware/build/board.js";
import { isCurrent } from "../../firmware/build/current.js";
import { contenders } from "../../hil/bench/against/packages.js";
import { type BenchFigures, bench, DEFAULT_CHURN } from "../../hil/bench/bench.js";
import { type BoardFigures, boardBench } from "../../hil/bench/board/bench.js";
import { InputError } from "../input-error.js";
import { NEARHOP } from "../nearhop.js";
import { loadTable } from "../tables/load.js";
import type { PrefixTable } from "../tables/routes.js";
import { synthesize } from "../tables/synth.js";
import { openEmulated } from "../target/emulated.js";
import { openTarget } from "../target/open.js";
import type { Target } from "../target/target.js";
import { TargetError } from "../target-error.js";
import { Bars } from "./bars.js";
import * as failover from "./bench-failover.js";
import { writeFigures } from "./bench-figures.js";
import { boardBenchText } from "./bench-text/board.js";
import { benchText } from "./bench-text/index.js";
import { whole } from "./numbers.js";
import { type Progress, progress } from "./progress.js";
import { nextHopsOption, seedOption } from "./table-options.js";

interface Options {
  target?: string;
  wait: number;
  unchecked?: true;
  table?: string;
  prefixes4: number;
  prefixes6: number;
  nextHops: number;
  seed: number;
  churn: number;
  against?: true;
  json?: string;
}

export function register(program: Command): void {
  const command = program
    .command("bench")
    .enablePositionalOptions()
    .description(
      "Measure this machine: forwarding tables, loading, failover, and a whole scenario; or what a router's work costs on a board",
    )
    .addOption(
      new Option(
        "--target <target>",
        `measure a board instead: ${emulatedBoards().join(", ")}, serial:PATH[?baud=N] or tcp://host:port`,
      ).conflicts(["table", "prefixes4", "prefixes6", "nextHops", "churn", "against"]),
    )
    .option("--unchecked", "of an emulated board, the image without bounds checks too, beside the other")
    .option("--wait <s>", "seconds to wait for a board that another run has", whole(0, 1_000_000), 0)
    .option("--table <file>", "prefixes to measure with; a synthetic table unless given")
    .option("--prefixes4 <n>", "of a synthetic table", whole(0, 4_000_000), 900_000)
    .option("--prefixes6 <n>", "of a synthetic table", whole(0, 4_000_000), 160_000)
    .addOption(nextHopsOption())
    .addOption(seedOption("which next hops they get, and what is looked up and changed"))
    .option(
      "--churn <n>",
      "random updates of each family, after which its size is compared with a fresh table's",
      whole(1),
      DEFAULT_CHURN,
    )
    .option("--against", "measure the npm packages maxmind and longest-prefix-match too, in the same run")
    .option("--json <file>", "write the figures as JSON; - is standard output")
    .action(run);
  failover.register(command);
}

async function run(options: Options): Promise<void> {
  const { target, json } = options;
  if (options.unchecked) checkImages(target);
  if (target === undefined) {
    const figures = await measureMachine(options);
    await writeFigures(figures, benchText(figures), json);
  } else {
    const figures = await measureBoard(() => openTarget(target, { wait: options.wait * 1000 }), options);
    const unchecked = options.unchecked ? await measureUnchecked(target, options) : null;
    await writeFigures({ ...figures, unchecked }, boardBenchText(figures, unchecked), json);
  }
}

/** Whether there is an image with bounds checks and one without, before anything is measured. */
function checkImages(board: string | undefined): void {
  if (board === undefined || !emulatedBoards().includes(board)) {
    const expected = `one of ${emulatedBoards().join(", ")}, as --unchecked runs two images`;
    throw new InputError(
      { file: "--target" },
      expected,
      board === undefined ? "none" : JSON.stringify(board),
    );
  }
  for (const checked of [true, false]) {
    if (isCurrent(readBoard(board), imageDirectory(board, checked))) continue;
    const what = checked ? "image" : "image without bounds checks";
    const command = `${NEARHOP} build ${board}${checked ? "" : " --unchecked"}`;
    throw new TargetError(`there is no ${what} of ${board} that is as new as its sources: ${command}`);
  }
}

async function measureMachine({ against, seed, churn, ...options }: Options): Promise<BenchFigures> {
  const others = against && (await contenders());
  const table = await benchTable({ ...options, seed, churn });
  const bars = new Bars();
  return bench(table, {
    seed,
    churn,
    ...(others && { against: others }),
    onProgress: bars.update,
  }).finally(bars.done);
}

async function measureBoard(open: () => Promise<Target>, { seed }: Options): Promise<BoardFigures> {
  const target = await open();
  const bars = new Bars();
  try {
    return await boardBench(target, { seed, onProgress: bars.update });
  } finally {
    bars.done();
    await target.close();
  }
}

/** The image of an emulated board that has no bounds checks. */
async function measureUnchecked(board: string, options: Options): Promise<BoardFigures> {
  return measureBoard(() => openEmulated(board, imageDirectory(board, false)), options);
}

/** A table with at least one prefix. */
async function benchTable(options: Options): Promise<PrefixTable> {
  const bar = progress("table");
  try {
    const { name, table } = await namedTable(options, bar);
    if (table.ipv4.count + table.ipv6.count > 0) return table;
    throw new InputError({ file: name }, "at least one prefix", "none");
  } finally {
    bar.done();
  }
}

async function namedTable(options: Options, bar: Progress): Promise<{ name: string; table: PrefixTable }> {
  const { table, prefixes4, prefixes6, nextHops, seed } = options;
  const shared = { nextHops, seed, onProgress: bar.update };
  if (table !== undefined) return loadTable(table, shared);
  return { name: "synthetic table", table: synthesize({ ...shared, prefixes4, prefixes6 }) };
}
