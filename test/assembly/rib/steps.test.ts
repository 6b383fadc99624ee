import { beforeAll, describe, expect, it } from "vitest";
import { Metric, Origin, Protocol, Segment } from "../../../host/protocol/words.js";
import { type PathState, PREFIX, type Settings, World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await World.start();
});

function seq(...asns: number[]) {
  return { type: Segment.SEQUENCE, asns };
}

function set(...asns: number[]) {
  return { type: Segment.SET, asns };
}

const ibgp = { protocol: Protocol.IBGP };
const igp = { protocol: Protocol.IGP };

/** What neighbors 0, 1, ... announce in this order, which of them is best, and by which step. */
type Case = [
  what: string,
  paths: Partial<PathState>[],
  best: number | null,
  step: string,
  settings?: Partial<Settings>,
];

const cases: Case[] = [
  ["a single path needs no comparison", [{}], 0, "ONLY"],
  ["a single path whose next hop does not resolve is not used", [{ resolves: false }], null, "NONE"],
  [
    "a path whose next hop resolves beats one of higher preference",
    [{ resolves: false, localPref: 200 }, {}],
    1,
    "RESOLVABLE",
  ],
  ["an LLGR-stale path loses to a worse one that is fresh", [{ stale: true, localPref: 200 }, {}], 1, "LLGR"],
  [
    "the better of two stale paths is used",
    [{ stale: true }, { stale: true, localPref: 200 }],
    1,
    "LOCAL_PREF",
  ],
  [
    "a higher local preference beats a shorter AS path",
    [{}, { localPref: 101, asPath: [seq(64496, 64497)] }],
    1,
    "LOCAL_PREF",
  ],
  [
    "an eBGP path in graceful shutdown has local preference 0",
    [{ gracefulShutdown: true, localPref: 200 }, { localPref: 1 }],
    1,
    "LOCAL_PREF",
  ],
  [
    "over iBGP graceful shutdown leaves the local preference that came along",
    [{ ...ibgp, gracefulShutdown: true, localPref: 200 }, ibgp],
    0,
    "LOCAL_PREF",
  ],
  [
    "a shorter AS path beats a lower origin",
    [{ asPath: [seq(64496, 64497)] }, { origin: Origin.INCOMPLETE }],
    1,
    "AS_PATH",
  ],
  [
    "a set counts one",
    [{ asPath: [seq(64496, 64497)] }, { asPath: [set(64496, 64497, 64498)] }],
    1,
    "AS_PATH",
  ],
  [
    "each repetition of an AS counts",
    [{ asPath: [seq(64496, 64496)] }, { asPath: [seq(64496)] }],
    1,
    "AS_PATH",
  ],
  [
    "a longer AS path does not matter if so set",
    [{ asPath: [seq(64496, 64497)] }, { origin: Origin.EGP }],
    0,
    "ORIGIN",
    { ignoreAsPathLength: true },
  ],
  ["IGP origin beats EGP", [{ origin: Origin.EGP, med: 1 }, { med: 2 }], 1, "ORIGIN"],
  ["EGP origin beats incomplete", [{ origin: Origin.INCOMPLETE }, { origin: Origin.EGP }], 1, "ORIGIN"],
  ["a lower MED from the same neighbor AS beats eBGP", [{ med: 20 }, { ...ibgp, med: 10 }], 1, "MED"],
  [
    "MED of different neighbor ASes does not compare",
    [{ med: 20 }, { asPath: [seq(64497)], med: 10 }],
    0,
    "ROUTER_ID",
  ],
  [
    "MED of different neighbor ASes compares if so set",
    [{ med: 20 }, { asPath: [seq(64497)], med: 10 }],
    1,
    "MED",
    { alwaysCompareMed: true },
  ],
  ["a missing MED counts as 0", [{ med: 1 }, {}], 1, "MED"],
  [
    "a missing MED is the worst if so set",
    [{}, { med: 4_000_000_000 }],
    1,
    "MED",
    { medMissingAsWorst: true },
  ],
  [
    "an empty AS path and one that starts with a set are both of the local AS",
    [
      { asPath: [set(64496)], med: 20 },
      { asPath: [set(64497)], med: 10 },
      { ...ibgp, asPath: [], localPref: 50 },
    ],
    1,
    "MED",
  ],
  [
    "MED removes a path even in favour of one that loses later",
    [{ med: 20 }, { ...ibgp, med: 10 }, { asPath: [seq(64497)] }],
    2,
    "EBGP",
  ],
  ["eBGP beats iBGP of a lower metric", [{ ...ibgp, cost: 1 }, { cost: 2 }], 1, "EBGP"],
  [
    "the nearer next hop beats the lower router id",
    [
      { ...ibgp, cost: 2 },
      { ...ibgp, cost: 1 },
    ],
    1,
    "IGP",
  ],
  ["the lower router id wins", [{}, {}], 0, "ROUTER_ID"],
  [
    "the originator's id stands for the neighbor's router id",
    [ibgp, { ...ibgp, originatorId: 1 }],
    1,
    "ROUTER_ID",
  ],
  ["an originator id counts for nothing over eBGP", [{}, { originatorId: 1 }], 0, "ROUTER_ID"],
  [
    "the shorter cluster list wins",
    [
      { ...ibgp, originatorId: 1, clusters: [7, 8] },
      { ...ibgp, originatorId: 1, clusters: [9] },
    ],
    1,
    "CLUSTER",
  ],
  [
    "the lower peer address wins",
    [
      { ...ibgp, originatorId: 1 },
      { ...ibgp, originatorId: 1 },
    ],
    0,
    "ADDRESS",
  ],
  ["eBGP beats a route of an interior protocol", [{ ...igp, cost: 1 }, { localPref: 1 }], 1, "PREFERENCE"],
  [
    "a route of an interior protocol beats iBGP",
    [
      { ...igp, cost: 100 },
      { ...ibgp, localPref: 200 },
    ],
    0,
    "PREFERENCE",
  ],
  [
    "BGP competes with the path that it prefers itself",
    [{ localPref: 90 }, { ...ibgp, localPref: 200 }, igp],
    2,
    "PREFERENCE",
  ],
  ["a static route beats eBGP", [{}, { protocol: Protocol.STATIC }], 1, "PREFERENCE"],
  [
    "a connected route beats a static one",
    [{ protocol: Protocol.STATIC }, { protocol: Protocol.CONNECTED }],
    1,
    "PREFERENCE",
  ],
  ["preferences can be set", [{}, { ...igp }], 1, "PREFERENCE", { preferences: [0, 1, 200, 110, 200] }],
  [
    "hop count ranks",
    [
      { ...igp, hops: 3, cost: 1, latency: 1 },
      { ...igp, hops: 2, cost: 9, latency: 9 },
    ],
    1,
    "METRIC",
    { metric: Metric.HOPS },
  ],
  [
    "link cost ranks",
    [
      { ...igp, cost: 3, hops: 1, latency: 1 },
      { ...igp, cost: 2, hops: 9, latency: 9 },
    ],
    1,
    "METRIC",
    { metric: Metric.COST },
  ],
  [
    "latency ranks",
    [
      { ...igp, latency: 3, hops: 1, cost: 1 },
      { ...igp, latency: 2, hops: 9, cost: 9 },
    ],
    1,
    "METRIC",
    { metric: Metric.LATENCY },
  ],
  [
    "a metric at its limit does not wrap",
    [
      { ...igp, cost: 0xffff_ffff },
      { ...igp, cost: 7 },
    ],
    1,
    "METRIC",
  ],
  ["the older eBGP path stays", [{}, {}], 0, "OLDER", { compareRouterId: false }],
  [
    "age counts for nothing over iBGP",
    [
      { ...ibgp, originatorId: 2 },
      { ...ibgp, originatorId: 1 },
    ],
    1,
    "ROUTER_ID",
    { compareRouterId: false },
  ],
];

