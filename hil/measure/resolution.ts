/**
 * The finest time that a run can claim. RFC 6413 section 5.7: the time between two packets of a stream is the highest accuracy that
 * losses can give; a router that fell behind its schedule adds its lateness. Repairs have their own, one tick of the counter.
 */
import type { Observation } from "../world/observation.js";
import type { Report, TargetInfo } from "./result.js";

export function resolutionOf(observations: Observation[], targets: TargetInfo[]): Report["resolution"] {
  const intervals = observations.flatMap(({ streams }) => streams.map(({ interval }) => interval));
  const lateness = Math.max(...observations.map(observation => observation.lateness));
  const tick = Math.max(...targets.map(({ tickRate }) => 1_000_000 / tickRate));
  const ticks = targets.length > 0 ? [`a repair is counted in ticks of ${tick} us`] : [];
  if (intervals.length === 0)
    return { value: targets.length > 0 ? tick : 0, reason: ["no stream was sent", ...ticks].join("; ") };
  const closest = Math.min(...intervals);
  return {
    value: closest + lateness,
    reason: [
      `the closest packets of a stream are ${closest} us apart`,
      lateness > 0 ? `the router was up to ${lateness} us late` : "the router was never late",
      ...ticks,
    ].join("; "),
  };
}
