/** Where two targets' repairs part: when each router acted, upon what, and how many groups and route sets that touched. */
import type { Report } from "../measure/result.js";
import type { Deed, RepairDifference } from "./comparison.js";

/** At most one difference a router. */
export function repairsApart(a: Report, b: Report): RepairDifference[] {
  const routers = new Set([...a.repairs, ...b.repairs].map(({ router }) => router));
  return [...routers].flatMap(router => {
    const [ones, others] = [deedsOf(a, router), deedsOf(b, router)];
    for (let number = 0; number < Math.max(ones.length, others.length); number++) {
      const [one = null, other = null] = [ones[number], others[number]];
      if (JSON.stringify(one) === JSON.stringify(other)) continue;
      const time = Math.min(one?.time ?? Infinity, other?.time ?? Infinity);
      return [{ router, time, a: one, b: other }];
    }
    return [];
  });
}

function deedsOf({ repairs }: Report, router: string): Deed[] {
  return repairs
    .filter(repair => repair.router === router)
    .map(({ event, time, groups, sets, prefixes }) => ({ event, time, groups, sets, prefixes }));
}
