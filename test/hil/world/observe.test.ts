import { describe, expect, it } from "vitest";
import type { Span } from "../../../hil/world/observation.js";
import { EventKind, Hold, RecordKind, Status } from "../../../host/protocol/words.js";
import { small, withEvents } from "../small-scenario.js";
import { planOf } from "./planning.js";
import { observed, record } from "./recording.js";

const always = (to: string) => () => [{ first: 0, to }];

/** Spans as "first-last site (loss)". */
function words(spans: readonly Span[]): string[] {
  return spans.map(({ first, packets, site, loss }) => {
    const end = first + packets - 1;
    return `${first}-${end} ${site ?? `lost at ${loss!.at}: ${loss!.detail}`}`;
  });
}

/** Number of the first query sent at `time` (seconds) or later. */
function at(scenario: ReturnType<typeof small>, seconds: number): number {
  const { start, interval } = planOf(scenario).streams[0]!;
  return Math.ceil((seconds * 1e6 - start) / interval);
}

describe("what becomes of packets beyond the router", () => {
  it("a site answers what reaches it, also after it has withdrawn", () => {
    const { streams } = observed(small(), always("London"));
    expect(words(streams[0]!.spans)).toEqual(["0-5999 London"]);
    expect(streams[0]!.spans[0]).toMatchObject({ neighbor: "London", roundTrip: 4000, loss: null });
  });

  it("the client's own round trip comes on top", () => {
    const { streams } = observed(small(["router: Paris", "router: Paris, rtt: 3ms"]), always("New York"));
    expect(streams[0]!.spans[0]!.roundTrip).toBe(83_000);
  });

  it("what is sent to a dead site is lost from its death to its return", () => {
    const scenario = withEvents("  - { at: 10s, silent_death: London }\n  - { at: 20s, return: London }\n");
    const [death, back] = [at(scenario, 10), at(scenario, 20)];
    expect(words(observed(scenario, always("London")).streams[0]!.spans)).toEqual([
      `0-${death - 1} London`,
      `${death}-${back - 1} lost at network: London is dead`,
      `${back}-5999 London`,
    ]);
  });

  it.each([
    ["silent_death", "dead"],
    ["port_down", "down"],
  ])("what is sent over a link after %s is lost", (kind, how) => {
    const scenario = withEvents(`  - { at: 10s, ${kind}: [Paris, London] }\n`);
    const { spans } = observed(scenario, always("London")).streams[0]!;
    expect(words(spans)[1]).toContain(`lost at network: the link Paris - London is ${how}`);
  });

  it("what the router drops is lost there, for the reason that it gives", () => {
    const moves = () => [
      { first: 0, to: "London" },
      { first: 100, to: "NO_ROUTE" },
      { first: 150, to: "New York" },
    ];
    const { spans } = observed(small(), moves).streams[0]!;
    expect(words(spans)).toEqual(["0-99 London", "100-149 lost at router: NO_ROUTE", "150-5999 New York"]);
    expect(spans[1]).toMatchObject({ neighbor: null, roundTrip: null });
  });

  it("a new latency counts for what is sent from then on", () => {
    const scenario = withEvents("  - { at: 10s, latency: { link: [Paris, London], rtt: 9ms } }\n");
    const { spans } = observed(scenario, always("London")).streams[0]!;
    expect(spans.map(({ roundTrip }) => roundTrip)).toEqual([4000, 9000]);
  });

  it("a neighbor that forwards knows another way once it has heard the news, and loses packets until then", () => {
    const scenario = withEvents(
      "  - { at: 10s, silent_death: London }\n",
      ["routers:", "transit: { Lyon: }\nrouters:"],
      ["[Paris, London], rtt: 4ms", "[Paris, Lyon], rtt: 4ms"],
      [
        "links:",
        "links:\n  - { between: [Lyon, London], rtt: 6ms }\n  - { between: [Lyon, New York], rtt: 60ms }",
      ],
    );
    const [death, healed] = [at(scenario, 10), at(scenario, 10.036)];
    const { spans } = observed(scenario, always("Lyon")).streams[0]!;
    expect(words(spans)).toEqual([
      `0-${death - 1} London`,
      `${death}-${healed - 1} lost at network: London is dead`,
      `${healed}-5999 New York`,
    ]);
    expect(spans.map(({ roundTrip }) => roundTrip)).toEqual([10_000, null, 64_000]);
  });

  it("a neighbor without any way loses what it gets", () => {
    const scenario = withEvents(
      "  - { at: 10s, withdraw: London }\n",
      ["routers:", "transit: { Lyon: }\nrouters:"],
      ["[Paris, London], rtt: 4ms", "[Paris, Lyon], rtt: 4ms"],
      ["links:", "links:\n  - { between: [Lyon, London], rtt: 6ms }"],
    );
    const { spans } = observed(scenario, always("Lyon")).streams[0]!;
    expect(spans.at(-1)?.loss).toEqual({ at: "network", detail: "Lyon has no route" });
  });
});

