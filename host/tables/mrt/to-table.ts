import { InputError } from "../../input-error.js";
import { toWords } from "../address.js";
import type { Input } from "../input.js";
import { NextHops, TooManyNextHops } from "../next-hops.js";
import { emptyTable, NEXT_HOP_LIMIT, type PrefixTable } from "../routes.js";
import { readRib } from "./rib.js";
import type { Skipped } from "./skipped.js";

/** Prefixes between two calls of `onProgress`. */
const PROGRESS_STEP = 1 << 14;

/**
 * The table of a RIB dump. A prefix with several routes has the next hop of the first in the file, which is what a
 * collector lists first, not what a router would choose. Throws an InputError if there are no routes at all.
 */
export async function readMrtTable(
  input: Input,
  skipped: Skipped,
  onProgress: () => void = () => {},
): Promise<PrefixTable> {
  const table = emptyTable();
  const families = {
    4: { routes: table.ipv4, nextHops: new NextHops(table.ipv4) },
    6: { routes: table.ipv6, nextHops: new NextHops(table.ipv6) },
  };
  let records = 0;
  for await (const { prefix, entries } of readRib(input, skipped)) {
    if (++records % PROGRESS_STEP === 0) onProgress();
    const { routes, nextHops } = families[prefix.family];
    const words = toWords(prefix);
    const first = entries[0];
    if (!first || routes.add(words, prefix.length, 0) >= 0) continue;
    try {
      routes.nextHopOf[routes.count - 1] = nextHops.forAddress(first.path().nextHop);
    } catch (error) {
      if (!(error instanceof TooManyNextHops)) throw error;
      throw new InputError({ file: input.name }, `at most ${NEXT_HOP_LIMIT} different next hops`, "more");
    }
  }
  if (records === 0) {
    throw new InputError(
      { file: input.name },
      "routes (records of TABLE_DUMP or TABLE_DUMP_V2)",
      skipped.toString() || "no records",
    );
  }
  return table;
}
