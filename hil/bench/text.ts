/** From the text of a table to one that answers: what a user waits for. */
import { Table } from "../../host/router/table.js";
import type { PrefixTable } from "../../host/tables/routes.js";
import { readText } from "../../host/tables/text.js";
import { writeText } from "../../host/tables/write-text.js";

export interface TextFigures {
  prefixes: number;
  /** Bytes of text. */
  bytes: number;
  /** Milliseconds from the text in memory to the parsed table, and from there to the last prefix inserted. */
  parse: number;
  insert: number;
}

export async function textBench(table: PrefixTable): Promise<TextFigures> {
  const text = Buffer.concat([...writeText(table)]);
  const start = performance.now();
  const parsed = readText("text", text);
  const between = performance.now();
  await Table.of(parsed);
  const end = performance.now();
  const prefixes = table.ipv4.count + table.ipv6.count;
  return { prefixes, bytes: text.length, parse: between - start, insert: end - between };
}
