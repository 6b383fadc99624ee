/** Tables from files of either format. */
import { type Input, openInput, peek, readAll } from "./input.js";
import { looksLikeMrt } from "./mrt/records.js";
import { Skipped } from "./mrt/skipped.js";
import { readMrtTable } from "./mrt/to-table.js";
import type { NextHopOptions } from "./next-hops.js";
import type { PrefixTable } from "./routes.js";
import { readText } from "./text.js";

export const tableFormats = ["text", "mrt"] as const;
export type TableFormat = (typeof tableFormats)[number];

export interface LoadOptions extends NextHopOptions {
  /** Told from the content unless given. */
  readonly format?: TableFormat | undefined;
  /** Share read, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

export interface LoadedTable {
  readonly name: string;
  readonly format: TableFormat;
  readonly table: PrefixTable;
  /** Records of an MRT file that are no routes. */
  readonly skipped: Skipped;
}

/** The table in the file `path`, or standard input for "-". Throws an InputError if anything in it is wrong. */
export async function loadTable(path: string, options: LoadOptions = {}): Promise<LoadedTable> {
  const { onProgress = () => {} } = options;
  const { start, input } = await peek(openInput(path), 8);
  const format = options.format ?? (looksLikeMrt(start) ? "mrt" : "text");
  const skipped = new Skipped();
  const table =
    format === "mrt"
      ? await readMrtTable(input, skipped, () => onProgress(input.shareRead()))
      : await readTextTable(input, options);
  return { name: input.name, format, table, skipped };
}

async function readTextTable(input: Input, options: LoadOptions): Promise<PrefixTable> {
  return readText(input.name, await readAll(input), options, options.onProgress);
}
