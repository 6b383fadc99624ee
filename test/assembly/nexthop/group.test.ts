import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Protocol } from "../../../host/protocol/words.js";
import { PREFIX, World } from "../rib/world.js";

let world: World;
beforeAll(async () => {
  world = await World.start();
});
beforeEach(() => world.restart());

const ibgp = { protocol: Protocol.IBGP };

/** Neighbors 0, 1, ... behind these ports, the lower number the better. */
function behind(ports: number[], weights: number[] = []): void {
  ports.forEach((port, number) => {
    world.neighbor(number, { port });
    world.path(number, { neighbor: number, ...ibgp, weight: weights[number] ?? 1 });
    world.announce(number, PREFIX);
  });
}

describe("the group of a route set", () => {
  it("has the best path as its member and the next best as its backup", () => {
    behind([0, 1, 2]);
    expect(world.route()).toMatchObject({ members: { 0: 1 }, backup: 1 });
  });

  it("has a backup through another port rather than a better one through the same", () => {
    behind([0, 0, 1]);
    expect(world.route()?.backup).toBe(2);
  });

  it("has a backup through the same port where there is no other", () => {
    behind([0, 0]);
    expect(world.route()?.backup).toBe(1);
  });

  it("has no backup that is not usable", () => {
    behind([0, 1]);
    world.port(1, false);
    expect(world.route()).toMatchObject({ best: 0, backup: null });
  });

  it("has no backup that would send packets back", () => {
    const igp = { protocol: Protocol.IGP };
    // Through us it is 10 from neighbor 1 to here, and 10 from here on.
    for (const [cost, backup] of [
      [19, 1],
      [20, null],
      [21, null],
    ] as const) {
      world.restart();
      world.offer({ ...igp, cost: 0 }, { ...igp, cost });
      expect(world.route()).toMatchObject({ best: 0, backup });
    }
  });

  it("has no members where no path is usable", () => {
    behind([0, 0]);
    world.port(0, false);
    expect(world.route()).toEqual({
      step: "NONE",
      best: null,
      backup: null,
      protection: [],
      members: {},
      paths: 2,
    });
    expect(world.egress("198.51.100.1")).toBeNull();
  });

  it("shares traffic among equal paths by their weights", () => {
    world.restart({ maxPaths: 3 });
    behind([0, 1, 2, 3], [1, 5, 200, 7]);
    expect(world.route()).toMatchObject({ members: { 0: 1, 1: 5, 2: 200 }, backup: 3 });
  });

  it("sends nothing to a drained path while an equal one has a weight", () => {
    world.restart({ maxPaths: 3 });
    behind([0, 1, 2], [0, 5, 200]);
    expect(world.route()).toMatchObject({ best: 0, members: { 0: 0, 1: 5, 2: 200 }, backup: null });
    world.port(2, false);
    expect(world.route()?.members).toEqual({ 0: 0, 1: 5 });
    expect(world.egress("198.51.100.1")).toBe(1);
    world.port(1, false);
    expect(world.route()?.members).toEqual({ 0: 1 });
    expect(world.egress("198.51.100.1")).toBe(0);
  });

  it("shares traffic evenly where all equal paths are drained", () => {
    world.restart({ maxPaths: 3 });
    behind([0, 1, 2], [0, 0, 0]);
    expect(world.route()?.members).toEqual({ 0: 1, 1: 1, 2: 1 });
  });

  it("takes drained paths last where there are too many, and has the best of those for a backup", () => {
    world.restart({ maxPaths: 1 });
    behind([0, 1, 2], [0, 0, 7]);
    expect(world.route()).toMatchObject({ best: 0, members: { 2: 7 }, backup: 0 });
    world.restart({ maxPaths: 2 });
    behind([0, 1, 2], [0, 0, 7]);
    expect(world.route()).toMatchObject({ best: 0, members: { 0: 0, 2: 7 }, backup: 1 });
  });

  it("has a drained path alone where it is better than all others", () => {
    world.restart({ maxPaths: 3 });
    world.offer({ ...ibgp, weight: 0 }, { ...ibgp, cost: 1 });
    expect(world.route()).toMatchObject({ members: { 0: 1 }, backup: 1 });
  });

  it("takes the best of too many equal paths", () => {
    world.restart({ maxPaths: 2 });
    behind([0, 1, 2]);
    for (const [number, routerId] of [30, 10, 20].entries())
      world.neighbor(number, { port: number, routerId });
    expect(world.route()).toMatchObject({ best: 1, members: { 1: 1, 2: 1 }, backup: 0 });
  });

  it("does not share traffic with a path of a higher metric", () => {
    world.restart({ maxPaths: 8 });
    world.offer(ibgp, { ...ibgp, cost: 1 }, ibgp);
    expect(world.route()).toMatchObject({ members: { 0: 1, 2: 1 }, backup: 1 });
  });

  it("is shared by route sets that resolve alike", () => {
    behind([0, 1]);
    world.path(2, { neighbor: 0, ...ibgp, localPref: 200 });
    world.announce(2, "192.0.2.0/24");
    world.announce(1, "192.0.2.0/24");
    expect(world.leaf("192.0.2.1")).not.toBe(world.leaf("198.51.100.1"));
    expect(world.state()).toMatchObject({ sets: 2, groups: 1 });
  });
});
