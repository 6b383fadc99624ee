/**
 * This router's table beside the packages that a user of Node would take, in the same run: the same prefixes, the same
 * addresses, and every answer compared. All take addresses as text, so that the router's own figures are from text too;
 * those in batches, where the addresses are numbers already, stand beside them.
 */
import { Batch } from "../../../host/router/batch.js";
import { NO_SET } from "../../../host/router/table.js";
import { type Family, parseAddress } from "../../../host/tables/address.js";
import { addressText } from "../../../host/tables/address-printer.js";
import type { PrefixTable, Routes } from "../../../host/tables/routes.js";
import { addresses } from "../addresses.js";
import { rate, seldom } from "../rate.js";
import type { Summary } from "../summary.js";
import { tableOf } from "../table-of.js";
import type { Contender, MemoryKind } from "./contender.js";
import { usedHeap } from "./heap.js";

export interface ContenderFigures {
  name: string;
  /** Null for this router. */
  version: string | null;
  /** Lookups a second of addresses inside the prefixes. */
  lookups: Summary;
  /** Bytes of the loaded table, and what tells them. */
  bytes: number;
  memory: MemoryKind | "table";
  /** Milliseconds from what it reads, in memory, to a table that answers. */
  load: number;
  /** Of all addresses, those that it answers otherwise than this router, and of these, those that only ::/0 or 0.0.0.0/0 covers. */
  different: number;
  differentDefault: number;
}

export interface AgainstFigures {
  addresses: number;
  families: { family: Family; prefixes: number; contenders: ContenderFigures[] }[];
}

export interface AgainstOptions {
  readonly addresses: number;
  readonly seed: number;
}

/** Families without a prefix are left out. */
export async function againstFigures(
  { ipv4, ipv6 }: PrefixTable,
  contenders: readonly Contender[],
  { addresses: count, seed }: AgainstOptions,
  onProgress: (share: number) => void = () => {},
): Promise<AgainstFigures> {
  const tables = [ipv4, ipv6].filter(routes => routes.count > 0);
  const steps = tables.length * (contenders.length + 1);
  let step = 0;
  const families: AgainstFigures["families"] = [];
  for (const routes of tables) {
    const words = addresses("in-prefix", routes, count, seed);
    const texts = textsOf(routes, words);
    const { figures, own } = await ownFigures(routes, words, texts);
    onProgress(++step / steps);
    for (const contender of contenders) {
      figures.push(contenderFigures(contender, routes, texts, own));
      onProgress(++step / steps);
    }
    families.push({ family: routes.family, prefixes: routes.count, contenders: figures });
  }
  return { addresses: count, families };
}

function textsOf({ family, width }: Routes, words: Uint32Array): string[] {
  const address = new Uint32Array(4);
  return Array.from({ length: words.length / width }, (_, i) => {
    address.set(words.subarray(i * width, (i + 1) * width));
    return addressText(family, address);
  });
}

/** What this router finds. */
interface Own {
  sets: Uint16Array;
  /** Length of the longest prefix around an address, null for none. */
  match(text: string): number | null;
}

async function ownFigures(
  routes: Routes,
  words: Uint32Array,
  texts: readonly string[],
): Promise<{ figures: ContenderFigures[]; own: Own }> {
  const start = performance.now();
  const table = await tableOf(routes);
  const load = performance.now() - start;
  const batch = new Batch(table.router, routes.family, texts.length);
  batch.fill(words);
  const batched = rate(texts.length, () => batch.run());
  const single = rate(texts.length, () => {
    for (const text of texts) table.lookup(parseAddress(text));
  });
  const shared = {
    version: null,
    bytes: table.bytes(routes.family),
    memory: "table",
    load,
    different: 0,
    differentDefault: 0,
  } as const;
  const figures: ContenderFigures[] = [
    { name: "nearhop, batched", lookups: batched, ...shared },
    { name: "nearhop, from text", lookups: single, ...shared },
  ];
  return { figures, own: { sets: batch.sets.slice(), match: text => table.match(parseAddress(text)) } };
}

function contenderFigures(
  contender: Contender,
  routes: Routes,
  texts: readonly string[],
  own: Own,
): ContenderFigures {
  const { name, version, memory } = contender;
  const prepared = contender.prepare(routes);
  const before = memory === "heap" ? usedHeap() : 0;
  const start = performance.now();
  const loaded = prepared.load();
  const load = performance.now() - start;
  const bytes = memory === "heap" ? Math.max(usedHeap() - before, 0) : prepared.bytes;
  const queries = texts.map(loaded.query);
  const lookups = rate(
    queries.length,
    () => {
      for (const query of queries) loaded.lookup(query);
    },
    seldom,
  );
  const different = texts.filter((_, i) => (loaded.lookup(queries[i]!) ?? NO_SET) !== own.sets[i]);
  return {
    name,
    version,
    lookups,
    bytes,
    memory,
    load,
    different: different.length,
    differentDefault: different.filter(text => own.match(text) === 0).length,
  };
}