describe("sessions", () => {
  const sessions = (scenario: ReturnType<typeof small>, moves: Parameters<typeof observed>[1]) =>
    observed(scenario, moves).streams[1]!.sessions;

  it("follow each other on their stream, and stay whole where nothing moves", () => {
    const all = sessions(small(), always("London"));
    expect(all).toHaveLength(30);
    expect(all[3]).toEqual({
      first: 60,
      packets: 20,
      site: "London",
      brokenAt: null,
      homeDied: false,
      broken: null,
    });
    expect(observed(small(), always("London")).streams[0]!.sessions).toEqual([]);
  });

  it("break at the first packet that reaches another site than the first", () => {
    const all = sessions(small(), () => [
      { first: 0, to: "London" },
      { first: 65, to: "New York" },
    ]);
    expect(all[2]).toMatchObject({ site: "London", brokenAt: null });
    expect(all[3]).toMatchObject({ site: "London", brokenAt: 65 });
    expect(all[4]).toMatchObject({ site: "New York", brokenAt: null });
  });

  it("survive lost packets, and do not begin where the first is lost", () => {
    const all = sessions(small(), () => [
      { first: 0, to: "London" },
      { first: 65, to: "NO_ROUTE" },
      { first: 70, to: "London" },
      { first: 80, to: "NO_ROUTE" },
      { first: 81, to: "London" },
    ]);
    expect(all[3]).toMatchObject({ site: "London", brokenAt: null, homeDied: false });
    expect(all[4]).toMatchObject({ site: null, brokenAt: null, homeDied: false });
  });

  it("die with their home, and with no other site", () => {
    const scenario = withEvents("  - { at: 11s, silent_death: London }\n");
    const died = (moves: Parameters<typeof observed>[1]) =>
      sessions(scenario, moves).flatMap(({ homeDied }, index) => (homeDied ? [index] : []));
    const open = Math.floor((11e6 - planOf(scenario).streams[1]!.start) / 2e6);
    expect(died(always("London"))).toEqual([open]);
    expect(died(always("New York"))).toEqual([]);
  });

  it("of no length are one throughout", () => {
    const scenario = small(["length: 2s", "length: none"]);
    const all = sessions(scenario, () => [
      { first: 0, to: "London" },
      { first: 65, to: "New York" },
    ]);
    const { start } = planOf(scenario).streams[1]!;
    const broken = { time: start + 65 * 100_000, cause: "moved" };
    expect(all).toEqual([{ first: 0, packets: 600, site: "London", brokenAt: 65, homeDied: false, broken }]);
  });

  it("break by a death that no packet fell into, at its instant", () => {
    const at = 11e6 + 1000;
    const { start } = planOf(small()).streams[1]!;
    const between = start + Math.ceil((at - start) / 100_000) * 100_000 + 40_000;
    const scenario = withEvents(
      `  - { at: ${between}us, silent_death: London }\n  - { at: ${between + 20_000}us, return: London }\n`,
    );
    const broken = sessions(scenario, always("London")).flatMap(({ broken }) => broken ?? []);
    expect(broken).toEqual([{ time: between, cause: "homeDied" }]);
  });

  it("break by what came first, the death of their home or a move", () => {
    const scenario = withEvents("  - { at: 11s, silent_death: London }\n");
    const { start, interval } = planOf(scenario).streams[1]!;
    const dies = Math.ceil((11e6 - start) / interval);
    const brokenBy = (move: number) =>
      sessions(scenario, () => [
        { first: 0, to: "London" },
        { first: move, to: "New York" },
      ]).find(({ broken }) => broken !== null)!.broken;
    expect(brokenBy(dies + 2)).toEqual({ time: 11e6, cause: "homeDied" });
    expect(brokenBy(dies - 2)).toEqual({ time: start + (dies - 2) * interval, cause: "moved" });
  });
});

