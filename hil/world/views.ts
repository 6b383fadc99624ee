/** What each neighbor of a router under test thinks, and since when: its way to a prefix, which it announces to the router. */
import type { Scenario, ScenarioEvent } from "../scenario/scenario.js";
import { after, initialState, type NetworkState } from "../scenario/state.js";
import { delays, type News } from "./news.js";
import type { Topology } from "./topology.js";
import { bestWay, type Way } from "./ways.js";

/** From `from` on the neighbor goes this way, told so by `event` (null: from the start). */
export interface View {
  from: number;
  way: Way | null;
  event: ScenarioEvent | null;
}

/** The views of `neighbor`, adjacent to `router`, on `prefix`, in order of time; each differs from the one before. */
export function viewsOf(
  scenario: Scenario,
  topology: Topology,
  news: readonly News[],
  { router, neighbor, prefix }: { router: string; neighbor: string; prefix: string },
): View[] {
  const way = (state: NetworkState) =>
    bestWay(topology, scenario.routing, state, { from: neighbor, without: router, prefix });
  const views: View[] = [{ from: 0, way: way(initialState(scenario)), event: null }];
  for (const { at, state, event } of knowledge(scenario, topology, news, router, neighbor)) {
    const next = way(state);
    if (!sameWay(next, views.at(-1)!.way)) views.push({ from: at, way: next, event });
  }
  return views;
}

export interface Knowledge {
  at: number;
  event: ScenarioEvent;
  state: NetworkState;
}

/** What the neighbor knows after each piece of news. News of one thing that overtook older news stays the newest. */
export function* knowledge(
  scenario: Scenario,
  topology: Topology,
  news: readonly News[],
  router: string,
  neighbor: string,
): Generator<Knowledge> {
  const heard = news
    .map((item, order) => ({ item, order, at: arrival(topology, item, router, neighbor) }))
    .filter(({ at }) => at < scenario.duration)
    .sort((a, b) => a.at - b.at || a.order - b.order);
  const orders: number[] = [];
  let state = initialState(scenario);
  for (const { item, order, at } of heard) {
    const overtaken = orders.length > 0 && order < orders.at(-1)!;
    orders.push(order);
    if (overtaken) {
      orders.sort((a, b) => a - b);
      state = orders.reduce((known, index) => after(known, news[index]!.change), initialState(scenario));
    } else {
      state = after(state, item.change);
    }
    yield { at, event: item.event, state };
  }
}

/** Infinity for what it is never told, and for its own death, of which it says nothing itself. */
function arrival(topology: Topology, item: News, router: string, neighbor: string): number {
  const { change, origins, from, ways, state } = item;
  const own = "element" in change && "node" in change.element && change.element.node === neighbor;
  const delay = own ? undefined : delays(topology, state, origins, router).get(neighbor);
  return delay === undefined ? Number.POSITIVE_INFINITY : from + ways * delay;
}

function sameWay(a: Way | null, b: Way | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
