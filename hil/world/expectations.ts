/** Holds what a scenario expects against what its repeats showed. An expectation must come true in every repeat. */
import { gapIn } from "../measure/gap.js";
import { queriesIn } from "../measure/queries.js";
import type { Expectation } from "../measure/result.js";
import { samplesIn, type Window, windowOf } from "../measure/sampling.js";
import { nameOf, servingSites } from "../measure/service.js";
import { sessionsIn } from "../measure/sessions.js";
import type { BoundName, Bounds, ClientExpectation, Scenario, Stretch } from "../scenario/scenario.js";
import { inRepeats, judge, printBounds, type Words } from "./bounds.js";
import { checkLoads } from "./expected-loads.js";
import type { Observation, StreamObservation } from "./observation.js";

export function checkExpectations(scenario: Scenario, observations: readonly Observation[]): Expectation[] {
  return scenario.stretches.flatMap(stretch => [
    ...stretch.clients.flatMap(client => [
      ...checkSites(stretch, client, observations),
      ...client.bounds.map(bound => checkBound(stretch, client.client, bound, observations)),
    ]),
    ...checkLoads(stretch, observations),
    ...checkRepair(stretch, observations),
  ]);
}

/** The expectations of one place in the file are one, whatever the number of prefixes. */
function checkSites(
  stretch: Stretch,
  { client, sites }: ClientExpectation,
  observations: readonly Observation[],
): Expectation[] {
  const first = sites.filter((one, index) => sites.findIndex(other => isTogether(one, other)) === index);
  return first.map(one => {
    const { site, place } = one;
    const group = sites.filter(other => isTogether(one, other));
    const expected = site ?? "no site";
    const found = observations.map(observation =>
      group.flatMap(({ prefix }) => sitesReached(observation, client, prefix, stretch)),
    );
    const wrong = found.flatMap(reached => reached.find(other => other !== expected) ?? []);
    const blind = found.every(reached => reached.length === 0);
    return {
      text: `${stretch.text}, ${client} reaches ${expected}`,
      expected,
      found:
        wrong.length > 0 ? wrong[0]! + inRepeats(wrong.length, found.length) : blind ? "no packet" : expected,
      pass: wrong.length === 0 && !blind,
      line: place.line,
    };
  });
}

type ExpectedSite = ClientExpectation["sites"][number];

function isTogether(a: ExpectedSite, b: ExpectedSite): boolean {
  return a.site === b.site && a.place.line === b.place.line && a.place.column === b.place.column;
}

/** Where the client's streams to a prefix are served at the end of the window: queries if it sends any, else sessions. */
function sitesReached(observation: Observation, client: string, prefix: string, window: Window): string[] {
  return telling(observation, client)
    .filter(stream => stream.prefix === prefix)
    .map(stream => servingSites(samplesIn(stream, window)))
    .map(sites => (sites ? (nameOf(sites) ?? "no site") : "no packet"));
}

function telling(observation: Observation, client: string): StreamObservation[] {
  const own = observation.streams.filter(stream => stream.client === client);
  const udp = own.filter(({ transport }) => transport === "udp");
  return udp.length > 0 ? udp : own;
}

const QUANTITIES: Record<BoundName, string> = {
  gap: "the gap of",
  lost: "the queries lost by",
  sessions_broken: "the sessions broken by a move of",
  sessions_lost: "the sessions whose site died of",
};

function checkBound(
  stretch: Stretch,
  client: string,
  { what, bounds, place }: ClientExpectation["bounds"][number],
  observations: readonly Observation[],
): Expectation {
  const values = observations.map(observation => measured(what, observation, client, stretch));
  const words = what === "gap" ? gapWords(bounds, client, observations) : countWords(bounds);
  return {
    text: `${stretch.text}, ${QUANTITIES[what]} ${client}: ${words.expected}`,
    expected: words.expected,
    ...judge(values, bounds, words),
    line: place.line,
  };
}

