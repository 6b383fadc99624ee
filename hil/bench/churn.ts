/**
 * What a long life leaves behind: after many random updates of a full table, its bytes against those of a fresh load of
 * the same prefixes and sets.
 */
import { partsOf, totalBytes } from "../../host/router/parts.js";
import type { Table } from "../../host/router/table.js";
import { Random } from "../../host/tables/random.js";
import { Routes } from "../../host/tables/routes.js";
import { Zipf } from "../../host/tables/zipf.js";
import { rowCalls } from "./row-calls.js";
import { tableOf } from "./table-of.js";

export interface ChurnFigures {
  updates: number;
  /** Prefixes in the table after them. */
  prefixes: number;
  /** Of what lookups use, and of all that the table takes, free places between pages included. */
  lookup: Growth;
  all: Growth;
}

export interface Growth {
  /** After the updates, and in a fresh table of the same content. */
  bytes: number;
  fresh: number;
  /** Percent by which the former exceeds the latter; negative where it is less. */
  percent: number;
}

/** Updates between two calls of `onProgress`. */
const PROGRESS_STEP = 1 << 18;

/**
 * Plays `updates` updates to a table that holds `routes`: removals, insertions of what was removed, and replacements, a
 * third each, of prefixes that are all alike likely, with sets by Zipf's law. At most a tenth of the prefixes, or one, is
 * away at a time, so that the table stays full. Leaves the table as it then is.
 */
export async function churnFigures(
  table: Table,
  routes: Routes,
  updates: number,
  seed: number,
  onProgress: (share: number) => void = () => {},
): Promise<ChurnFigures> {
  const { family } = routes;
  const { insert, remove } = rowCalls(table.router, routes);
  const random = new Random(seed);
  const zipf = new Zipf(Math.max(routes.nextHops.length, 1));
  const sets = routes.nextHopOf.slice(0, routes.count);
  // Rows that are in the table, then those that are not.
  const rows = Uint32Array.from({ length: routes.count }, (_, row) => row);
  let present = routes.count;
  for (let done = 0; done < updates; done++) {
    if (done % PROGRESS_STEP === 0) onProgress(done / updates);
    const kind = random.below(3);
    const away = rows.length - present;
    const isInsert = present === 0 || (kind === 0 && away > 0) || (kind === 1 && away > rows.length / 10);
    if (isInsert) {
      const at = present + random.below(rows.length - present);
      const row = rows[at]!;
      rows[at] = rows[present]!;
      rows[present++] = row;
      sets[row] = zipf.rank(random.next());
      table.router.check(insert(row, sets[row]!), "insert");
    } else if (kind === 1) {
      const at = random.below(present);
      const row = rows[at]!;
      rows[at] = rows[--present]!;
      rows[present] = row;
      table.router.check(remove(row), "remove");
    } else {
      const row = rows[random.below(present)]!;
      sets[row] = zipf.rank(random.next());
      table.router.check(insert(row, sets[row]!), "insert");
    }
  }
  const content = contentOf(routes, rows.subarray(0, present).slice().sort(), sets);
  const fresh = await tableOf(content, routes.count);
  const all = (of: Table) => totalBytes(partsOf(of.router, family));
  return {
    updates,
    prefixes: present,
    lookup: growth(table.bytes(family), fresh.bytes(family)),
    all: growth(all(table), all(fresh)),
  };
}

function growth(bytes: number, fresh: number): Growth {
  return { bytes, fresh, percent: 100 * (bytes / fresh - 1) };
}

/** The routes of `rows`, with their sets as numbers of next hops. */
function contentOf(routes: Routes, rows: Uint32Array, sets: Uint16Array): Routes {
  const content = new Routes(routes.family, rows.length);
  const words = new Uint32Array(4);
  for (const row of rows) {
    routes.read(row, words);
    content.add(words, routes.lengths[row]!, sets[row]!);
  }
  return content;
}
