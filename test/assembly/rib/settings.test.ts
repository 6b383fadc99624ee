import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Metric, Protocol, Segment } from "../../../host/protocol/words.js";
import { refusal, World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await World.start();
});
beforeEach(() => world.restart());

describe("settings", () => {
  it("select anew for every route set", () => {
    world.offer({ med: 20 }, { med: 10, asPath: [{ type: Segment.SEQUENCE, asns: [64497] }] });
    expect(world.route()?.best).toBe(0);
    world.settings({ alwaysCompareMed: true });
    expect(world.route()).toMatchObject({ best: 1, step: "MED", members: { 1: 1 }, backup: 0 });
    world.settings({});
    expect(world.route()?.best).toBe(0);
  });

  it("choose the metric of interior routes", () => {
    const igp = { protocol: Protocol.IGP };
    world.offer({ ...igp, hops: 1, cost: 2, latency: 3 }, { ...igp, hops: 2, cost: 3, latency: 1 });
    world.settings({ metric: Metric.HOPS });
    expect(world.route()?.best).toBe(0);
    world.settings({ metric: Metric.LATENCY });
    expect(world.route()?.best).toBe(1);
  });

  it("say how many paths share the traffic", () => {
    world.offer({}, {}, {});
    for (const [maxPaths, members] of [
      [1, { 0: 1 }],
      [2, { 0: 1, 1: 1 }],
      [3, { 0: 1, 1: 1, 2: 1 }],
    ] as const) {
      world.settings({ maxPaths });
      expect(world.route()?.members).toEqual(members);
    }
  });

  it.each([
    ["unknown flags", { flags: 32 }],
    ["no path at all", { maxPaths: 0 }],
    ["an unknown metric", { metric: 3 }],
  ])("refuse %s and stay as they were", (_what, change) => {
    world.settings({ maxPaths: 2 });
    world.offer({}, {});
    const values = { localAs: 1, routerId: 2, clusterId: 3, flags: 6, maxPaths: 1, metric: 0 };
    const preferences = new Uint8Array(5);
    const status = refusal(() => world.router.call("SETTINGS", { ...values, ...change, preferences }));
    expect(status).toBe("BAD_VALUE");
    expect(world.route()?.members).toEqual({ 0: 1, 1: 1 });
  });

  it("are forgotten with the rest when the router is configured", () => {
    world.restart({ maxPaths: 2 });
    const all = { ports: 1, neighbors: 2, paths: 2, sets: 4, pathsPerSet: 2, buckets: 4, prefixes4: 4 };
    world.router.call("CONFIGURE", {
      ...all,
      prefixes6: 0,
      streams: 0,
      events: 0,
      records: 0,
      bfdSessions: 0,
      reversion: 0,
      histories: 0,
      bucketAges: 0,
      distances: 0,
      flows: 0,
    });
    world.port(0, true);
    world.offer({}, {});
    expect(world.route()).toMatchObject({ members: { 0: 1 }, backup: 1, step: "ROUTER_ID" });
  });
});
