/** Holds what a scenario expects against what its repeats showed. An expectation must come true in every repeat. */
import { queriesIn } from "../measure/queries.js";
import type { Expectation } from "../measure/result.js";
import { type Sample, samplesIn, type Window } from "../measure/sampling.js";
import { nameOf, servingSites } from "../measure/service.js";
import { sessionsIn } from "../measure/sessions.js";
import type { BoundName, Bounds, ClientExpectation, Scenario, Stretch } from "../scenario/scenario.js";
import type { Observation, StreamObservation } from "./observation.js";

export function checkExpectations(scenario: Scenario, observations: readonly Observation[]): Expectation[] {
  return scenario.stretches.flatMap(stretch => [
    ...stretch.clients.flatMap(client => [
      ...checkSites(stretch, client, observations),
      ...client.bounds.map(bound => checkBound(stretch, client.client, bound, observations)),
    ]),
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
    const found = group.flatMap(({ prefix }) =>
      observations.flatMap(observation => sitesReached(observation, client, prefix, stretch)),
    );
    const wrong = found.find(other => other !== expected);
    return {
      text: `${stretch.text}, ${client} reaches ${expected}`,
      expected,
      found: wrong ?? (found.length > 0 ? expected : "no packet"),
      pass: found.length > 0 && wrong === undefined,
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

const QUANTITIES: Record<BoundName, { what: string; print: (value: number) => string }> = {
  gap: { what: "the longest gap of", print: value => `${value / 1000} ms` },
  lost: { what: "the queries lost by", print: String },
  sessions_broken: { what: "the sessions broken by a move of", print: String },
  sessions_lost: { what: "the sessions whose site died of", print: String },
};

function checkBound(
  stretch: Stretch,
  client: string,
  { what, bounds, place }: ClientExpectation["bounds"][number],
  observations: readonly Observation[],
): Expectation {
  const { what: quantity, print } = QUANTITIES[what];
  const values = observations.map(observation => measured(what, observation, client, stretch));
  const expected = printBounds(bounds, print);
  const wrong = values.find(value => value < bounds.atLeast || value > bounds.atMost);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const all = least === most ? print(least) : `${print(least)} to ${print(most)}`;
  return {
    text: `${stretch.text}, ${quantity} ${client}: ${expected}`,
    expected,
    found: wrong === undefined ? all : print(wrong),
    pass: wrong === undefined,
    line: place.line,
  };
}

function printBounds({ atLeast, atMost }: Bounds, print: (value: number) => string): string {
  if (atLeast === atMost) return `exactly ${print(atLeast)}`;
  if (atLeast === 0) return `at most ${print(atMost)}`;
  return atMost === Number.POSITIVE_INFINITY
    ? `at least ${print(atLeast)}`
    : `${print(atLeast)} to ${print(atMost)}`;
}

function measured(what: BoundName, observation: Observation, client: string, window: Window): number {
  const own = observation.streams.filter(stream => stream.client === client);
  const sum = (count: (stream: StreamObservation) => number) =>
    own.reduce((total, stream) => total + count(stream), 0);
  switch (what) {
    case "gap":
      return Math.max(
        0,
        ...telling(observation, client).map(stream => longestGap(samplesIn(stream, window), stream.interval)),
      );
    case "lost":
      return sum(stream => (stream.transport === "udp" ? queriesIn(stream, window).lost : 0));
    case "sessions_broken":
      return sum(stream => sessionsIn(stream, window).moved);
    case "sessions_lost":
      return sum(stream => sessionsIn(stream, window).homeDied);
  }
}

/** One interval for each packet of the longest row that no route carried. */
function longestGap(samples: readonly Sample[], interval: number): number {
  let longest = 0;
  let gap = 0;
  for (const { site, packets } of samples) {
    gap = site === null ? gap + packets * interval : 0;
    longest = Math.max(longest, gap);
  }
  return longest;
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
