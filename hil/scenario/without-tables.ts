/** Leaves out what only a run with a prefix table can show: the routers that hold it, their clients, and what is expected of them. */
import type { Change, Scenario, ScenarioEvent } from "./scenario.js";

export function withoutTables(scenario: Scenario): Scenario {
  const gone = new Set(
    scenario.routers.filter(({ background }) => background === "table").map(({ name }) => name),
  );
  if (gone.size === 0) return scenario;
  const clients = scenario.clients.filter(({ router }) => !gone.has(router));
  const stays = new Set(clients.map(({ name }) => name));
  const linked = (link: [string, string]) => !link.some(end => gone.has(end));
  const events = scenario.events.flatMap(event => remaining(event, linked, stays));
  const happens = new Set(events.map(({ id }) => id));
  return {
    ...scenario,
    routers: scenario.routers.filter(({ name }) => !gone.has(name)),
    clients,
    links: scenario.links.filter(link => linked(link.ends)),
    events,
    stretches: scenario.stretches.map(stretch => ({
      ...stretch,
      events: stretch.events.filter(id => happens.has(id)),
      clients: stretch.clients.filter(({ client }) => stays.has(client)),
      sameRepair: stretch.sameRepair && {
        ...stretch.sameRepair,
        routers: stretch.sameRepair.routers.filter(router => !gone.has(router)),
      },
    })),
  };
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
    case "announce":
      return change;
  }
}
