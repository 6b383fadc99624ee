/** The catchments: before the first event, which site each client reaches, by which prefix. */
import type { Observation } from "../world/observation.js";
import { lastRoundTrip } from "./outcome.js";
import type { Report } from "./result.js";
import { openingOf, samplesIn } from "./sampling.js";
import { nameOf, servingSites } from "./service.js";

/** One a client and prefix: several streams between the two that agree are one. */
export function catchmentsOf(observation: Observation): Report["catchments"] {
  const opening = openingOf(observation);
  const found = new Map<string, Report["catchments"][number]>();
  for (const stream of observation.streams) {
    const { client, router, prefix } = stream;
    const site = nameOf(servingSites(samplesIn(stream, opening)) ?? []);
    const key = JSON.stringify([client, router, prefix, site]);
    if (!found.has(key))
      found.set(key, { client, router, prefix, site, roundTrip: lastRoundTrip(stream, opening) });
  }
  return [...found.values()];
}
