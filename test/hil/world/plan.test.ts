import { describe, expect, it } from "vitest";
import { parseScenario } from "../../../hil/scenario/load.js";
import { withEvents } from "../small-scenario.js";
import { planOf, timelineOf } from "./planning.js";

function timeline(events: string, ...edits: [string, string][]): string[] {
  return timelineOf(planOf(withEvents(events, ...edits)));
}

describe("what a router learns of an event, and when", () => {
  it("a withdrawal one way later, and the announcement too", () => {
    expect(timeline("  - { at: 10s, withdraw: London }\n  - { at: 20s, announce: London }\n")).toEqual([
      "10002 WITHDRAW London",
      "20002 ANNOUNCE London 64500",
    ]);
  });

  it("an announcement with other attributes as another path", () => {
    expect(timeline("  - { at: 10s, announce: { site: London, prepend: 2 } }\n")).toEqual([
      "10002 ANNOUNCE London 64500-64500-64500",
    ]);
  });

  it("nothing of an announcement that changes nothing", () => {
    expect(timeline("  - { at: 10s, announce: London }\n")).toEqual([]);
  });

  it("the silence of a dead site a round trip later: the first query that it does not answer, and the news", () => {
    expect(timeline("  - { at: 10s, silent_death: London }\n  - { at: 20s, return: London }\n")).toEqual([
      "10004 SILENCE London",
      "20004 SPEAK London",
    ]);
  });

  it("the silence of its own dead link at once", () => {
    const events =
      "  - { at: 10s, silent_death: [Paris, London] }\n  - { at: 20s, return: [Paris, London] }\n";
    expect(timeline(events)).toEqual(["10000 SILENCE London", "20000 SPEAK London"]);
  });

  it("its own port at once", () => {
    const events = "  - { at: 10s, port_down: [Paris, London] }\n  - { at: 20s, port_up: [Paris, London] }\n";
    expect(timeline(events)).toEqual(["10000 PORT_DOWN London", "20000 PORT_UP London"]);
  });

  it("one silence where the site and its link are dead at the same time", () => {
    const events =
      "  - { at: 10s, silent_death: London }\n  - { at: 15s, silent_death: [Paris, London] }\n" +
      "  - { at: 20s, return: London }\n  - { at: 25s, return: [Paris, London] }\n";
    expect(timeline(events)).toEqual(["10004 SILENCE London", "25000 SPEAK London"]);
  });

  it("what a neighbor says while it cannot be heard, once it can", () => {
    const down = "  - { at: 10s, port_down: [Paris, London] }\n  - { at: 11s, withdraw: London }\n";
    expect(timeline(`${down}  - { at: 20s, port_up: [Paris, London] }\n`)).toEqual([
      "10000 PORT_DOWN London",
      "20000 PORT_UP London",
      "20000 WITHDRAW London",
    ]);
    expect(timeline(down)).toEqual(["10000 PORT_DOWN London"]);
  });

  it("nothing that arrives after the end", () => {
    expect(timeline("  - { at: 59999ms, withdraw: London }\n")).toEqual([]);
  });

  it("nothing of an overload", () => {
    expect(timeline("  - { at: 10s, overload: { clients: office, queries: 10 } }\n")).toEqual([]);
  });
});

describe("the metrics of its own links", () => {
  const change =
    "  - { at: 10s, metric: { link: [Paris, London], cost: 9 } }\n  - { at: 20s, latency: { link: [Paris, London], rtt: 10ms } }\n";

  it("with an interior protocol, as they are", () => {
    const routing: [string, string] = ["hold_time: 30ms", "hold_time: 30ms, protocol: igp"];
    expect(timeline(change, routing).filter(entry => !entry.includes("DISTANCE"))).toEqual([
      "10000 COST London 9",
      "20000 LATENCY London 5000",
    ]);
  });

  it.each([
    ["link-cost", ["10000 COST London 9", "20000 COST London 9"]],
    ["latency", ["10000 COST London 2000", "20000 COST London 5000"]],
    ["hop-count", ["10000 COST London 1", "20000 COST London 1"]],
  ])("with ebgp, as the cost of the way to the next hop by %s", (metric, expected) => {
    expect(timeline(change, ["hold_time: 30ms", `hold_time: 30ms, metric: ${metric}`])).toEqual(expected);
  });
});

