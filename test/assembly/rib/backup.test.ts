import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Metric, Protection, Protocol } from "../../../host/protocol/words.js";
import { type Link, Network, teach, teachDistances } from "./network.js";
import { PREFIX, protectionNames, type Route, refusal, usualCapacities, World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await World.start();
});
beforeEach(() => world.restart({}, { distances: 1 }));

/** The backup by its name in the network, and what it protects from. */
function backupIn(network: Network): { backup: string | null; protection: Route["protection"] } {
  const { backup, protection } = world.route()!;
  return { backup: backup === null ? null : network.neighbors[backup]!, protection };
}

// E is the first hop of the shortest way from S to D in all of these, and N another neighbor:
//
//        S --1-- E --1-- D
//        |       |       |
//        '--.    x       y
//           N ---'       |
//           '------------'
function square(link: number, { x, y }: { x?: number; y?: number }): Network {
  const links: Link[] = [
    ["S", "E", 1],
    ["E", "D", 1],
    ["S", "N", link],
  ];
  if (x !== undefined) links.push(["N", "E", x]);
  if (y !== undefined) links.push(["N", "D", y]);
  return new Network(links);
}

describe("a backup by RFC 5286", () => {
  it.each([
    ["closer to the destination than by way of the router", 6, "N"],
    ["as close", 7, null],
  ])("inequality 1: is a neighbor that is %s", (_what, y, backup) => {
    const network = square(5, { y });
    teach(world, network);
    expect(backupIn(network).backup).toBe(backup);
  });

  it("inequality 1: counts the shortest way from the neighbor to the router, which need not be their link", () => {
    const links = [...square(5, { y: 5 }).links, ["S", "M", 1], ["M", "N", 1]] as const;
    const network = new Network(links);
    teach(world, network);
    // From N it is 2 to S by way of M, and 2 on to D: no more than 4, though the link alone would make 7.
    expect(network.distance("N", "D")).toBe(4);
    expect(backupIn(network).backup).toBeNull();
  });

  it("inequality 1: takes the link's own metric where nobody has told better", () => {
    const network = square(5, { y: 6 });
    teach(world, network);
    world.distance(1, 1, 4);
    expect(backupIn(network).backup).toBeNull();
    world.distance(1, 1, 0);
    expect(backupIn(network).backup).toBe("N");
  });

  it.each([
    ["closer to the destination than the router", 1, ["DOWNSTREAM", "LINK", "NODE"]],
    ["as close", 2, ["LINK", "NODE"]],
  ])("inequality 2: is downstream where it is %s", (_what, y, protection) => {
    const network = square(5, { y });
    teach(world, network);
    expect(backupIn(network)).toEqual({ backup: "N", protection });
  });

  it.each([
    ["passes the member", { x: 2 }, ["LINK"]],
    ["may pass the member, as one of two equal ways", { x: 2, y: 3 }, ["LINK"]],
    ["avoids the member", { x: 3, y: 3 }, ["LINK", "NODE"]],
  ])("inequality 3: protects from the member's death unless its way %s", (_what, ways, protection) => {
    const network = square(5, ways);
    teach(world, network);
    expect(backupIn(network)).toEqual({ backup: "N", protection });
  });

  it("inequality 3: holds without distances for one that is closer to the destination than the member", () => {
    const network = square(5, { y: 1 });
    teach(world, network);
    world.distance(1, 0, 0);
    expect(backupIn(network).protection).toEqual(["DOWNSTREAM", "LINK"]);
    world.path(0, { neighbor: 0, protocol: Protocol.IGP, cost: 2 });
    world.announce(0, PREFIX);
    expect(backupIn(network).protection).toContain("NODE");
  });

  it("inequality 3: must hold for every member that shares the traffic", () => {
    const links: Link[] = [
      ["S", "E", 1],
      ["E", "D", 2],
      ["S", "F", 1],
      ["F", "D", 2],
      ["S", "N", 3],
      ["N", "F", 1],
      ["S", "M", 4],
      ["M", "D", 3],
    ];
    const network = new Network(links);
    world.restart({ maxPaths: 2 }, { distances: 1 });
    teach(world, network);
    // N is the next best, but passes F.
    expect(world.route()?.members).toEqual({ 0: 1, 1: 1 });
    expect(backupIn(network)).toEqual({ backup: "M", protection: ["LINK", "NODE"] });
  });
});