describe("the load of sites", () => {
  const overload = withEvents(
    "  - { at: 20s, overload: { clients: office, queries: 900, for: 20s } }\n",
    ["  London:", "  London: { capacity: 500 }"],
    [", sessions: { concurrent: 2, length: 2s }", ""],
  );

  it("is offered and served between the changes", () => {
    const { loads } = observed(overload, always("London"));
    const london = loads.filter(({ site }) => site === "London");
    expect(london.map(({ from, to, capacity }) => [from / 1e6, to / 1e6, capacity])).toEqual([
      [0, 20, 500],
      [20, 40, 500],
      [40, 60, 500],
    ]);
    // An overload's interval is a whole number of microseconds: 1,111 for 900 queries a second.
    expect(london.map(({ offered }) => Math.round(offered))).toEqual([100, 1000, 100]);
    expect(london.map(({ served }) => Math.round(served))).toEqual([100, 500, 100]);
    expect(loads.filter(({ site }) => site === "New York").every(({ offered }) => offered === 0)).toBe(true);
  });

  it("over the capacity loses the same share of everything, for as long as it lasts", () => {
    const { streams } = observed(overload, always("London"));
    expect(streams).toHaveLength(1);
    const { spans, start, interval } = streams[0]!;
    const lost = spans.filter(({ loss }) => loss !== null);
    expect(
      lost.every(({ loss }) => loss!.at === "site" && loss!.detail === "London is over its capacity"),
    ).toBe(true);
    expect(lost.every(({ neighbor }) => neighbor === "London")).toBe(true);
    const times = lost.map(({ first }) => start + first * interval);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(20e6 - interval);
    expect(Math.max(...times)).toBeLessThan(40e6 + interval);
    const packets = lost.reduce((sum, span) => sum + span.packets, 0);
    expect(packets).toBeGreaterThan(990);
    expect(packets).toBeLessThan(1010);
  });

  it("counts a packet for as many queries as it stands for", () => {
    const queriesOnly = ", sessions: { concurrent: 2, length: 2s }";
    const scaled = small(["queries: 100", "queries: 100, scale: 50"], [queriesOnly, ""]);
    expect(Math.round(observed(scaled, always("London")).loads[0]!.offered)).toBe(5000);
  });
});

describe("random loss", () => {
  const lossy = small(["rtt: 4ms", "rtt: 4ms, loss: 10%"]);

  it("takes its share on the way there and back", () => {
    const { spans } = observed(lossy, always("London")).streams[0]!;
    const lost = spans.filter(({ site }) => site === null);
    expect(lost.every(({ loss }) => loss!.at === "link" && loss!.detail === "Paris - London")).toBe(true);
    const share = lost.reduce((sum, { packets }) => sum + packets, 0) / 6000;
    expect(share).toBeGreaterThan(0.17);
    expect(share).toBeLessThan(0.21);
  });

  it("is the same for the same seed, and does not depend on the rest of the scenario", () => {
    const losses = (scenario: typeof lossy) =>
      observed(scenario, always("London")).streams[0]!.spans.filter(({ site }) => site === null);
    expect(losses(lossy)).toEqual(losses(lossy));
    expect(
      losses(withEvents("  - { at: 10s, withdraw: New York }\n", ["rtt: 4ms", "rtt: 4ms, loss: 10%"])),
    ).toEqual(losses(lossy));
  });

  it("of the client's own link is its", () => {
    const scenario = small(["router: Paris", "router: Paris, loss: 50%"]);
    const { spans } = observed(scenario, always("London")).streams[0]!;
    expect(spans.find(({ site }) => site === null)?.loss).toEqual({ at: "link", detail: "office" });
  });
});