describe("the decision process", () => {
  it.each(cases)("%s", (_what, paths, best, step, settings = {}) => {
    world.restart(settings);
    world.offer(...paths);
    expect(world.route()).toMatchObject({ best, step });
  });

  it("prefers the older path by arrival, not by number", () => {
    world.restart({ compareRouterId: false });
    for (const number of [2, 0, 1]) {
      world.neighbor(number);
      world.path(number, { neighbor: number });
      world.announce(number, PREFIX);
    }
    expect(world.route()).toMatchObject({ best: 2, step: "OLDER" });
    world.withdraw(2, PREFIX);
    expect(world.route()).toMatchObject({ best: 0, step: "OLDER" });
  });

  it("lets an eBGP path from the same router replace the older", () => {
    world.restart({ compareRouterId: false });
    for (const [number, address] of [
      [0, "192.0.2.9"],
      [1, "192.0.2.8"],
    ] as const) {
      world.neighbor(number, { routerId: 7, address });
      world.path(number, { neighbor: number });
      world.announce(number, PREFIX);
    }
    expect(world.route()).toMatchObject({ best: 1, step: "ADDRESS" });
  });

  it("ranks by the link to the neighbor as well as by the path beyond", () => {
    world.restart();
    world.offer({ ...ibgp, cost: 5 }, { ...ibgp, cost: 6 });
    world.neighbor(0, { cost: 12 });
    expect(world.route()).toMatchObject({ best: 1, step: "IGP" });
  });

  it("keeps a newcomer that was compared with the best alone", () => {
    // Each beats the one before: 1 beats 0 by MED, 2 beats 1 and 0 beats 2 by the metric.
    world.restart({ deterministicMed: false });
    world.offer(
      { ...ibgp, med: 20, cost: 10 },
      { ...ibgp, med: 10, cost: 30 },
      { ...ibgp, asPath: [seq(64497)], cost: 20 },
    );
    expect(world.route()?.best).toBe(2);
    expect(world.withdraw(1, PREFIX)).toBe(1);
    expect(world.route()?.best).toBe(2);
  });

  it("compares all anew once a metric has changed", () => {
    world.restart({ deterministicMed: false });
    world.offer(
      { ...ibgp, med: 20, cost: 10 },
      { ...ibgp, med: 10, cost: 30 },
      { ...ibgp, asPath: [seq(64497)], cost: 20 },
    );
    world.neighbor(2, { cost: 11 });
    expect(world.route()?.best).toBe(0);
  });
});