describe("of several loop-free backups", () => {
  /** Neighbors 1, 2, ... beside the best, 0, which is 10 from here; each with what the protection goes by. */
  function among(...ways: { link: number; beyond: number; toMember: number; port?: number }[]): Route {
    const igp = { protocol: Protocol.IGP };
    world.neighbor(0, { port: 0, cost: 5 });
    world.path(0, { neighbor: 0, ...igp, cost: 5 });
    world.announce(0, PREFIX);
    for (const [index, { link, beyond, toMember, port = index + 1 }] of ways.entries()) {
      const number = index + 1;
      world.neighbor(number, { port, cost: link });
      world.path(number, { neighbor: number, ...igp, cost: beyond });
      world.distance(number, 0, toMember);
      world.announce(number, PREFIX);
    }
    return world.route()!;
  }
  const passing = { link: 10, beyond: 11, toMember: 1 };
  const avoiding = { link: 20, beyond: 11, toMember: 20 };

  it("the one that avoids the member comes before a better one", () => {
    expect(among(passing, avoiding)).toMatchObject({ backup: 2, protection: ["LINK", "NODE"] });
  });

  it("the one that avoids the member comes before one through another port", () => {
    expect(among(passing, { ...avoiding, port: 0 })).toMatchObject({ backup: 2, protection: ["NODE"] });
  });

  it("the one through another port comes before a better one that protects as much", () => {
    const worse = { ...avoiding, link: 25 };
    expect(among({ ...avoiding, port: 0 }, worse)).toMatchObject({
      backup: 2,
      protection: ["LINK", "NODE"],
    });
  });

  it("the one that is downstream comes before a better one that protects as much", () => {
    const downstream = { link: 15, beyond: 9, toMember: 1 };
    expect(among(passing, downstream)).toMatchObject({ backup: 2, protection: ["DOWNSTREAM", "LINK"] });
  });

  it("the decision process chooses among those that protect as much", () => {
    expect(among(avoiding, { ...avoiding, link: 19 }).backup).toBe(2);
  });

  it("one that protects little is better than none", () => {
    expect(among({ ...passing, port: 0 })).toMatchObject({ backup: 1, protection: [] });
  });

  it("one that is held back comes after all that are not", () => {
    world.restart({}, { distances: 1, reversion: 1 });
    among(passing, avoiding);
    world.reversion(2, { waitToRestore: 1000 });
    world.port(2, false);
    world.port(2, true);
    expect(world.route()).toMatchObject({ backup: 1, protection: ["LINK"] });
    world.port(1, false);
    expect(world.route()).toMatchObject({ backup: 2, protection: ["LINK", "NODE"] });
  });

  it("one that is not usable does not count", () => {
    among(passing, avoiding);
    world.port(2, false);
    expect(world.route()).toMatchObject({ backup: 1, protection: ["LINK"] });
  });
});

describe("distances", () => {
  const network = square(5, { x: 3, y: 3 });

  it("select the backups of the neighbor that they are from anew", () => {
    teach(world, network);
    world.distance(1, 0, 2);
    expect(backupIn(network).protection).toEqual(["LINK"]);
    world.distance(1, 0, 3);
    expect(backupIn(network).protection).toEqual(["LINK", "NODE"]);
  });

  it("do not change what is best", () => {
    teach(world, network);
    const { best, members, step } = world.route()!;
    world.distance(0, 1, 9);
    world.distance(1, 0, 1);
    world.distance(1, 1, 1);
    expect(world.route()).toMatchObject({ best, members, step });
  });

  it("are forgotten when another metric comes into use, and kept when it stays", () => {
    teach(world, network);
    world.settings({ maxPaths: 2 });
    expect(backupIn(network).protection).toEqual(["LINK", "NODE"]);
    world.settings({ metric: Metric.LATENCY });
    world.settings({ metric: Metric.COST });
    expect(backupIn(network).protection).toEqual(["LINK"]);
    teachDistances(world, network);
    expect(backupIn(network).protection).toEqual(["LINK", "NODE"]);
  });

  it("are forgotten with the rest when the router is configured", () => {
    teach(world, network);
    world.restart({}, { distances: 1 });
    teach(world, new Network(network.links.slice(0, 2)));
    world.neighbor(1, { port: 1, cost: 5 });
    world.path(1, { neighbor: 1, protocol: Protocol.IGP, cost: 3 });
    world.announce(1, PREFIX);
    expect(world.route()).toMatchObject({ backup: 1, protection: ["LINK"] });
  });

  it.each([
    ["from a neighbor that there is not", 7, 0, 1, "UNKNOWN_NEIGHBOR"],
    ["to a neighbor that there is not", 0, 7, 1, "UNKNOWN_NEIGHBOR"],
    ["from no neighbor at all", 255, 0, 1, "UNKNOWN_NEIGHBOR"],
    ["that there is no room for", 0, 1, 0, "CAPACITY"],
  ])("%s are refused", (_what, from, to, room, status) => {
    world.restart({}, { distances: room });
    world.neighbor(0);
    world.neighbor(1);
    expect(refusal(() => world.distance(from, to, 1))).toBe(status);
  });

  it("take four bytes for each pair of neighbors, and none where nobody asked for them", () => {
    const used = (distances: number, neighbors: number) =>
      world.router.call("CONFIGURE", { ...usualCapacities, neighbors, distances }).bytesUsed;
    for (const neighbors of [2, 8, 254])
      expect(used(1, neighbors) - used(0, neighbors)).toBe(4 * neighbors ** 2);
  });

  it("do not overflow", () => {
    const most = 0xffff_ffff;
    const igp = { protocol: Protocol.IGP };
    for (const [number, cost] of [most - 2, most - 1].entries()) {
      world.neighbor(number, { port: number, cost: 1 });
      world.path(number, { neighbor: number, ...igp, cost });
      world.announce(number, PREFIX);
    }
    world.distance(1, 1, most);
    world.distance(1, 0, most);
    expect(world.route()).toMatchObject({ best: 0, backup: 1, protection: ["LINK", "NODE"] });
    world.path(1, { neighbor: 1, ...igp, cost: most });
    world.announce(1, PREFIX);
    expect(world.route()).toMatchObject({ best: 0, backup: null });
  });
});

