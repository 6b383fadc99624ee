/** When two reports can be compared: where one scenario was played, and packet by packet where that was with one seed too. */
import { InputError } from "../../host/input-error.js";
import type { Report } from "../measure/result.js";

export interface NamedReport {
  /** As messages call it. */
  name: string;
  report: Report;
}

/** Of one run the same packets are sent at the same instants: those of one seed. */
type Sameness = "scenario" | "run";

/** Throws an InputError that names the first thing by which `b` is of another scenario, or run, than `a`. */
export function checkSame(sameness: Sameness, a: NamedReport, b: NamedReport): void {
  const found = identityOf(b.report, sameness);
  identityOf(a.report, sameness).forEach(([what, expected], index) => {
    const [, other] = found[index]!;
    if (expected === other) return;
    throw new InputError({ file: b.name }, `${what} ${expected} as in ${a.name}`, other);
  });
}

export function isSameRun(a: Report, b: Report): boolean {
  return JSON.stringify(identityOf(a, "run")) === JSON.stringify(identityOf(b, "run"));
}

/** What a target has no part in. As the numbers of events and streams come before these, no two lists part in their length. */
function identityOf(
  { scenario, seed, repeats, duration, events, streams }: Report,
  sameness: Sameness,
): [string, string][] {
  const run: [string, string][] = [
    ["seed", `${seed}`],
    ["repeats", `${repeats}`],
  ];
  return [
    ["scenario", JSON.stringify(scenario.name)],
    ...(sameness === "run" ? run : []),
    ["duration", `${duration} us`],
    ["events", `${events.length}`],
    ["streams", `${streams.length}`],
    ...events.map(({ text, time }, index): [string, string] => [
      `event ${index + 1}`,
      `${JSON.stringify(text)} at ${time} us`,
    ]),
    ...streams.map(({ client, router, prefix, transport, start, interval }, index): [string, string] => {
      const way = `${JSON.stringify(`${client} by ${router} to ${prefix}`)}, ${transport}, every ${interval} us`;
      return [`stream ${index + 1}`, sameness === "run" ? `${way} from ${start} us on` : way];
    }),
  ];
}
