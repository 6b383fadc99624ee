import type { Command } from "commander";
import { InputError } from "../input-error.js";
import { Refused } from "../protocol/refused.js";
import { Table } from "../router/table.js";
import { type AddressList, readAddresses } from "../tables/address-list.js";
import { openInput, readAll } from "../tables/input.js";
import { type LoadedTable, loadTable } from "../tables/load.js";
import { answers } from "../tables/lookup.js";
import { writeOutput } from "./output.js";
import { progress } from "./progress.js";
import { formatOption, nextHopsOption, seedOption } from "./table-options.js";

interface Options {
  table: string;
  format?: LoadedTable["format"];
  nextHops: number;
  seed: number;
}

export function register(program: Command): void {
  program
    .command("lookup")
    .description("Longest-prefix match: `ADDR PREFIX NEXTHOP` for each address, or `ADDR -`")
    .argument("[ADDR...]", "addresses; without any, one a line from standard input")
    .requiredOption(
      "--table <file>",
      "text, `PREFIX [NEXTHOP]` a line, or an MRT RIB dump; gzip too; - is standard input",
    )
    .addOption(formatOption())
    .addOption(nextHopsOption())
    .addOption(seedOption())
    .addHelpText(
      "after",
      "\nA prefix of an MRT dump has the next hop of its first route there. A next hop that is not told is -.",
    )
    .action(lookup);
}

async function lookup(words: string[], options: Options): Promise<void> {
  const loading = progress("table");
  const loaded = await loadTable(options.table, { ...options, onProgress: loading.update }).finally(
    loading.done,
  );
  const forwarding = await forwardingTable(loaded);
  const addresses = await addressList(words, options.table);
  const working = progress("lookups");
  await writeOutput("-", answers(loaded.table, forwarding, addresses, working.update));
  working.done();
}

/** Throws an InputError where the table is larger than any router. */
export async function forwardingTable({ name, table }: LoadedTable): Promise<Table> {
  const inserting = progress("forwarding table");
  try {
    return await Table.of(table, inserting.update);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const counts = `${table.ipv4.count} IPv4 and ${table.ipv6.count} IPv6 prefixes`;
    throw new InputError({ file: name }, "a table that fits into a router", `${counts} (${error.message})`);
  } finally {
    inserting.done();
  }
}

async function addressList(words: string[], table: string): Promise<AddressList> {
  if (words.length > 0) return readAddresses("argument", Buffer.from(words.join("\n")));
  if (table === "-") {
    throw new InputError({ file: "standard input" }, "addresses as arguments, as it holds the table", "none");
  }
  const input = openInput("-");
  return readAddresses(input.name, await readAll(input));
}
