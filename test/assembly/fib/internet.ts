/** Internet tables for tests: the real one where it is at hand. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Family } from "../../../host/tables/address.js";
import type { PrefixTable } from "../../../host/tables/routes.js";
import { readText } from "../../../host/tables/text.js";
import { sharedPath } from "../../shared-data.js";

export interface Entry {
  address: bigint;
  length: number;
  set: number;
}

export function realTable(): PrefixTable | null {
  const path = sharedPath("data/real-prefixes.txt.gz");
  return path === null ? null : readText(path, gunzipSync(readFileSync(path)));
}

/** The prefixes of one family, each with its next hop as its set. */
export function entries(table: PrefixTable, family: Family): Entry[] {
  const { words, lengths, nextHopOf, count, width } = family === 4 ? table.ipv4 : table.ipv6;
  return Array.from({ length: count }, (_, row) => {
    let address = 0n;
    for (let i = 0; i < width; i++) address = (address << 32n) | BigInt(words[row * width + i]!);
    return { address, length: lengths[row]!, set: nextHopOf[row]! };
  });
}
