/**
 * The speed and size of the forwarding tables on this machine: a whole table is loaded, addresses are looked up in it,
 * and prefixes go and come again. Host time throughout; figures, no judgement.
 */
import { Batch } from "../../host/router/batch.js";
import { Table } from "../../host/router/table.js";
import { type Family, half } from "../../host/tables/address.js";
import { Random } from "../../host/tables/random.js";
import type { PrefixTable, Routes } from "../../host/tables/routes.js";
import type { Summary } from "../measure/result.js";
import { addresses, type Pattern, patterns } from "./addresses.js";
import { rate } from "./rate.js";

export interface TableFigures {
  family: Family;
  prefixes: number;
  /** Next hops, each a set. */
  sets: number;
  /** Bytes that lookups use, a prefix. */
  bytesPerPrefix: number;
  /** Milliseconds from the parsed table to the last prefix inserted. */
  load: number;
  /** Updates a second with the whole table loaded: one prefix, any, goes or comes again. */
  updates: Summary;
  lookups: LookupRate[];
}

export interface LookupRate {
  /** Says what was measured: "batched" or "one JS->WASM call each", whose cost is part of the figure. */
  name: string;
  pattern: Pattern;
  /** Lookups a second. */
  rate: Summary;
}

export interface LookupFigures {
  tables: TableFigures[];
  /** Calls a second from JavaScript into WASM that do nothing: the limit of all that is measured a call each. */
  calls: Summary;
}

export interface LookupBenchOptions {
  /** Addresses of each pattern. */
  readonly count?: number;
  readonly seed?: number;
  /** Share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Families without a prefix are left out. */
export async function lookupBench(
  { ipv4, ipv6 }: PrefixTable,
  { count = 1 << 20, seed = 1, onProgress = () => {} }: LookupBenchOptions = {},
): Promise<LookupFigures> {
  const families = [ipv4, ipv6].filter(routes => routes.count > 0);
  const steps = families.length * (2 + 2 * patterns.length);
  let step = 0;
  const advance = () => onProgress(++step / steps);

  const table = await Table.create({ prefixes4: ipv4.count, prefixes6: ipv6.count });
  const tables = families.map(routes => {
    const batch = new Batch(table.router, routes.family, count);
    const start = performance.now();
    table.load(routes);
    const load = performance.now() - start;
    advance();
    const lookups = patterns.flatMap(pattern => {
      const words = addresses(pattern, routes, count, seed);
      batch.fill(words);
      const batched = { name: "batched", pattern, rate: rate(count, () => batch.run()) };
      advance();
      const single = {
        name: "one JS->WASM call each",
        pattern,
        rate: rate(count, singly(table, routes.family, words)),
      };
      advance();
      return [batched, single];
    });
    const updates = updateRate(table, routes, Math.min(count, 1 << 17), seed);
    advance();
    return {
      family: routes.family,
      prefixes: routes.count,
      sets: routes.nextHops.length,
      bytesPerPrefix: table.bytes(routes.family) / routes.count,
      load,
      updates,
      lookups,
    };
  });
  const { requestBuffer } = table.router.exports;
  const calls = rate(count, () => {
    for (let i = 0; i < count; i++) requestBuffer();
  });
  return { tables, calls };
}

function singly(table: Table, family: Family, words: Uint32Array): () => void {
  const { lookup4, lookup6 } = table.router.exports;
  if (family === 4) {
    return () => {
      for (let i = 0; i < words.length; i++) lookup4(words[i]!);
    };
  }
  const halves = Array.from({ length: words.length / 2 }, (_, i) => half(words, i * 2));
  return () => {
    for (let i = 0; i < halves.length; i += 2) lookup6(halves[i]!, halves[i + 1]!);
  };
}

/** Prefixes drawn from the whole table go, and each comes again before the next goes. */
function updateRate(table: Table, routes: Routes, count: number, seed: number): Summary {
  const { insert4, remove4, insert6, remove6 } = table.router.exports;
  const { lengths, nextHopOf, words } = routes;
  const random = new Random(seed);
  const rows = Uint32Array.from({ length: count / 2 }, () => random.below(routes.count));
  if (routes.family === 4) {
    return rate(2 * rows.length, () => {
      for (const row of rows) {
        remove4(words[row]!, lengths[row]!);
        insert4(words[row]!, lengths[row]!, nextHopOf[row]!);
      }
    });
  }
  const high = Array.from(rows, row => half(words, row * 4));
  const low = Array.from(rows, row => half(words, row * 4 + 2));
  return rate(2 * rows.length, () => {
    rows.forEach((row, i) => {
      remove6(high[i]!, low[i]!, lengths[row]!);
      insert6(high[i]!, low[i]!, lengths[row]!, nextHopOf[row]!);
    });
  });
}
