/**
 * What lies beyond a router's neighbor: where a packet that leaves by it ends. The packet meets the network as it is when it
 * leaves (news.ts has the clock): the neighbor's view, links and nodes that are dead or down. A site answers what arrives even
 * after it has withdrawn; answers come back by the same links.
 */
import type { Scenario } from "../scenario/scenario.js";
import { epochsOf, linkKey, type NetworkState } from "../scenario/state.js";
import type { Loss } from "./observation.js";
import type { Topology } from "./topology.js";
import type { View } from "./views.js";

export type Fate =
  /** Reaches a site, unless the random loss of one of the `links` takes it. */
  { site: string; roundTrip: number; links: { name: string; loss: number }[] } | { site: null; loss: Loss };

/** From `from` on; in order of time, beginning at 0. */
export interface FateChange {
  from: number;
  fate: Fate;
}

interface Egress {
  router: string;
  neighbor: string;
  prefix: string;
}

export function fatesBeyond(
  scenario: Scenario,
  topology: Topology,
  egress: Egress,
  views: readonly View[],
): FateChange[] {
  const epochs = epochsOf(scenario);
  const times = [...new Set([...epochs.map(({ from }) => from), ...views.map(({ from }) => from)])];
  const changes: FateChange[] = [];
  for (const from of times.sort((a, b) => a - b)) {
    const state = epochs.findLast(epoch => epoch.from <= from)!.state;
    const view = views.findLast(other => other.from <= from)!;
    const fate = fateIn(scenario, topology, egress, state, view);
    if (JSON.stringify(fate) !== JSON.stringify(changes.at(-1)?.fate)) changes.push({ from, fate });
  }
  return changes;
}

function fateIn(
  scenario: Scenario,
  topology: Topology,
  { router, neighbor, prefix }: Egress,
  state: NetworkState,
  view: View,
): Fate {
  const nodes = topology.serves(neighbor, prefix) ? [neighbor] : view.way?.nodes;
  if (!nodes) return lost(`${neighbor} has no route`);
  const links: { name: string; loss: number }[] = [];
  let latency = 0;
  let previous = router;
  for (const node of nodes) {
    const ends: [string, string] = [previous, node];
    const link = state.links.get(linkKey(ends))!;
    if (!link.up) return lost(`the link ${ends.join(" - ")} is down`);
    if (link.dead) return lost(`the link ${ends.join(" - ")} is dead`);
    if (state.deadNodes.has(node)) return lost(`${node} is dead`);
    latency += link.latency;
    const { loss } = scenario.links.find(other => linkKey(other.ends) === linkKey(ends))!;
    if (loss > 0) links.push({ name: ends.join(" - "), loss });
    previous = node;
  }
  return { site: previous, roundTrip: 2 * latency, links };
}

function lost(detail: string): Fate {
  return { site: null, loss: { at: "network", detail } };
}
