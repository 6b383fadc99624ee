import type { Command } from "commander";
import { failoverFigures, type Subject } from "../../hil/bench/failover/bench.js";
import { nanoseconds } from "../../hil/bench/failover/clock.js";
import type { Profile } from "../router/router.js";
import { loadTable } from "../tables/load.js";
import { DEFAULT_NEXT_HOPS } from "../tables/next-hops.js";
import type { PrefixTable } from "../tables/routes.js";
import { synthesize } from "../tables/synth.js";
import { TARGETS } from "../target/names.js";
import { openTarget } from "../target/open.js";
import { openWasm } from "../target/wasm.js";
import { Bars } from "./bars.js";
import { writeFigures } from "./bench-figures.js";
import { failoverBenchText } from "./bench-text/failover-bench.js";
import { whole } from "./numbers.js";
import { progress } from "./progress.js";
import { seedOption } from "./table-options.js";
import { version } from "./version.js";

interface Options {
  target: string;
  wait: number;
  table?: string;
  repeat: number;
  seed: number;
  json?: string;
}

/** Routers in this process, whose counter has to be told to run. */
const profiles: Record<string, Profile> = { wasm: "host", "wasm-mcu": "mcu" };

/** Of a synthetic table. */
const PREFIXES = { prefixes4: 900_000, prefixes6: 160_000 };

export function register(bench: Command): void {
  bench
    .command("failover")
    .description("Measure how fast a router moves traffic, and what queries and conversations lose meanwhile")
    .option("--target <target>", `what runs the router: ${TARGETS}`, "wasm")
    .option("--wait <s>", "seconds to wait for a board that another run has", whole(0, 1_000_000), 0)
    .option("--table <file>", "prefixes of a router in this process; a synthetic table unless given")
    .option("--repeat <n>", "how often each event happens, at another phase each time", whole(1, 1000), 100)
    .addOption(seedOption("the same seed gives the same phases"))
    .option("--json <file>", "write the figures as JSON; - is standard output")
    .action(run);
}

async function run({ json, ...options }: Options): Promise<void> {
  const { repeat, seed } = options;
  const subject = await subjectOf(options);
  const bars = new Bars();
  const figures = await failoverFigures(subject, {
    generator: `nearhop ${version}`,
    repeat,
    seed,
    onProgress: bars.update,
  }).finally(bars.done);
  await writeFigures(figures, failoverBenchText(figures), json);
}

async function subjectOf({ target: name, wait, table, seed }: Options): Promise<Subject> {
  const open = () => openTarget(name, { wait: wait * 1000 });
  const profile = profiles[name];
  return {
    name,
    open,
    openTimed: profile === undefined ? open : () => openWasm(profile, nanoseconds),
    table: profile === "host" ? await prefixTable(table, seed) : null,
  };
}

/** Next hops do not matter: two neighbors announce all prefixes. */
async function prefixTable(file: string | undefined, seed: number): Promise<PrefixTable> {
  const bar = progress("table");
  const options = { nextHops: DEFAULT_NEXT_HOPS, seed, onProgress: bar.update };
  try {
    return file === undefined
      ? synthesize({ ...options, ...PREFIXES })
      : (await loadTable(file, options)).table;
  } finally {
    bar.done();
  }
}