/** Paris - Lyon - (London, Milan), and Paris - Milan. */
const BEYOND = `duration: 60s
prefixes: [198.51.100.0/24]
routing: { protocol: PROTOCOL, hold_time: 30ms }
sites: { London: { as: 64510 }, Milan: }
transit: { Lyon: }
routers: { Paris: }
clients: { office: { router: Paris, queries: 100 } }
links:
  - { between: [Paris, Lyon], rtt: 4ms, cost: 1 }
  - { between: [Lyon, London], rtt: 6ms, cost: 2 }
  - { between: [Lyon, Milan], rtt: 10ms, cost: 5 }
  - { between: [Paris, Milan], rtt: 20ms, cost: 9 }
events:
`;

function beyond(protocol: "ebgp" | "igp", events: string) {
  return planOf(parseScenario("beyond.yaml", BEYOND.replace("PROTOCOL", protocol) + events));
}

describe("behind a transit node", () => {
  it("paths have the AS numbers on the way, or the sums of the metrics beyond the neighbor", () => {
    const { paths } = beyond("ebgp", "  - { at: 1s, withdraw: London }\n");
    expect(paths.map(({ neighbor, asPath }) => [neighbor, asPath])).toEqual([
      [0, [64501, 64510]],
      [0, [64501, 64500]],
      [1, [64500]],
    ]);
    const interior = beyond("igp", "  - { at: 1s, withdraw: London }\n").paths;
    expect(interior.map(({ neighbor, hops, cost, latency }) => [neighbor, hops, cost, latency])).toEqual([
      [0, 1, 2, 3000],
      [0, 1, 5, 5000],
      [1, 0, 0, 0],
    ]);
  });

  it("a withdrawal makes the transit node announce its next best way, once the news has come by it", () => {
    const events = "  - { at: 10s, withdraw: London }\n";
    expect(timelineOf(beyond("ebgp", events))).toEqual(["10005 ANNOUNCE Lyon 64501-64500"]);
  });

  it("a silent death is noticed there after the hold time, a round trip from the dead", () => {
    const events = "  - { at: 10s, silent_death: London }\n  - { at: 20s, return: London }\n";
    expect(timelineOf(beyond("ebgp", events))).toEqual([
      "10038 ANNOUNCE Lyon 64501-64500",
      "20008 ANNOUNCE Lyon 64501-64510",
    ]);
  });

  it("a death shorter than the hold time is never noticed", () => {
    const events = "  - { at: 10s, silent_death: London }\n  - { at: 10020ms, return: London }\n";
    expect(timelineOf(beyond("ebgp", events))).toEqual([]);
  });

  it("a link that goes down is known at its end at once", () => {
    const events = "  - { at: 10s, port_down: [Lyon, London] }\n  - { at: 20s, port_up: [Lyon, London] }\n";
    expect(timelineOf(beyond("igp", events))).toEqual([
      "10002 ANNOUNCE Lyon 1/5/5000",
      "20002 ANNOUNCE Lyon 1/2/3000",
    ]);
  });

  it("metrics there change its announcement", () => {
    const events = "  - { at: 10s, metric: { link: [Lyon, London], cost: 7 } }\n";
    expect(timelineOf(beyond("igp", events))).toEqual(["10002 ANNOUNCE Lyon 1/5/5000"]);
  });

  it("the transit node's own death silences it, and what it would say waits for its return", () => {
    const events =
      "  - { at: 10s, silent_death: Lyon }\n  - { at: 11s, withdraw: London }\n  - { at: 20s, return: Lyon }\n";
    expect(timelineOf(beyond("ebgp", events))).toEqual([
      "10004 SILENCE Lyon",
      "20004 SPEAK Lyon",
      "20004 ANNOUNCE Lyon 64501-64500",
    ]);
  });

  it("a path with the router's own AS in it is no path", () => {
    const own = BEYOND.replace("PROTOCOL", "ebgp").replace("Paris: }", "Paris: { as: 64510 } }");
    const { paths } = planOf(parseScenario("beyond.yaml", `${own}  - { at: 1s, withdraw: Milan }\n`));
    expect(paths.map(({ asPath }) => asPath)).toEqual([[64500]]);
  });

  it("a neighbor in the router's own AS is an iBGP neighbor, and adds nothing to the path", () => {
    const own = BEYOND.replace("PROTOCOL", "ebgp").replace("Lyon: }", "Lyon: { as: 64496 } }");
    const { paths } = planOf(parseScenario("beyond.yaml", `${own}  - { at: 1s, withdraw: Milan }\n`));
    expect(paths[0]).toMatchObject({ neighbor: 0, protocol: 4, asPath: [64510] });
  });
});

