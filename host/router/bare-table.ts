/** A router that is a forwarding table and nothing else: prefixes with the number of a set each, no routes behind them. */
import { noRoom } from "../protocol/room.js";
import { half } from "../tables/address.js";
import type { Routes } from "../tables/routes.js";
import type { Router } from "./router.js";

export interface TableCapacity {
  readonly prefixes4: number;
  readonly prefixes6: number;
}

/** Room for any prefixes up to these numbers. Throws `Refused` where that does not fit into memory. */
export function configureBareTable(router: Router, { prefixes4, prefixes6 }: TableCapacity): void {
  router.call("CONFIGURE", { ...noRoom, prefixes4, prefixes6 });
}

/** Prefixes between two calls of `onProgress`. */
const PROGRESS_STEP = 1 << 16;

/**
 * Inserts all routes of one family, with the numbers of their next hops as sets. Throws `Refused` as the core does.
 * `onProgress` gets how many are in.
 */
export function insertRoutes(
  router: Router,
  routes: Routes,
  onProgress: (inserted: number) => void = () => {},
): void {
  const { insert4, insert6 } = router.exports;
  const { words, lengths, nextHopOf } = routes;
  for (let row = 0; row < routes.count; row++) {
    if (row % PROGRESS_STEP === 0) onProgress(row);
    const status =
      routes.family === 4
        ? insert4(words[row]!, lengths[row]!, nextHopOf[row]!)
        : insert6(half(words, row * 4), half(words, row * 4 + 2), lengths[row]!, nextHopOf[row]!);
    router.check(status, "insert");
  }
}
