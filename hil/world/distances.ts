/**
 * How far it is between a router's neighbors, and from each back to the router, by the shortest way and in the metric that ranks: what
 * a link-state protocol knows, and what a backup is chosen by (RFC 5286). A neighbor tells its own distances, as it tells its ways.
 */
import type { MetricName, Scenario, ScenarioEvent } from "../scenario/scenario.js";
import { initialState, type NetworkState } from "../scenario/state.js";
import type { News } from "./news.js";
import type { Topology } from "./topology.js";
import { knowledge } from "./views.js";

/** From `from` on it is so far to each node, as the neighbor learned by `event` (null: from the start). */
export interface Reach {
  from: number;
  distances: ReadonlyMap<string, number>;
  event: ScenarioEvent | null;
}

/** What `neighbor`, adjacent to `router`, knows of its distances, in order of time. */
export function reachesOf(
  scenario: Scenario,
  topology: Topology,
  news: readonly News[],
  { router, neighbor }: { router: string; neighbor: string },
): Reach[] {
  const { metric } = scenario.routing;
  const distances = (state: NetworkState) => distancesFrom(topology, metric, state, neighbor);
  const reaches: Reach[] = [{ from: 0, distances: distances(initialState(scenario)), event: null }];
  for (const { at, state, event } of knowledge(scenario, topology, news, router, neighbor))
    reaches.push({ from: at, distances: distances(state), event });
  return reaches;
}

/** To each node that can be reached. */
export function distancesFrom(
  topology: Topology,
  metric: MetricName,
  state: NetworkState,
  from: string,
): Map<string, number> {
  const settled = new Map<string, number>();
  const open = new Map([[from, 0]]);
  while (open.size > 0) {
    const [node, distance] = [...open].reduce((a, b) => (b[1] < a[1] ? b : a));
    open.delete(node);
    settled.set(node, distance);
    if (node !== from && !topology.forwards(node)) continue;
    for (const { node: next, key } of topology.adjacent(node)) {
      const link = state.links.get(key)!;
      if (settled.has(next) || !link.up || link.dead || state.deadNodes.has(next)) continue;
      const step = metric === "hop-count" ? 1 : metric === "link-cost" ? link.cost : link.latency;
      open.set(next, Math.min(distance + step, open.get(next) ?? Number.POSITIVE_INFINITY));
    }
  }
  return settled;
}
