/**
 * What fills a router's table besides the prefixes of the scenario: those of a table that the run is given, or so many synthetic
 * ones. What overlaps the scenario's is left out. Every neighbor announces them all, with the path by which it announces most.
 */
import { type PrefixBatch, rowBatches } from "../../host/protocol/prefixes.js";
import { roomFor } from "../../host/protocol/room.js";
import { type Family, toWords } from "../../host/tables/address.js";
import { maskWord } from "../../host/tables/address-reader.js";
import type { PrefixTable, Routes } from "../../host/tables/routes.js";
import { synthesize } from "../../host/tables/synth.js";
import type { NamedPrefix, TestedRouter } from "../scenario/scenario.js";

export class Background {
  readonly count: number;
  readonly #parts: { routes: Routes; rows: number[] }[];

  private constructor(ipv4: Routes, ipv6: Routes, scenario: readonly NamedPrefix[], limit: number) {
    this.#parts = [ipv4, ipv6].map(routes => ({ routes, rows: freeRows(routes, scenario).slice(0, limit) }));
    this.count = this.#parts.reduce((sum, { rows }) => sum + rows.length, 0);
  }

  static of(
    { background }: TestedRouter,
    scenario: readonly NamedPrefix[],
    table: PrefixTable | null,
  ): Background {
    if (background !== "table") {
      // Some of them will overlap the scenario's prefixes.
      const { ipv4, ipv6 } = synthesize({ prefixes4: background && background + SPARE, prefixes6: 0 });
      return new Background(ipv4, ipv6, scenario, background);
    }
    if (!table) throw new RangeError("a router whose table is that of the run needs a run with a table");
    return new Background(table.ipv4, table.ipv6, scenario, Number.POSITIVE_INFINITY);
  }

  /** What those of a family take of a router's table. */
  room(family: Family): number {
    const { routes, rows } = this.#parts.find(part => part.routes.family === family)!;
    return roomFor(
      family,
      rows.map(row => routes.lengths[row]!),
    );
  }

  /** All of them, in batches as ANNOUNCE takes them. */
  *batches(): Generator<PrefixBatch> {
    for (const { routes, rows } of this.#parts) yield* rowBatches(routes, rows);
  }
}

const SPARE = 256;

/** Rows that neither cover a prefix of the scenario nor lie in one: they differ from each within the shorter of both lengths. */
function freeRows(
  { family, count, width, words, lengths }: Routes,
  scenario: readonly NamedPrefix[],
): number[] {
  const near = scenario
    .filter(prefix => prefix.family === family)
    .map(prefix => ({ length: prefix.length, words: toWords(prefix) }));
  const differs = (row: number, other: (typeof near)[number]) => {
    const length = Math.min(lengths[row]!, other.length);
    for (let i = 0; i < width; i++) {
      if (maskWord((words[row * width + i]! ^ other.words[i]!) >>> 0, i, length) !== 0) return true;
    }
    return false;
  };
  const rows: number[] = [];
  for (let row = 0; row < count; row++) if (near.every(other => differs(row, other))) rows.push(row);
  return rows;
}
