/** What can happen to a network. Each event can happen at any time; where it finds nothing to change, it is to change nothing. */
import { conclude, type Known, neighbors, nextDue, type Plan, silenceEnds } from "./known.js";
import type { Network } from "./network.js";

export interface Event {
  name: string;
  /** What it does to what is known. */
  change(known: Known): void;
  /** The same, to the router; `known` is as it will be. */
  happen(network: Network, known: Known): void;
}

export function eventsOf(plan: Plan): Event[] {
  const ports = [...new Set(plan.portOf)];
  return [
    ...ports.flatMap(port => [portEvent(port, false), portEvent(port, true)]),
    ...neighbors.flatMap(neighbor => [bfdEvent(neighbor, false), bfdEvent(neighbor, true)]),
    ...neighbors.flatMap(neighbor => [routeEvent(neighbor, false), routeEvent(neighbor, true)]),
    timer,
  ];
}

/** Brings all up, and has everybody announce everything. */
export function comeback(plan: Plan): Event[] {
  return neighbors.flatMap(neighbor => [
    portEvent(plan.portOf[neighbor]!, true),
    // A neighbor that only its hold timer took down has a session that is up.
    bfdEvent(neighbor, false),
    bfdEvent(neighbor, true),
    routeEvent(neighbor, true),
  ]);
}

function portEvent(port: number, isUp: boolean): Event {
  return {
    name: `port ${port} ${isUp ? "up" : "down"}`,
    change: known => {
      known.isPortUp[port] = isUp;
      conclude(known);
    },
    happen: network => network.port(port, isUp),
  };
}

/** Its packets do not come through a port that is down. */
function bfdEvent(neighbor: number, isUp: boolean): Event {
  const comes = ({ isPortUp, plan }: Known) => isPortUp[plan.portOf[neighbor]!]!;
  return {
    name: `BFD ${neighbor} ${isUp ? "up" : "down"}`,
    change: known => {
      if (!comes(known) || known.isSessionUp[neighbor] === isUp) return;
      known.isSessionUp[neighbor] = isUp;
      known.isUp[neighbor] = isUp;
      if (isUp) known.lastHeard[neighbor] = known.now;
      conclude(known);
    },
    happen: (network, known) => {
      if (comes(known)) network.bfd(neighbor, isUp ? "up" : "down", known.now);
    },
  };
}

function routeEvent(neighbor: number, isAnnounced: boolean): Event {
  return {
    name: `${isAnnounced ? "announce" : "withdraw"} ${neighbor}`,
    change: known => {
      known.isAnnounced[neighbor] = isAnnounced;
    },
    happen: network => (isAnnounced ? network.announce(neighbor) : network.withdraw(neighbor)),
  };
}

/** Time goes on until the next thing happens by itself, if any does. */
const timer: Event = {
  name: "timer",
  change: known => {
    const due = nextDue(known);
    if (!Number.isFinite(due)) return;
    const silent = neighbors.filter(neighbor => silenceEnds(known, neighbor) === due);
    known.now = due;
    for (const neighbor of neighbors) {
      if (known.nextKeepAlive[neighbor] === due) {
        known.nextKeepAlive[neighbor] = due + known.plan.silence!.interval;
        known.lastHeard[neighbor] = due;
        known.isUp[neighbor] = true;
      } else if (silent.includes(neighbor)) known.isUp[neighbor] = false;
    }
    conclude(known);
  },
  happen: (network, { now }) => network.advance(now),
};
