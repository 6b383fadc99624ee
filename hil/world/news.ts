/**
 * How news of an event gets about. Ideal routers know what a message that left the place of the event can have told them: it goes
 * by the quickest way through the network as it was built, without the router under test.
 *
 * Each router under test has its own clock, on which an event happens when the first packet that leaves the router then could
 * meet it. So a death takes exactly the packets sent from its time on, and on that clock:
 * - what sites announce, and metrics, arrive one way later;
 * - what stops or restores traffic (death, return, a link down or up) arrives a round trip later: the packet there, the news back.
 *
 * A silent death is news only once the hold time of an ideal router next to it has passed, and none at all if what died
 * returned before.
 */
import type { Change, Element, Scenario, ScenarioEvent } from "../scenario/scenario.js";
import { type Epoch, epochsOf, linkKey, type NetworkState } from "../scenario/state.js";
import type { Topology } from "./topology.js";

export interface News {
  event: ScenarioEvent;
  change: Change;
  /** Where it starts from, and when. */
  origins: string[];
  from: number;
  /** Ways that it takes: there, or there and back. */
  ways: 1 | 2;
  /** The network whose latencies it meets. */
  state: NetworkState;
}

/** In the order in which it starts. */
export function newsOf(scenario: Scenario): News[] {
  const epochs = epochsOf(scenario);
  const news = epochs.flatMap(epoch => newsOfEpoch(epoch, epochs, scenario.routing.holdTime));
  return news.sort((a, b) => a.from - b.from);
}

function newsOfEpoch({ event, from, state }: Epoch, epochs: Epoch[], holdTime: number): News[] {
  if (!event) return [];
  const { change } = event;
  const one = { event, change, from, state };
  switch (change.kind) {
    case "withdraw":
    case "graceful_shutdown":
    case "announce":
      return [{ ...one, origins: [change.site], ways: 1 }];
    case "metric":
    case "latency":
      return [{ ...one, origins: change.link, ways: 1 }];
    case "port_down":
    case "port_up":
      return change.links.map(link => ({
        ...one,
        change: { ...change, links: [link] },
        origins: link,
        ways: 2,
      }));
    case "silent_death": {
      const noticed = wouldBeNoticed(change.element, from, epochs, holdTime);
      return noticed ? [{ ...one, from: from + holdTime, origins: placeOf(change.element), ways: 2 }] : [];
    }
    case "return": {
      const death = epochs.findLast(other => other.from <= from && isDeathOf(other, change.element));
      const noticed = death && wouldBeNoticed(change.element, death.from, epochs, holdTime);
      return noticed ? [{ ...one, origins: placeOf(change.element), ways: 2 }] : [];
    }
    case "overload":
      return [];
  }
}

/** Whether what died at `time` stays dead for the hold time. */
function wouldBeNoticed(element: Element, time: number, epochs: Epoch[], holdTime: number): boolean {
  if (holdTime === 0) return false;
  const back = epochs.find(
    ({ event, from }) =>
      from >= time && event?.change.kind === "return" && same(event.change.element, element),
  );
  return !back || back.from >= time + holdTime;
}

function isDeathOf({ event }: Epoch, element: Element): boolean {
  return event?.change.kind === "silent_death" && same(event.change.element, element);
}

function placeOf(element: Element): string[] {
  return "node" in element ? [element.node] : element.link;
}

export function same(a: Element, b: Element): boolean {
  if ("node" in a) return "node" in b && a.node === b.node;
  return "link" in b && linkKey(a.link) === linkKey(b.link);
}

/** Latency of the quickest way from any of `origins` to each node, `without` left out. Nodes that cannot be told are absent. */
export function delays(
  topology: Topology,
  state: NetworkState,
  origins: readonly string[],
  without: string,
): Map<string, number> {
  const settled = new Map<string, number>();
  const open = new Map(origins.filter(node => node !== without).map(node => [node, 0]));
  while (open.size > 0) {
    const [node, delay] = [...open].reduce((a, b) => (b[1] < a[1] ? b : a));
    open.delete(node);
    settled.set(node, delay);
    if (!topology.forwards(node) && !origins.includes(node)) continue;
    for (const { node: next, key } of topology.adjacent(node)) {
      if (next === without || settled.has(next)) continue;
      const further = delay + state.links.get(key)!.latency;
      open.set(next, Math.min(further, open.get(next) ?? Number.POSITIVE_INFINITY));
    }
  }
  return settled;
}
