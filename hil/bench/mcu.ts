/**
 * The `mcu` profile's forwarding table on this machine: what samples of a table take in it, and how fast lookups in them
 * are. Cycles of a microcontroller are no matter of this machine.
 */
import { readFile } from "node:fs/promises";
import { roomFor } from "../../host/protocol/room.js";
import { configureBareTable, insertRoutes } from "../../host/router/bare-table.js";
import { Batch } from "../../host/router/batch.js";
import { type PartBytes, partsOf } from "../../host/router/parts.js";
import { modulePath, Router } from "../../host/router/router.js";
import type { Family } from "../../host/tables/address.js";
import type { Routes } from "../../host/tables/routes.js";
import { addresses } from "./addresses.js";
import { countLoads } from "./loads.js";
import { withMemory } from "./module-memory.js";
import { rate } from "./rate.js";
import { regroup } from "./regroup.js";
import { type SampleKind, sample, sampleKinds } from "./sample.js";
import type { Summary } from "./summary.js";

/** Prefixes of the samples. */
export const mcuSizes = [1000, 10_000, 50_000] as const;

export interface McuFigures {
  family: Family;
  sample: SampleKind;
  prefixes: number;
  bytesPerPrefix: number;
  parts: PartBytes[];
  /** Lookups a second of addresses inside the prefixes, one after the other with a single call. */
  lookups: Summary;
  /** The same addresses by the number of dependent loads of their lookup, from 0 on. */
  loads: number[];
}

/** Pages of 64 KiB: for the largest table, and the addresses on top. */
const TABLE_PAGES = 32;
const PAGES = 127;

const GROUPS = 64;

/** Most addresses that fit. */
const ADDRESS_LIMIT = 1 << 17;

/** Sizes that the family has not are left out. */
export async function mcuFigures(
  routes: Routes,
  count: number,
  seed: number,
  onProgress: (share: number) => void = () => {},
): Promise<McuFigures[]> {
  const module = withMemory(await readFile(modulePath("mcu")), TABLE_PAGES, PAGES);
  const jobs = mcuSizes
    .filter(size => size <= routes.count)
    .flatMap(size => sampleKinds.map(kind => ({ size, kind })));
  const figures: McuFigures[] = [];
  for (const { size, kind } of jobs) {
    figures.push(await oneFigure(module, sample(routes, kind, size, seed), kind, count, seed));
    onProgress(figures.length / jobs.length);
  }
  return figures;
}

async function oneFigure(
  module: Uint8Array,
  part: Routes,
  kind: SampleKind,
  count: number,
  seed: number,
): Promise<McuFigures> {
  const { family, count: prefixes } = part;
  const router = await Router.of(module);
  const room = roomFor(family, part.lengths.subarray(0, prefixes));
  const capacity = family === 4 ? { prefixes4: room, prefixes6: 0 } : { prefixes4: 0, prefixes6: room };
  configureBareTable(router, capacity);
  insertRoutes(router, regroup(part, GROUPS, seed));
  const { tableBytes4, tableBytes6 } = router.exports;
  const bytes = family === 4 ? tableBytes4() : tableBytes6();
  const batch = new Batch(router, family, Math.min(count, ADDRESS_LIMIT));
  const words = addresses("in-prefix", part, batch.size, seed);
  batch.fill(words);
  const lookups = rate(batch.size, () => batch.runEach());
  const loads = countLoads(router, part, words);
  const parts = partsOf(router, family);
  return { family, sample: kind, prefixes, bytesPerPrefix: bytes / prefixes, parts, lookups, loads };
}
