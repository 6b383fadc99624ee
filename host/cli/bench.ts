import type { Command } from "commander";
import { bench } from "../../hil/bench/bench.js";
import { loadTable } from "../tables/load.js";
import type { PrefixTable } from "../tables/routes.js";
import { synthesize } from "../tables/synth.js";
import { benchText } from "./bench-text.js";
import { whole } from "./numbers.js";
import { writeOutput } from "./output.js";
import { type Progress, progress } from "./progress.js";
import { nextHopsOption, seedOption } from "./table-options.js";

interface Options {
  table?: string;
  prefixes4: number;
  prefixes6: number;
  nextHops: number;
  seed: number;
  json?: string;
}

export function register(program: Command): void {
  program
    .command("bench")
    .description("Measure this machine: lookups, updates, failover, and a whole scenario")
    .option("--table <file>", "prefixes to measure with; a synthetic table unless given")
    .option("--prefixes4 <n>", "of a synthetic table", whole(0, 4_000_000), 900_000)
    .option("--prefixes6 <n>", "of a synthetic table", whole(0, 4_000_000), 160_000)
    .addOption(nextHopsOption())
    .addOption(seedOption())
    .option("--json <file>", "write the figures as JSON; - is standard output")
    .action(run);
}

async function run(options: Options): Promise<void> {
  const table = await benchTable(options);
  let part = "";
  let bar: Progress | null = null;
  const figures = await bench(table, {
    onProgress(name, share) {
      if (name !== part) bar?.done();
      if (name !== part) bar = progress(name);
      part = name;
      bar?.update(share);
    },
  }).finally(() => bar?.done());
  if (options.json !== undefined) await writeOutput(options.json, `${JSON.stringify(figures, null, 2)}\n`);
  if (options.json !== "-") process.stdout.write(benchText(figures));
}

async function benchTable(options: Options): Promise<PrefixTable> {
  const bar = progress("table");
  const shared = { nextHops: options.nextHops, seed: options.seed, onProgress: bar.update };
  try {
    if (options.table !== undefined) return (await loadTable(options.table, shared)).table;
    return synthesize({ ...shared, prefixes4: options.prefixes4, prefixes6: options.prefixes6 });
  } finally {
    bar.done();
  }
}
