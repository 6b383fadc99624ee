/**
 * The streams, and which of them stands for its route. RFC 6413 section 5.6 offers every route an equal share of the load; here a route
 * may be sampled by a thousand queries a second and by ten packets of a conversation, and the sparse one would blur what the
 * dense one shows. So of the streams from a client to a prefix the one with the closest packets counts, the first of equals.
 */
import type { Observation } from "../world/observation.js";
import type { Stream } from "./result.js";

export function streamsOf({ streams }: Observation): Stream[] {
  const densest = new Map<string, number>();
  for (const [index, { client, router, prefix, interval }] of streams.entries()) {
    const route = JSON.stringify([client, router, prefix]);
    const known = densest.get(route);
    if (known === undefined || interval < streams[known]!.interval) densest.set(route, index);
  }
  const representatives = new Set(densest.values());
  return streams.map(({ client, router, prefix, transport, start, interval, packets }, index) => ({
    client,
    router,
    prefix,
    transport,
    start,
    interval,
    packets,
    representative: representatives.has(index),
  }));
}
