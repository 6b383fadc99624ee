/** What the serial protocol counts in 32 bits must fit them: packets of a stream, microseconds between two, packets of a session. */

import type { Path, Source } from "../../host/yaml/source.js";
import { printTime } from "./quantity.js";
import type { Scenario } from "./scenario.js";
import type { ScenarioFile } from "./schema.js";

const MOST = 2 ** 32 - 1;

export function checkCounts(source: Source, file: ScenarioFile, { duration }: Scenario): void {
  for (const [name, { queries, flows, sessions }] of Object.entries(file.clients)) {
    const path = ["clients", name];
    checkQueries(source, [...path, "queries"], queries, flows, duration);
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
    const path = ["events", index, "overload", "queries"];
    for (const name of overload.clients) {
      checkQueries(source, path, overload.queries, file.clients[name]!.flows, span);
    }
  }
}

/** `flows` share the queries. */
function checkQueries(source: Source, path: Path, queries: number, flows: number, duration: number): void {
  if (queries === 0) return;
  const interval = Math.max(1, Math.round((flows * 1e6) / queries));
  if (interval > MOST) {
    const least = (flows * 1e6) / MOST;
    source.failAtKey(path, `at least ${least.toFixed(3)} queries a second for ${flows} flows`, `${queries}`);
  }
  checkPackets(source, path, duration / interval);
}

function checkPackets(source: Source, path: Path, exactly: number): void {
  const packets = Math.ceil(exactly);
  if (packets <= MOST) return;
  source.failAtKey(path, `at most ${MOST} packets in a stream`, `${packets}`);
}