describe("what the router timed", () => {
  const scenario = withEvents(
    "  - { at: 10s, silent_death: London }\n  - { at: 20s, return: London }\n  - { at: 30s, port_down: [Paris, London] }\n",
  );

  it("is put down to the event that it came from, also where a hold timer was between", () => {
    const more = [
      record(10_004_000, RecordKind.EVENT, Status.OK, 0, 0),
      record(10_030_000, RecordKind.NEIGHBOR, 0, 0, 0),
      record(10_030_000, RecordKind.REPAIR, 0, 2, 7),
      record(10_030_000, RecordKind.RESELECT, 0, 3, 9),
      record(20_004_000, RecordKind.EVENT, Status.OK, 1, 0),
      record(20_004_000, RecordKind.NEIGHBOR, 1, 0, 0),
      record(20_004_000, RecordKind.REPAIR, 0, 0, 0),
      record(20_004_000, RecordKind.RESELECT, 0, 1, 4),
      record(30_000_000, RecordKind.EVENT, Status.OK, 2, 0),
      record(30_000_000, RecordKind.REPAIR, 0, 1, 5),
      record(30_000_000, RecordKind.RESELECT, 0, 1, 6),
    ];
    const { repairs } = observed(scenario, always("London"), more);
    expect(
      repairs.map(({ event, time, groups, sets, repairTicks }) => [event, time, groups, sets, repairTicks]),
    ).toEqual([
      ["e1", 10_030_000, 2, 3, 7],
      ["e2", 20_004_000, 0, 1, 0],
      ["e3", 30_000_000, 1, 1, 5],
    ]);
  });

  it("at one instant for one event is one repair", () => {
    const more = [0, 1].flatMap(() => [
      record(30_000_000, RecordKind.EVENT, Status.OK, 2, 0),
      record(30_000_000, RecordKind.REPAIR, 0, 1, 5),
      record(30_000_000, RecordKind.RESELECT, 0, 1, 6),
    ]);
    expect(observed(scenario, always("London"), more).repairs).toEqual([
      {
        router: "Paris",
        event: "e3",
        time: 30_000_000,
        groups: 2,
        repairTicks: 10,
        sets: 2,
        reselectTicks: 12,
        prefixes: 1,
      },
    ]);
  });

  it("says when each event reached the router", () => {
    expect(planOf(scenario).timeline[0]?.kind).toBe(EventKind.SILENCE);
    const { events } = observed(scenario, always("London"));
    expect(events.map(({ id, kind, time, seenBy }) => [id, kind, time, seenBy[0]?.time])).toEqual([
      ["e1", "silent_death", 10e6, 10_004_000],
      ["e2", "return", 20e6, 20_004_000],
      ["e3", "port_down", 30e6, 30e6],
    ]);
  });

  it("behind the end of a wait is put down to the event that began it, as is the wait", () => {
    const more = [
      record(10_004_000, RecordKind.EVENT, Status.OK, 0, 0),
      record(20_004_000, RecordKind.HELD_BACK, Hold.WAITING, 0, 0),
      record(20_004_000, RecordKind.EVENT, Status.OK, 1, 0),
      record(25_004_000, RecordKind.HELD_BACK, Hold.NONE, 0, 0),
      record(25_004_000, RecordKind.REPAIR, 0, 0, 0),
      record(25_004_000, RecordKind.RESELECT, 0, 1, 4),
    ];
    const { repairs, holds } = observed(scenario, always("London"), more);
    expect(repairs.map(({ event, time, sets }) => [event, time, sets])).toEqual([["e2", 25_004_000, 1]]);
    const one = { router: "Paris", event: "e2", neighbor: "London", prefix: null };
    expect(holds).toEqual([{ ...one, reason: "waiting", from: 20_004_000, to: 25_004_000 }]);
  });

  it("is refused where the router refused an entry of its timeline", () => {
    const more = [record(10_004_000, RecordKind.EVENT, Status.UNKNOWN_NEIGHBOR, 0, 0)];
    expect(() => observed(scenario, always("London"), more)).toThrow(
      "Paris refused entry 0 of its timeline: UNKNOWN_NEIGHBOR",
    );
  });
});

it("a route that is held back is of the entry that announced it, and may be so to the end", () => {
  const scenario = withEvents("  - { at: 10s, withdraw: London }\n  - { at: 20s, announce: London }\n");
  const more = [
    record(10_002_000, RecordKind.EVENT, Status.OK, 0, 0),
    record(20_002_000, RecordKind.ROUTE_HELD_BACK, Hold.SUPPRESSED, 0, 40),
    record(20_002_000, RecordKind.EVENT, Status.OK, 1, 0),
  ];
  const route = { router: "Paris", event: "e2", neighbor: "London", prefix: "198.51.100.0/24" };
  expect(observed(scenario, always("London"), more).holds).toEqual([
    { ...route, reason: "suppressed", from: 20_002_000, to: null },
  ]);
});
