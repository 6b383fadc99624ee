import { type Command, Option } from "commander";
import { type LoadedTable, loadTable, type TableFormat, tableFormats } from "../tables/load.js";
import { writeMrt } from "../tables/mrt/writer.js";
import type { NextHopOptions } from "../tables/next-hops.js";
import type { PrefixTable } from "../tables/routes.js";
import { synthesize } from "../tables/synth.js";
import { writeText } from "../tables/write-text.js";
import { whole } from "./numbers.js";
import { writeOutput } from "./output.js";
import { progress } from "./progress.js";
import { formatOption, nextHopsOption, seedOption } from "./table-options.js";
import { statsText } from "./table-stats.js";

/** Prefixes of the internet's table that `synth` takes its shape from. */
const INTERNET = { prefixes4: 901_899, prefixes6: 160_147 };

/** As many prefixes of a family as a router takes. */
const PREFIX_LIMIT = 1 << 22;

interface ReadOptions extends NextHopOptions {
  format?: TableFormat;
}

export function register(program: Command): void {
  const table = program.command("table").description("Convert, describe and make prefix tables");
  const commands = [
    table
      .command("convert")
      .description("Text to MRT (TABLE_DUMP_V2) and back")
      .argument("<in>", "a table; - is standard input")
      .argument("<out>", "what it becomes; - is standard output")
      .addOption(formatOption())
      .addOption(toOption())
      .addOption(nextHopsOption())
      .addOption(seedOption())
      .action(convert),
    table
      .command("stats")
      .description("Prefixes by length, nesting and next hops")
      .argument("<file>", "a table; - is standard input")
      .addOption(formatOption())
      .addOption(nextHopsOption())
      .addOption(seedOption())
      .action(stats),
    table
      .command("synth")
      .description(
        "A synthetic table with the shape of the internet's: its prefix lengths, nesting and clusters",
      )
      .argument("[out]", "where it goes; - is standard output", "-")
      .addOption(prefixesOption(4))
      .addOption(prefixesOption(6))
      .addOption(toOption())
      .addOption(nextHopsOption())
      .addOption(seedOption("which table it is"))
      .action(synth),
  ];
  for (const command of commands) command.exitOverride().showHelpAfterError();
}

function toOption(): Option {
  return new Option(
    "--to <format>",
    "of the output; without it, mrt if its name ends in .mrt or .mrt.gz, else text",
  ).choices(tableFormats);
}

function prefixesOption(family: 4 | 6): Option {
  return new Option(`--prefixes${family} <n>`, `IPv${family} prefixes`)
    .argParser(whole(0, PREFIX_LIMIT))
    .default(INTERNET[`prefixes${family}`]);
}

async function load(path: string, options: ReadOptions): Promise<LoadedTable> {
  const bar = progress("table");
  const loaded = await loadTable(path, { ...options, onProgress: bar.update }).finally(bar.done);
  const skipped = loaded.skipped.toString();
  if (skipped) process.stderr.write(`nearhop: ${loaded.name}: skipped records without routes: ${skipped}\n`);
  return loaded;
}

async function convert(from: string, to: string, options: ReadOptions & { to?: TableFormat }): Promise<void> {
  const { table } = await load(from, options);
  await save(table, to, options.to);
}

async function save(table: PrefixTable, path: string, format?: TableFormat): Promise<void> {
  const mrt = format ? format === "mrt" : /\.mrt(\.gz)?$/.test(path);
  await writeOutput(path, mrt ? writeMrt(path, table) : writeText(table));
}

async function synth(
  path: string,
  options: { prefixes4: number; prefixes6: number; nextHops: number; seed: number; to?: TableFormat },
): Promise<void> {
  const bar = progress("prefixes");
  const table = synthesize({ ...options, onProgress: bar.update });
  bar.done();
  await save(table, path, options.to);
}

async function stats(path: string, options: ReadOptions): Promise<void> {
  const { table } = await load(path, options);
  await writeOutput("-", statsText(table));
}
