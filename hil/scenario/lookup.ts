/** Small things that both the network and its events are resolved with. */
import { describe } from "../../host/yaml/problem.js";
import type { Path, Source } from "../../host/yaml/source.js";

/** Those of `texts` that are the scenario's; all of them where there is no list. */
export function knownPrefixes(
  source: Source,
  path: Path,
  texts: string[] | undefined,
  known: readonly string[],
): string[] {
  if (texts === undefined) return [...known];
  texts.forEach((text, index) => {
    const place = [...path, index];
    if (!known.includes(text)) source.fail(place, `one of ${known.join(", ")}`, describe(text));
    if (texts.indexOf(text) !== index) source.fail(place, "a prefix that is not listed yet", describe(text));
  });
  return texts;
}

/** One of the two must be given. */
export function oneWayLatency(
  source: Source,
  path: Path,
  { rtt, latency }: { rtt?: number | undefined; latency?: number | undefined },
): number {
  if (rtt === undefined && latency === undefined) source.fail(path, "rtt or latency", "neither");
  if (rtt !== undefined && latency !== undefined) source.fail([...path, "latency"], "rtt or latency", "both");
  return latency ?? Math.round(rtt! / 2);
}
