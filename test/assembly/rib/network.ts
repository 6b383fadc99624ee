/**
 * A network of routers that all take shortest ways, of which one, S, is the router under test: what a link-state protocol would tell
 * it, and where a packet goes while nobody has heard of a failure yet.
 */
import { Metric, Protocol } from "../../../host/protocol/words.js";
import { PREFIX, type World } from "./world.js";

/** Two ends and the cost of the link between them. */
export type Link = readonly [string, string, number];

export class Network {
  /** Of `S`, in the order of the links: a neighbor's number is its place. */
  readonly neighbors: string[];

  /** `dest`: the nodes that have the destination, as a prefix may have several. */
  constructor(
    readonly links: readonly Link[],
    readonly dest: readonly string[] = ["D"],
  ) {
    this.neighbors = [...this.#beside("S").keys()];
  }

  /** Infinity where there is no way. */
  distance(from: string, to: string): number {
    return this.#distancesTo([to]).get(from) ?? Number.POSITIVE_INFINITY;
  }

  toDestination(from: string): number {
    return this.#distancesTo(this.dest).get(from) ?? Number.POSITIVE_INFINITY;
  }

  linkCost(neighbor: string): number {
    return this.#beside("S").get(neighbor)!;
  }

  /** Nodes that a packet at `from` may pass on its way, itself and the last one included, over any of several equal ways. */
  passedFrom(from: string): Set<string> {
    const distances = this.#distancesTo(this.dest);
    const passed = new Set([from]);
    for (const node of passed) {
      if (this.dest.includes(node)) continue;
      for (const [next, cost] of this.#beside(node)) {
        if (distances.get(next)! + cost === distances.get(node)) passed.add(next);
      }
    }
    return passed;
  }

  #beside(node: string): Map<string, number> {
    const ends = this.links.flatMap(([a, b, cost]) =>
      a === node ? [[b, cost] as const] : b === node ? [[a, cost] as const] : [],
    );
    return new Map(ends);
  }

  #distancesTo(targets: readonly string[]): Map<string, number> {
    const distances = new Map(targets.map(node => [node, 0]));
    // Bellman and Ford's way, which needs no order.
    for (let changed = true; changed; ) {
      changed = false;
      for (const [a, b, cost] of [
        ...this.links,
        ...this.links.map(([a, b, cost]) => [b, a, cost] as const),
      ]) {
        const further = (distances.get(b) ?? Number.POSITIVE_INFINITY) + cost;
        if (further >= (distances.get(a) ?? Number.POSITIVE_INFINITY)) continue;
        distances.set(a, further);
        changed = true;
      }
    }
    return distances;
  }
}

/** Tells the router all that there is to know of a network, each neighbor behind its own port unless `ports` says otherwise. */
export function teach(
  world: World,
  network: Network,
  { ports = [], metric = Metric.COST }: { ports?: readonly number[]; metric?: Metric } = {},
): void {
  const { neighbors } = network;
  for (const [number, node] of neighbors.entries()) {
    const far = { cost: 77, latency: 77 };
    const link = network.linkCost(node);
    const beyond = network.toDestination(node);
    const name = ({ [Metric.COST]: "cost", [Metric.LATENCY]: "latency", [Metric.HOPS]: "hops" } as const)[
      metric
    ];
    world.neighbor(number, { port: ports[number] ?? number, ...far, [name]: link });
    world.path(number, { neighbor: number, protocol: Protocol.IGP, ...far, [name]: beyond });
    world.announce(number, PREFIX);
  }
  teachDistances(world, network);
}

export function teachDistances(world: World, network: Network): void {
  const { neighbors } = network;
  for (const [from, node] of neighbors.entries()) {
    for (const [to, other] of neighbors.entries())
      world.distance(from, to, network.distance(node, from === to ? "S" : other));
  }
}
