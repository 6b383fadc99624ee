/** From a file in memory to a table that answers: what a user waits for, once it is read and unpacked. */
import { Table } from "../../host/router/table.js";
import type { Input } from "../../host/tables/input.js";
import { Skipped } from "../../host/tables/mrt/skipped.js";
import { readMrtTable } from "../../host/tables/mrt/to-table.js";
import { writeMrt } from "../../host/tables/mrt/writer.js";
import { emptyTable, type PrefixTable } from "../../host/tables/routes.js";
import { readText } from "../../host/tables/text.js";
import { writeText } from "../../host/tables/write-text.js";
import type { Repetition } from "./rate.js";
import { type Summary, summaryOf } from "./summary.js";

export type LoadFormat = "text" | "mrt";
export type LoadedFamilies = "IPv4" | "IPv6" | "both";

export interface LoadingFigures {
  format: LoadFormat;
  families: LoadedFamilies;
  prefixes: number;
  /** Of the file. */
  bytes: number;
  /** Milliseconds from the file in memory to the parsed table, from there to the last prefix inserted, and both. */
  parse: Summary;
  insert: Summary;
  whole: Summary;
}

/** Text of each family and of both, then an MRT dump of both with one route a prefix, as of one peer. Families without a prefix are left out. */
export async function loadingFigures(
  table: PrefixTable,
  repetition: Repetition,
  onProgress: (share: number) => void = () => {},
): Promise<LoadingFigures[]> {
  const jobs = jobsFor(table);
  const figures: LoadingFigures[] = [];
  for (const [index, { format, families, part }] of jobs.entries()) {
    const file = Buffer.concat([...(format === "text" ? writeText(part) : writeMrt("table", part))]);
    const times = await timesOf(format, file, repetition, share => onProgress((index + share) / jobs.length));
    figures.push({
      format,
      families,
      prefixes: part.ipv4.count + part.ipv6.count,
      bytes: file.length,
      parse: summaryOf(times.map(({ parse }) => parse)),
      insert: summaryOf(times.map(({ insert }) => insert)),
      whole: summaryOf(times.map(({ parse, insert }) => parse + insert)),
    });
  }
  return figures;
}

interface Job {
  format: LoadFormat;
  families: LoadedFamilies;
  part: PrefixTable;
}

function jobsFor(table: PrefixTable): Job[] {
  const { ipv4, ipv6 } = table;
  const text = (families: LoadedFamilies, part: PrefixTable): Job => ({ format: "text", families, part });
  const each = [
    ...(ipv4.count > 0 ? [text("IPv4", { ...emptyTable(), ipv4 })] : []),
    ...(ipv6.count > 0 ? [text("IPv6", { ...emptyTable(), ipv6 })] : []),
  ];
  const all = each.length === 2 ? "both" : each[0]!.families;
  const whole = each.length === 2 ? [text("both", table)] : [];
  return [...each, ...whole, { format: "mrt", families: all, part: table }];
}

/** Milliseconds of each repeat. */
async function timesOf(
  format: LoadFormat,
  file: Buffer,
  { warmUp, repeats }: Repetition,
  onProgress: (share: number) => void,
): Promise<{ parse: number; insert: number }[]> {
  const times: { parse: number; insert: number }[] = [];
  for (let turn = 0; turn < warmUp + repeats; turn++) {
    const start = performance.now();
    const parsed =
      format === "text" ? readText("text", file) : await readMrtTable(inputOf(file), new Skipped());
    const between = performance.now();
    await Table.of(parsed);
    const end = performance.now();
    if (turn >= warmUp) times.push({ parse: between - start, insert: end - between });
    onProgress((turn + 1) / (warmUp + repeats));
  }
  return times;
}

/** Bytes that a file gives at once. */
const CHUNK = 1 << 18;

function inputOf(file: Buffer): Input {
  async function* chunks() {
    for (let at = 0; at < file.length; at += CHUNK) yield file.subarray(at, at + CHUNK);
  }
  return { name: "mrt", chunks: chunks(), shareRead: () => 0 };
}
