import type { Command } from "commander";
import { contenders } from "../../hil/bench/against/packages.js";
import { bench, DEFAULT_CHURN } from "../../hil/bench/bench.js";
import { InputError } from "../input-error.js";
import { loadTable } from "../tables/load.js";
import type { PrefixTable } from "../tables/routes.js";
import { synthesize } from "../tables/synth.js";
import { benchText } from "./bench-text/index.js";
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
  churn: number;
  against?: true;
  json?: string;
}

export function register(program: Command): void {
  program
    .command("bench")
    .description("Measure this machine: forwarding tables, loading, failover, and a whole scenario")
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
}

async function run(options: Options): Promise<void> {
  const against = options.against && (await contenders());
  const table = await benchTable(options);
  let part = "";
  let bar: Progress | null = null;
  const figures = await bench(table, {
    seed: options.seed,
    churn: options.churn,
    ...(against && { against }),
    onProgress(name, share) {
      if (name !== part) {
        bar?.done();
        bar = progress(name);
        part = name;
      }
      bar?.update(share);
    },
  }).finally(() => bar?.done());
  // First what takes no file, so that a file that cannot be written costs no figure.
  if (options.json !== "-") process.stdout.write(benchText(figures));
  if (options.json !== undefined) await writeOutput(options.json, `${JSON.stringify(figures, null, 2)}\n`);
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