describe("streams", () => {
  it("start at a phase of their interval that the seed gives, and end before the scenario", () => {
    const scenario = withEvents("  - { at: 1s, withdraw: London }\n");
    const starts = (seed: number) => planOf(scenario, "Paris", seed).streams.map(({ start }) => start);
    expect(starts(1)).toEqual(starts(1));
    expect(starts(2)).not.toEqual(starts(1));
    for (const { start, interval, packets } of planOf(scenario).streams) {
      expect(start + (packets - 1) * interval).toBeLessThan(60e6);
      expect(start + packets * interval).toBeGreaterThanOrEqual(60e6);
    }
  });

  it("are one for queries and one for each concurrent session, these spread over the session's length", () => {
    const { streams } = planOf(withEvents("  - { at: 1s, withdraw: London }\n"));
    expect(streams.map(({ transport, sessionPackets }) => [transport, sessionPackets])).toEqual([
      ["udp", 0],
      ["tcp", 20],
      ["tcp", 20],
    ]);
    expect(streams[0]!.start).toBeLessThan(10_000);
    expect(streams[1]!.start).toBeLessThan(100_000);
    expect(streams[2]!.start).toBeGreaterThanOrEqual(1_000_000);
    expect(streams[2]!.start).toBeLessThan(1_100_000);
  });

  it("of an overload last as long as it, and are none of the client's own", () => {
    const { streams } = planOf(
      withEvents("  - { at: 10s, overload: { clients: office, queries: 500, for: 2s } }\n"),
    );
    const [overload] = streams.filter(({ load }) => load);
    expect(overload).toMatchObject({ interval: 2000, packets: 1000, transport: "udp" });
    expect(overload!.start).toBeGreaterThanOrEqual(10e6);
  });

  it("of queries that make several flows share these evenly, in turn, each with a port of its own", () => {
    const flows = "queries: 100, flows: 4";
    const { streams } = planOf(
      withEvents("  - { at: 10s, overload: { clients: office, queries: 8000, for: 2s } }\n", [
        "queries: 100",
        flows,
      ]),
    );
    const own = streams.filter(({ transport, load }) => transport === "udp" && !load);
    const overload = streams.filter(({ load }) => load);
    expect(own.map(({ interval }) => interval)).toEqual(new Array(4).fill(40_000));
    expect(overload.map(({ interval, packets }) => [interval, packets])).toEqual(
      new Array(4).fill([500, 4000]),
    );
    for (const [n, { start }] of own.entries()) expect(start - own[0]!.start).toBe(n * 10_000);
    expect(new Set(streams.map(({ sourcePort }) => sourcePort)).size).toBe(streams.length);
    expect(new Set(streams.map(({ key }) => key)).size).toBe(streams.length);
  });

  it("differ in their source ports, however many sessions they carry", () => {
    const { streams } = planOf(withEvents("  - { at: 1s, withdraw: London }\n"));
    const ports = streams.map(({ sourcePort }) => sourcePort);
    expect(Math.min(...ports.slice(1).map((port, i) => port - ports[i]!))).toBeGreaterThan(20_000);
  });
});
