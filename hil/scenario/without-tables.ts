/**
 * Leaves out what only a run with a prefix table can show: the routers that hold it, their clients, and what is expected of them.
 * A scenario of nothing else is refused: a run of it would show nothing, and pass.
 */
import { InputError } from "../../host/input-error.js";
import type { Change, Scenario, ScenarioEvent, Stretch } from "./scenario.js";

export function withoutTables(scenario: Scenario): Scenario {
  const holders = scenario.routers.filter(({ background }) => background === "table");
  if (holders.length === 0) return scenario;
  const gone = new Set(holders.map(({ name }) => name));
  const clients = scenario.clients.filter(({ router }) => !gone.has(router));
  if (clients.length === 0) {
    throw new InputError(holders[0]!.backgroundPlace, "--table, without which no client is left", "none");
  }
  const stays = new Set(clients.map(({ name }) => name));
  const linked = (link: [string, string]) => !link.some(end => gone.has(end));
  const events = scenario.events.flatMap(event => remaining(event, linked, stays));
  const happens = new Set(events.map(({ id }) => id));
  return {
    ...scenario,
    leftOut: [...gone],
    routers: scenario.routers.filter(({ name }) => !gone.has(name)),
    clients,
    links: scenario.links.filter(link => linked(link.ends)),
    events,
    stretches: scenario.stretches.map(stretch => ({
      ...stretch,
      events: stretch.events.filter(id => happens.has(id)),
      clients: stretch.clients.filter(({ client }) => stays.has(client)),
      // What the clients that are left out would have asked is missing at the sites.
      sites: [],
      sameRepair: remainingComparison(stretch.sameRepair, gone),
    })),
  };
}

/** Between two routers at least. */
function remainingComparison(comparison: Stretch["sameRepair"], gone: Set<string>): Stretch["sameRepair"] {
  const routers = comparison?.routers.filter(router => !gone.has(router)) ?? [];
  return comparison && routers.length > 1 ? { ...comparison, routers } : null;
}

/** The event as far as it concerns what stays. */
function remaining(
  event: ScenarioEvent,
  stays: (link: [string, string]) => boolean,
  clients: Set<string>,
): ScenarioEvent[] {
  const left = remainingChange(event.change, stays, clients);
  return left ? [{ ...event, change: left }] : [];
}

function remainingChange(
  change: Change,
  stays: (link: [string, string]) => boolean,
  clients: Set<string>,
): Change | null {
  switch (change.kind) {
    case "port_down":
    case "port_up": {
      const links = change.links.filter(stays);
      return links.length > 0 ? { ...change, links } : null;
    }
    case "overload": {
      const left = change.clients.filter(client => clients.has(client));
      return left.length > 0 ? { ...change, clients: left } : null;
    }
    case "silent_death":
    case "return":
      return "node" in change.element || stays(change.element.link) ? change : null;
    case "metric":
    case "latency":
      return stays(change.link) ? change : null;
    case "withdraw":
    case "graceful_shutdown":
    case "announce":
      return change;
  }
}
