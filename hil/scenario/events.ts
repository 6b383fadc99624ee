/**
 * The events of a scenario in order, flaps unrolled, and the stretches between them with what is expected of each.
 * Every event is checked against the state in which it finds the network: nothing is withdrawn twice.
 */

import { changeOf, unroll } from "./changes.js";
import { expectationsOf, expectedRepair } from "./expectations.js";
import type { Names } from "./names.js";
import { checkPresumed } from "./presumed.js";
import { describe } from "./problem.js";
import { printTime } from "./quantity.js";
import type { Change, Scenario, ScenarioEvent, Still, Stretch } from "./scenario.js";
import type { EventFile, ScenarioFile } from "./schema.js";
import { sentence } from "./sentence.js";
import type { Path } from "./source.js";
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
  const stretches: Stretch[] = [];
  let state = initialState(still);
  let previous = 0;

  const open = (text: string, from: number, to: number, ids: string[]) => ({ text, from, to, events: ids });
  const first = open("before any event", 0, file.events[0]?.at ?? file.duration, []);
  stretches.push({
    ...first,
    clients: expectationsOf(names, ["expect"], file.expect, still, state),
    sameRepair: null,
  });

  file.events.forEach((event, index) => {
    const path: Path = ["events", index];
    if (event.at < previous)
      source.fail(
        [...path, "at"],
        `${printTime(previous)} or later`,
        `${printTime(event.at)}, which goes back`,
      );
    const steps = stepsOf(names, path, event, still);
    const last = steps.at(-1)!.time;
    if (last >= file.duration) {
      source.fail(
        [...path, "at"],
        `an event before the end at ${printTime(file.duration)}`,
        `one at ${printTime(last)}`,
      );
    }
    const id = event.id ?? `e${index + 1}`;
    if (events.some(other => other.id === id))
      source.fail([...path, "id"], "an id that is not taken", describe(id));
    const ids = steps.map((_, step) => (steps.length > 1 ? `${id}.${step + 1}` : id));
    steps.forEach(({ time, change }, step) => {
      checkPresumed(source, path, state, change);
      state = after(state, change);
      events.push({ id: ids[step]!, time, text: sentence(change, still), change });
    });
    const to = file.events[index + 1]?.at ?? file.duration;
    stretches.push({
      ...open(`after ${summary(event, events.at(-steps.length)!, steps.length)}`, event.at, to, ids),
      clients: expectationsOf(names, [...path, "expect"], event.expect ?? {}, still, state),
      sameRepair: expectedRepair(names, path, event),
    });
    if (event.expect && to === event.at) {
      source.failAtKey(
        [...path, "expect"],
        "expectations at the last of the events of one instant",
        "more events at this one",
      );
    }
    previous = last;
  });
  return { events, stretches };
}

function stepsOf(names: Names, path: Path, event: EventFile, still: Still): Step[] {
  if (event.flap) return unroll(names, [...path, "flap"], event.at, event.flap, still);
  return [{ time: event.at, change: changeOf(names, path, event, still) }];
}

function summary(event: EventFile, first: ScenarioEvent, steps: number): string {
  return event.flap ? `${first.text} and comes back, ${steps / 2} times` : first.text;
}
