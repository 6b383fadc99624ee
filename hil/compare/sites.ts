/** The sites that served each client before and after each event, where they are others. */
import type { Report } from "../measure/result.js";
import type { SiteDifference } from "./comparison.js";

/** Several streams of a client to a prefix that differ in the same way are one difference. */
export function sitesApart(a: Report, b: Report): SiteDifference[] {
  const times = new Map(a.events.map(({ id, time }) => [id, time]));
  const found = new Map<string, SiteDifference>();
  a.outcomes.forEach(({ event, client, router, prefix, before, after }, index) => {
    const other = b.outcomes[index]!;
    if (before === other.before && after === other.after) return;
    const difference: SiteDifference = {
      event,
      time: times.get(event)!,
      client,
      router,
      prefix,
      a: { before, after },
      b: { before: other.before, after: other.after },
    };
    found.set(JSON.stringify(difference), difference);
  });
  return [...found.values()];
}
