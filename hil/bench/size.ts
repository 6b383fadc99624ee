/** What a forwarding table takes, with few groups of next hops, whose numbers fit one byte, and with many. */
import { type PartBytes, partsOf } from "../../host/router/parts.js";
import type { Routes } from "../../host/tables/routes.js";
import { regroup } from "./regroup.js";
import { tableOf } from "./table-of.js";

/** Groups by Zipf's law over the prefixes: few enough for leaves of one byte, and so many that these take two. */
export const groupCounts = [64, 1000] as const;

export interface SizeFigures {
  groups: number;
  /** Bytes that lookups use. */
  bytes: number;
  bytesPerPrefix: number;
  /** All that the table takes, what only updates need included. */
  parts: PartBytes[];
}

export async function sizeFigures(routes: Routes, groups: number, seed: number): Promise<SizeFigures> {
  const table = await tableOf(regroup(routes, groups, seed));
  const bytes = table.bytes(routes.family);
  const parts = partsOf(table.router, routes.family);
  return { groups, bytes, bytesPerPrefix: bytes / routes.count, parts };
}
