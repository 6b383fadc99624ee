/** The core's updates of one prefix, by its row in a table: what IPv6 needs of BigInt is made once, before any clock runs. */
import type { Router } from "../../host/router/router.js";
import { half } from "../../host/tables/address.js";
import type { Routes } from "../../host/tables/routes.js";

export interface RowCalls {
  /** Each gives the core's status. */
  insert(row: number, set: number): number;
  remove(row: number): number;
}

export function rowCalls({ exports }: Router, { family, count, lengths, words }: Routes): RowCalls {
  const { insert4, remove4, insert6, remove6 } = exports;
  if (family === 4) {
    return {
      insert: (row, set) => insert4(words[row]!, lengths[row]!, set),
      remove: row => remove4(words[row]!, lengths[row]!),
    };
  }
  const halves = BigUint64Array.from({ length: count * 2 }, (_, i) => half(words, i * 2));
  return {
    insert: (row, set) => insert6(halves[row * 2]!, halves[row * 2 + 1]!, lengths[row]!, set),
    remove: row => remove6(halves[row * 2]!, halves[row * 2 + 1]!, lengths[row]!),
  };
}