function countWords(bounds: Bounds): Words {
  return { print: String, expected: printBounds(bounds, String), blind: null };
}

/** Packets show no gap shorter than the time between two of them, so a bound of 0 says that none was lost, and no finer one is judged. */
function gapWords(bounds: Bounds, client: string, observations: readonly Observation[]): Words {
  const streams = observations.flatMap(observation => telling(observation, client));
  const interval = Math.max(0, ...streams.map(stream => stream.interval));
  const lateness = Math.max(0, ...observations.map(observation => observation.lateness));
  const inMilliseconds = (time: number) => `${time / 1000} ms`;
  const unseen = `< ${inMilliseconds(interval + lateness)}`;
  const packet = streams.some(({ transport }) => transport === "udp") ? "query" : "packet";
  return {
    print: value => (value === 0 ? unseen : inMilliseconds(value)),
    expected:
      bounds.atMost === 0
        ? `no ${packet} lost for want of a route (${unseen})`
        : printBounds(bounds, inMilliseconds),
    blind: [bounds.atLeast, bounds.atMost].some(bound => bound > 0 && bound < interval)
      ? `packets ${inMilliseconds(interval)} apart, which show nothing finer`
      : null,
  };
}

/** Null where no packet was sent that could tell. */
function measured(
  what: BoundName,
  observation: Observation,
  client: string,
  stretch: Stretch,
): number | null {
  const own = observation.streams.filter(stream => stream.client === client);
  const sum = (count: (stream: StreamObservation) => number) =>
    own.reduce((total, stream) => total + count(stream), 0);
  switch (what) {
    case "gap":
      return gapOf(observation, client, stretch);
    case "lost": {
      const queries = own.filter(({ transport }) => transport === "udp").map(one => queriesIn(one, stretch));
      return queries.some(({ sent }) => sent > 0)
        ? queries.reduce((total, { lost }) => total + lost, 0)
        : null;
    }
    case "sessions_broken":
      return sum(stream => sessionsIn(stream, stretch).moved);
    case "sessions_lost":
      return sum(stream => sessionsIn(stream, stretch).homeDied);
  }
}

/** The worst that the report shows for any of the client's routes at any event of the stretch. */
function gapOf(observation: Observation, client: string, stretch: Stretch): number | null {
  const streams = telling(observation, client);
  if (streams.every(stream => samplesIn(stream, stretch).length === 0)) return null;
  const events = observation.events.filter(({ id }) => stretch.events.includes(id));
  const windows: Window[] =
    events.length > 0 ? events.map(({ time }) => windowOf(observation, time)) : [stretch];
  return Math.max(
    ...streams.flatMap(stream => windows.map(window => gapIn(observation, stream, window).value)),
  );
}

/** The routers' work must be the same whatever the size of their tables: groups repaired and route sets selected anew. */
function checkRepair(
  { text, events, sameRepair }: Stretch,
  observations: readonly Observation[],
): Expectation[] {
  if (!sameRepair) return [];
  const { routers, place } = sameRepair;
  const work = observations.map(({ repairs }) =>
    routers.map(router => {
      const own = repairs.filter(repair => repair.router === router && events.includes(repair.event));
      const [groups, sets] = [
        own.reduce((sum, repair) => sum + repair.groups, 0),
        own.reduce((sum, repair) => sum + repair.sets, 0),
      ];
      return `${groups} groups and ${sets} route sets`;
    }),
  );
  const different = work.find(all => all.some(one => one !== all[0]));
  const nothing = "0 groups and 0 route sets";
  const shown = different ?? work[0]!;
  return [
    {
      text: `${text}, ${routers.join(", ")} repair the same number of groups and route sets`,
      expected: "the same on each",
      found: different ? different.join("; ") : `${shown[0] ?? nothing} on each`,
      pass: !different && shown.every(one => one !== nothing),
      line: place.line,
    },
  ];
}
