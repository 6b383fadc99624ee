import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Routing, Scenario, Site } from "../../../hil/scenario/scenario.js";
import { initialState, linkKey, type NetworkState } from "../../../hil/scenario/state.js";
import { Topology } from "../../../hil/world/topology.js";
import { bestWay, type Distance, rank, type Way } from "../../../hil/world/ways.js";

const PREFIX = "198.51.100.0/24";
type Network = Pick<Scenario, "sites" | "routers" | "transit" | "links">;

const reversion = { waitToRestore: 0, damping: null, gracefulShutdown: true };
const nodes = ["a", "b", "c", "d", "e", "f"] as const;
const pairs = nodes.flatMap((a, i) => nodes.slice(i + 1).map((b): [string, string] => [a, b]));

/** a is the router left out, b and c forward, d is a site that forwards, e and f are sites that do not. */
const network: fc.Arbitrary<Network> = fc
  .record({
    links: fc.subarray(pairs, { minLength: 3 }),
    weights: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), {
      minLength: pairs.length,
      maxLength: pairs.length,
    }),
    asns: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }),
    announcing: fc.subarray(["d", "e", "f"]),
    prepends: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 3 }),
    localPrefs: fc.array(fc.constantFrom(100, 200), { minLength: 3, maxLength: 3 }),
  })
  .map(({ links, weights, asns, announcing, prepends, localPrefs }) => ({
    routers: [],
    transit: ["a", "b", "c"].map((name, i) => ({ name, asn: asns[i]! })),
    sites: ["d", "e", "f"].map(
      (name, i): Site => ({
        name,
        asn: asns[i + 3]!,
        announces: announcing.includes(name) ? [PREFIX] : [],
        capacity: null,
        transit: name === "d",
        prepend: prepends[i]!,
        localPref: localPrefs[i]!,
        med: null,
        weight: 1,
        gracefulShutdown: false,
      }),
    ),
    links: links.map((ends, i) => {
      const [cost, latency] = weights[i]!;
      return { ends, cost, latency, loss: 0, mtu: 1500, bfd: null, reversion };
    }),
  }));

const routing: fc.Arbitrary<Routing> = fc.record({
  protocol: fc.constantFrom("ebgp", "igp"),
  metric: fc.constantFrom("hop-count", "link-cost", "latency"),
  holdTime: fc.constant(0),
});

/** Some links down, some nodes dead. */
function wounded(state: NetworkState, down: readonly string[], deadNodes: readonly string[]): NetworkState {
  const links = new Map(
    [...state.links].map(([key, link]) => [key, down.includes(key) ? { ...link, up: false } : link]),
  );
  return { ...state, links, deadNodes: new Set(deadNodes) };
}

/** Every simple way, one by one. */
function* allWays(
  { links, sites }: Network,
  topology: Topology,
  state: NetworkState,
  way: string[],
): Generator<string[]> {
  const node = way.at(-1)!;
  if (state.deadNodes.has(node)) return;
  if (state.announced.get(node)?.has(PREFIX)) {
    yield way;
    return;
  }
  if (sites.some(({ name, transit }) => name === node && !transit)) return;
  for (const { ends } of links) {
    const next = ends[0] === node ? ends[1] : ends[1] === node ? ends[0] : null;
    if (next === null || next === "a" || way.includes(next) || !state.links.get(linkKey(ends))!.up) continue;
    yield* allWays({ links, sites } as Network, topology, state, [...way, next]);
  }
}

function distanceOf({ links }: Network, topology: Topology, way: readonly string[]): Distance {
  const steps = way.slice(1).map((node, i) => {
    const link = links.find(({ ends }) => linkKey(ends) === linkKey([way[i]!, node]))!;
    return { ...link, asHops: topology.asn(way[i]!) === topology.asn(node) ? 0 : 1 };
  });
  const sum = (of: (step: (typeof steps)[number]) => number) =>
    steps.reduce((total, step) => total + of(step), 0);
  return {
    hops: steps.length,
    cost: sum(s => s.cost),
    latency: sum(s => s.latency),
    asHops: sum(s => s.asHops),
  };
}

function fullRank(net: Network, topology: Topology, how: Routing, way: readonly string[]): number[] {
  const { localPref, prepend } = net.sites.find(({ name }) => name === way.at(-1))!;
  const distance = distanceOf(net, topology, way);
  if (how.protocol === "igp") return rank(how, distance);
  return [-localPref, ...rank(how, { ...distance, asHops: distance.asHops + prepend })];
}

/** Lexicographic order. */
function smaller(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, index) => value !== b[index]);
  return i < 0 ? 0 : a[i]! - b[i]!;
}

describe("the way of an ideal router", () => {
  it("is the best of all simple ways, by every metric, whatever is down or dead", () => {
    fc.assert(
      fc.property(
        network,
        routing,
        fc.subarray(pairs.map(linkKey), { maxLength: 3 }),
        fc.subarray(["c", "d", "e"], { maxLength: 2 }),
        (net, how, down, dead) => {
          const topology = new Topology(net);
          const state = wounded(initialState(net), down, dead);
          const ranks = [...allWays(net, topology, state, ["b"])].map(way =>
            fullRank(net, topology, how, way),
          );
          const found = bestWay(topology, how, state, { from: "b", without: "a", prefix: PREFIX });
          const best = ranks.sort(smaller)[0];
          expect(found && fullRank(net, topology, how, found.nodes)).toEqual(best ?? null);
          expect(found && sums(found)).toEqual(found && sums(distanceOf(net, topology, found.nodes)));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function sums({ hops, cost, latency }: Way | Distance): number[] {
  return [hops, cost, latency];
}
