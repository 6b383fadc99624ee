/** Two reports can be compared where one scenario was played with one seed: then the same packets are sent at the same instants. */
import { InputError } from "../../host/input-error.js";
import type { Report } from "../measure/result.js";

export interface NamedReport {
  /** As messages call it. */
  name: string;
  report: Report;
}

/** Throws an InputError that names the first thing by which `b` is of another run than `a`. */
export function checkComparable(a: NamedReport, b: NamedReport): void {
  const found = identityOf(b.report);
  identityOf(a.report).forEach(([what, expected], index) => {
    const [, other] = found[index]!;
    if (expected === other) return;
    throw new InputError({ file: b.name }, `${what} ${expected} as in ${a.name}`, other);
  });
}

/** What a target has no part in. As the numbers of events and streams come before these, no two lists part in their length. */
function identityOf({ scenario, seed, repeats, duration, events, streams }: Report): [string, string][] {
  return [
    ["scenario", JSON.stringify(scenario.name)],
    ["seed", `${seed}`],
    ["repeats", `${repeats}`],
    ["duration", `${duration} us`],
    ["events", `${events.length}`],
    ["streams", `${streams.length}`],
    ...events.map(({ text, time }, index): [string, string] => [
      `event ${index + 1}`,
      `${JSON.stringify(text)} at ${time} us`,
    ]),
    ...streams.map(({ client, router, prefix, transport, start, interval }, index): [string, string] => {
      const way = JSON.stringify(`${client} by ${router} to ${prefix}`);
      return [`stream ${index + 1}`, `${way}, ${transport}, every ${interval} us from ${start} us on`];
    }),
  ];
}