describe("while nobody else knows of a failure", () => {
  const nodes = ["S", "A", "B", "C", "D", "E", "F"];
  const link = fc
    .tuple(fc.constantFrom(...nodes), fc.constantFrom(...nodes), fc.integer({ min: 1, max: 4 }))
    .filter(([a, b]) => a !== b);
  const links = fc.uniqueArray(link, {
    selector: ([a, b]) => [a, b].sort().join(),
    minLength: 6,
    maxLength: 16,
  });
  const destinations = fc.subarray(nodes.slice(1), { minLength: 1, maxLength: 2 });

  /** What any neighbor would protect from as the backup of `members`, by following packets; null where they come back. */
  function followed(network: Network, node: string, members: readonly string[], samePort: boolean) {
    const passed = network.passedFrom(node);
    if (passed.has("S")) return null;
    return (
      (samePort ? 0 : Protection.LINK) |
      (members.some(member => passed.has(member)) ? 0 : Protection.NODE) |
      (network.toDestination(node) < network.toDestination("S") ? Protection.DOWNSTREAM : 0)
    );
  }

  it.each(Object.entries(Metric))("packets reach the destination over the backup, by %s", (_name, metric) => {
    const ports = fc.array(fc.nat({ max: 2 }), { minLength: 6, maxLength: 6 });
    const maxPaths = fc.constantFrom(1, 1, 4);
    fc.assert(
      fc.property(links, destinations, ports, maxPaths, (drawn, dest, behind, maxPaths) => {
        const costs = drawn.map(([a, b, cost]): Link => [a, b, metric === Metric.HOPS ? 1 : cost]);
        const network = new Network(costs, dest);
        const { neighbors } = network;
        fc.pre(neighbors.length > 1 && Number.isFinite(network.toDestination("S")));
        world.restart({ maxPaths, metric }, { distances: 1 });
        teach(world, network, { metric, ports: behind });

        const { members, backup, protection } = world.route()!;
        const inUse = neighbors.filter((_, number) => members[number] !== undefined);
        const portsInUse = Object.keys(members).map(number => behind[Number(number)]);
        const rivals = neighbors.map((node, number) =>
          inUse.includes(node) ? null : followed(network, node, inUse, portsInUse.includes(behind[number]!)),
        );
        // Nobody else protects from more, and where nobody is loop-free there is none.
        const most = Math.max(...rivals.map(one => one ?? -1));
        expect(backup === null ? -1 : rivals[backup]).toBe(most);
        expect(protection).toEqual(protectionNames(Math.max(most, 0)));
        if (backup === null) return;
        // The decision process decides among equals.
        const total = (number: number) =>
          network.linkCost(neighbors[number]!) + network.toDestination(neighbors[number]!);
        const equals = neighbors.map((_, number) => number).filter(number => rivals[number] === most);
        expect(total(backup)).toBe(Math.min(...equals.map(total)));
      }),
      { numRuns: 500 },
    );
  });
});
