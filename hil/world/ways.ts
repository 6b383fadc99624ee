/**
 * The way that an ideal router takes to a prefix: Dijkstra's algorithm with a lexicographic distance. Every metric is a sum over
 * the links of the way, so that a part of a best way is itself a best way, and all ideal routers agree hop by hop.
 *
 *     igp, hop-count   hops, then cost, then latency         igp, latency   latency, then hops, then cost
 *     igp, link-cost   cost, then hops, then latency         ebgp           AS path length, then the interior metric, ...
 *
 * With ebgp the higher local preference comes before all of this. A site answers what reaches it, so no way leads through
 * one that announces the prefix. The ways of a router's neighbor leave that router out.
 */
import type { Attributes, Routing } from "../scenario/scenario.js";
import type { NetworkState } from "../scenario/state.js";
import type { Topology } from "./topology.js";

export interface Way {
  /** From the first router to the site, both included. */
  nodes: string[];
  hops: number;
  cost: number;
  latency: number;
  /** The site's announcement. */
  attributes: Attributes;
}

export type Distance = Pick<Way, "hops" | "cost" | "latency"> & { asHops: number };

/** What is compared, the first difference deciding. */
export function rank(routing: Routing, { hops, cost, latency, asHops }: Distance): number[] {
  const interior =
    routing.metric === "hop-count"
      ? [hops, cost, latency]
      : routing.metric === "link-cost"
        ? [cost, hops, latency]
        : [latency, hops, cost];
  return routing.protocol === "ebgp" ? [asHops, ...interior] : interior;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

interface Label {
  distance: Distance;
  rank: number[];
  nodes: string[];
  settled: boolean;
}

/** Null where `from` knows no way to the prefix that leaves out the router `without`. */
export function bestWay(
  topology: Topology,
  routing: Routing,
  state: NetworkState,
  { from, without, prefix }: { from: string; without: string; prefix: string },
): Way | null {
  if (state.deadNodes.has(from)) return null;
  const labels = new Map<string, Label>();
  const start: Distance = { hops: 0, cost: 0, latency: 0, asHops: 0 };
  labels.set(from, { distance: start, rank: rank(routing, start), nodes: [from], settled: false });
  let best: { way: Way; rank: number[] } | null = null;

  for (let label = nearest(labels); label; label = nearest(labels)) {
    label.settled = true;
    const node = label.nodes.at(-1)!;
    const attributes = state.announced.get(node)?.get(prefix);
    if (attributes) {
      const found = siteRank(routing, label.distance, attributes);
      if (!best || compare(found, best.rank) < 0) best = { way: wayTo(label, attributes), rank: found };
    } else if (topology.forwards(node)) {
      expand(topology, routing, state, label, without, labels);
    }
  }
  return best?.way ?? null;
}

function expand(
  topology: Topology,
  routing: Routing,
  state: NetworkState,
  { distance, nodes }: Label,
  without: string,
  labels: Map<string, Label>,
): void {
  const node = nodes.at(-1)!;
  for (const { node: next, key } of topology.adjacent(node)) {
    const link = state.links.get(key)!;
    if (next === without || !link.up || link.dead || state.deadNodes.has(next)) continue;
    const further = {
      hops: distance.hops + 1,
      cost: distance.cost + link.cost,
      latency: distance.latency + link.latency,
      asHops: distance.asHops + (topology.asn(next) === topology.asn(node) ? 0 : 1),
    };
    const furtherRank = rank(routing, further);
    const known = labels.get(next);
    if (known && (known.settled || compare(known.rank, furtherRank) <= 0)) continue;
    labels.set(next, { distance: further, rank: furtherRank, nodes: [...nodes, next], settled: false });
  }
}

function nearest(labels: Map<string, Label>): Label | undefined {
  let first: Label | undefined;
  for (const label of labels.values()) {
    if (!label.settled && (!first || compare(label.rank, first.rank) < 0)) first = label;
  }
  return first;
}

/** Local preference, which a graceful shutdown lowers to 0, and the site's prepending count with ebgp alone. */
function siteRank(routing: Routing, distance: Distance, attributes: Attributes): number[] {
  if (routing.protocol === "igp") return rank(routing, distance);
  const { localPref, prepend, gracefulShutdown } = attributes;
  return [
    gracefulShutdown ? 0 : -localPref,
    ...rank(routing, { ...distance, asHops: distance.asHops + prepend }),
  ];
}

function wayTo({ distance: { hops, cost, latency }, nodes }: Label, attributes: Attributes): Way {
  return { nodes, hops, cost, latency, attributes };
}
