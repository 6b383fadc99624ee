/** What the serial protocol counts in 32 bits must fit them: packets of a stream, microseconds between two, packets of a session. */

import type { Path, Source } from "../../host/yaml/source.js";
import { printTime } from "./quantity.js";
import type { Scenario } from "./scenario.js";
import type { ScenarioFile } from "./schema.js";

const MOST = 2 ** 32 - 1;

export function checkCounts(source: Source, file: ScenarioFile, { duration }: Scenario): void {
  for (const [name, { queries, sessions }] of Object.entries(file.clients)) {
    const path = ["clients", name];
    checkQueries(source, [...path, "queries"], queries, duration);
    if (!sessions) continue;
    const { length, packet_every: interval } = sessions;
    if (interval > MOST) {
      source.fail([...path, "sessions", "packet_every"], `at most ${printTime(MOST)}`, printTime(interval));
    }
    checkPackets(source, [...path, "sessions", "packet_every"], duration / interval);
    checkPackets(source, [...path, "sessions", "length"], length / interval);
  }
  for (const [index, { at, overload }] of file.events.entries()) {
    if (!overload) continue;
    const span = overload.for ?? duration - at;
    checkQueries(source, ["events", index, "overload", "queries"], overload.queries, span);
  }
}

function checkQueries(source: Source, path: Path, queries: number, duration: number): void {
  checkPackets(source, path, duration / Math.max(1, Math.round(1e6 / queries)));
}

function checkPackets(source: Source, path: Path, exactly: number): void {
  const packets = Math.ceil(exactly);
  if (packets <= MOST) return;
  source.failAtKey(path, `at most ${MOST} packets in a stream`, `${packets}`);
}
