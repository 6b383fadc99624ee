/**
 * The speed and size of the forwarding tables of the `host` profile on this machine: a whole table is loaded, addresses
 * are looked up in it, and prefixes go and come again. Host time throughout.
 */
import { Batch } from "../../host/router/batch.js";
import { Table } from "../../host/router/table.js";
import type { Family } from "../../host/tables/address.js";
import type { PrefixTable, Routes } from "../../host/tables/routes.js";
import { type ChurnFigures, churnFigures } from "./churn.js";
import { type LoadHistogram, loadHistograms } from "./loads.js";
import { callRate, LOOKUP_STEPS, type LookupRate, lookupRates } from "./lookup.js";
import { groupCounts, type SizeFigures, sizeFigures } from "./size.js";
import type { Summary } from "./summary.js";
import { type UpdateFigures, updateFigures } from "./updates.js";

export interface FamilyFigures {
  family: Family;
  prefixes: number;
  /** Next hops, each a set. */
  sets: number;
  lookups: LookupRate[];
  sizes: SizeFigures[];
  loads: LoadHistogram[];
  updates: UpdateFigures;
  churn: ChurnFigures;
}

export interface ForwardingFigures {
  /** Of one pattern. */
  addresses: number;
  families: FamilyFigures[];
  /** Calls a second from JavaScript into WASM that do nothing. */
  calls: Summary;
}

export interface ForwardingOptions {
  /** Addresses of each pattern. */
  readonly addresses: number;
  /** Random updates after which the size is compared. */
  readonly churn: number;
  readonly seed: number;
}

/** Updates of a kind that are timed one by one. */
const TIMED = 1 << 17;

/** Families without a prefix are left out. `onProgress` gets what is measured, and the share of it that is done. */
export async function forwardingFigures(
  table: PrefixTable,
  options: ForwardingOptions,
  onProgress: (part: string, share: number) => void = () => {},
): Promise<ForwardingFigures> {
  const loaded = await Table.of(table);
  const families: FamilyFigures[] = [];
  for (const routes of [table.ipv4, table.ipv6]) {
    if (routes.count > 0) families.push(await familyFigures(loaded, routes, options, onProgress));
  }
  const { addresses } = options;
  return { addresses, families, calls: callRate(loaded.router, addresses) };
}

async function familyFigures(
  table: Table,
  routes: Routes,
  { addresses, churn, seed }: ForwardingOptions,
  onProgress: (part: string, share: number) => void,
): Promise<FamilyFigures> {
  const { family, count: prefixes, nextHops } = routes;
  const { router } = table;
  const name = `IPv${family}`;
  let step = 0;
  const batch = new Batch(router, family, addresses);
  const lookups = lookupRates(batch, routes, seed, () =>
    onProgress(`${name} lookups`, ++step / LOOKUP_STEPS),
  );
  const loads = loadHistograms(router, routes, addresses, seed);
  const sizes: SizeFigures[] = [];
  for (const groups of groupCounts) {
    onProgress(`${name} size`, sizes.length / groupCounts.length);
    sizes.push(await sizeFigures(routes, groups, seed));
  }
  onProgress(`${name} updates`, 0);
  const updates = updateFigures(router, routes, Math.min(addresses, TIMED), seed);
  // Last, as it leaves another table behind.
  const churned = await churnFigures(table, routes, churn, seed, share => onProgress(`${name} churn`, share));
  return { family, prefixes, sets: nextHops.length, lookups, sizes, loads, updates, churn: churned };
}
