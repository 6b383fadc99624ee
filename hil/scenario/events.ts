/**
 * The events of a scenario in order, flaps unrolled, and the stretches between them with what is expected of each.
 * Every event is checked against the state in which it finds the network: nothing is withdrawn twice.
 */

import { describe } from "../../host/yaml/problem.js";
import type { Path, Source } from "../../host/yaml/source.js";
import { changeOf, unroll } from "./changes.js";
import { expectationsOf, expectedLoads, expectedRepair } from "./expectations.js";
import type { Names } from "./names.js";
import { checkPresumed } from "./presumed.js";
import { printTime } from "./quantity.js";
import type { Change, Scenario, ScenarioEvent, Still, Stretch } from "./scenario.js";
import type { EventFile, ScenarioFile } from "./schema.js";
import { sentence } from "./sentence.js";
import { after, initialState } from "./state.js";

interface Step {
  time: number;
  change: Change;
}

export function resolveEvents(
  names: Names,
  file: ScenarioFile,
  still: Still,
): Pick<Scenario, "events" | "stretches"> {
  const { source } = names;
  const events: ScenarioEvent[] = [];
  let state = initialState(still);
  const begin = file.events[0]?.at ?? file.duration;
  const before: Stretch = {
    text: "before any event",
    events: [],
    from: 0,
    to: begin,
    clients: expectationsOf(names, ["expect"], file.expect, still, state),
    sites: expectedLoads(names, ["load"], file.load),
    loadedUntil: begin,
    sameRepair: null,
  };
  const expectedBefore = before.clients.length > 0 ? "expect" : before.sites.length > 0 ? "load" : null;
  if (before.to === 0 && expectedBefore !== null) {
    source.failAtKey([expectedBefore], "a first event after 0s, as this is expected before it", "one at 0s");
  }

  const stretches = file.events.map((event, index): Stretch => {
    const path: Path = ["events", index];
    const steps = stepsOf(names, path, event, still);
    checkTimes(source, path, events.at(-1)?.time ?? -1, steps, file.duration);
    const first = events.length;
    for (const [turn, { time, change }] of steps.entries()) {
      checkPresumed(source, path, state, change);
      state = after(state, change);
      const named = (turn: number) => `${event.id ?? `e${index + 1}`}${event.flap ? `.${turn + 1}` : ""}`;
      const id = named(turn);
      if (events.some(other => other.id === id))
        source.fail([...path, "id"], "an id that is not taken", describe(id));
      // A flap goes down and up by turns.
      events.push({ id, like: named(turn % 2), time, text: sentence(change, still), change });
    }
    const own = events.slice(first);
    const to = file.events[index + 1]?.at ?? file.duration;
    return {
      text: `after ${own[0]!.text}${event.flap ? ` and comes back, ${event.flap.times} times` : ""}`,
      events: own.map(({ id }) => id),
      from: event.at,
      to,
      clients: expectationsOf(names, [...path, "expect"], event.expect ?? {}, still, state),
      sites: expectedLoads(names, [...path, "load"], event.load ?? {}),
      loadedUntil: Math.min(to, ...overloadEnds(events).filter(end => end > event.at)),
      sameRepair: expectedRepair(names, path, event),
    };
  });
  return { events, stretches: [before, ...stretches] };
}

function overloadEnds(events: readonly ScenarioEvent[]): number[] {
  return events.flatMap(({ change }) => (change.kind === "overload" ? [change.until] : []));
}

/** No two at one instant: what happens after both could not be told apart. */
function checkTimes(source: Source, path: Path, previous: number, steps: Step[], duration: number): void {
  const at = [...path, "at"];
  const first = steps[0]!.time;
  const last = steps.at(-1)!.time;
  if (first <= previous) source.fail(at, `a time after ${printTime(previous)}`, printTime(first));
  if (last >= duration)
    source.fail(at, `an event before the end at ${printTime(duration)}`, `one at ${printTime(last)}`);
}

function stepsOf(names: Names, path: Path, event: EventFile, still: Still): Step[] {
  if (event.flap) return unroll(names, [...path, "flap"], event.at, event.flap, still);
  return [{ time: event.at, change: changeOf(names, path, event, still) }];
}
