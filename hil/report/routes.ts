/**
 * What people read is by route, one client's way to one prefix: the times of the stream that stands for it, and the packets and
 * conversations of all its streams together.
 */
import type { Loss, Outcome, Report } from "../measure/result.js";

export interface Route {
  client: string;
  router: string;
  prefix: string;
  /** "v4"; the prefix where the client has several of that family. */
  name: string;
  /** Streams, by their place in the report; the first stands for the route. */
  streams: number[];
}

/** What an event did to a route. */
export interface RouteOutcome {
  route: Route;
  disturbed: boolean;
  /** Of the stream that stands for the route; where the event disturbed only others, of one of those. */
  main: Outcome;
  sent: number;
  lost: number;
  reordered: number;
  losses: Loss[];
  sessions: Outcome["sessions"];
}

export function routesOf(report: Report): Route[] {
  const routes: Route[] = [];
  for (const [index, { client, router, prefix, representative }] of report.streams.entries()) {
    const known = routes.find(one => one.client === client && one.router === router && one.prefix === prefix);
    const route = known ?? { client, router, prefix, name: "", streams: [] };
    if (representative) route.streams.unshift(index);
    else route.streams.push(index);
    if (known === undefined) routes.push(route);
  }
  for (const route of routes) {
    const family = familyOf(route.prefix);
    const alike = routes.filter(one => one.client === route.client && familyOf(one.prefix) === family);
    route.name = alike.length === 1 ? family : route.prefix;
  }
  return routes;
}

export function familyOf(prefix: string): "v4" | "v6" {
  return prefix.includes(":") ? "v6" : "v4";
}

/** The streams of a route by transport, the one that stands for it first: "v4 udp", "v4 tcp ×4". */
export function groupsOf(report: Report, { name, streams }: Route): { name: string; streams: number[] }[] {
  const transports = [...new Set(streams.map(stream => report.streams[stream]!.transport))];
  return transports.map(transport => {
    const own = streams.filter(stream => report.streams[stream]!.transport === transport);
    return { name: `${name} ${transport}${own.length > 1 ? ` ×${own.length}` : ""}`, streams: own };
  });
}

export function metBy(report: Report, event: string): RouteOutcome[] {
  const outcomes = new Map(report.outcomes.filter(one => one.event === event).map(one => [one.stream, one]));
  return routesOf(report).map(route => {
    const all = route.streams.map(stream => outcomes.get(stream)!);
    const disturbed = all.find(({ state }) => state !== "undisturbed");
    const sum = (value: (outcome: Outcome) => number) => all.reduce((total, one) => total + value(one), 0);
    return {
      route,
      disturbed: disturbed !== undefined,
      main: disturbed ?? all[0]!,
      sent: sum(({ queries }) => queries.sent),
      lost: sum(({ queries }) => queries.lost),
      reordered: sum(({ queries }) => queries.reordered),
      losses: addUp(all.flatMap(({ losses }) => losses)),
      sessions: {
        open: sum(({ sessions }) => sessions.open),
        kept: sum(({ sessions }) => sessions.kept),
        moved: sum(({ sessions }) => sessions.moved),
        homeDied: sum(({ sessions }) => sessions.homeDied),
        neverBegan: sum(({ sessions }) => sessions.neverBegan),
      },
    };
  });
}

/** One entry a cause, the heaviest first. */
export function addUp(losses: Loss[]): Loss[] {
  const causes = new Map<string, Loss>();
  for (const loss of losses) {
    const key = `${loss.at} ${loss.detail}`;
    causes.set(key, { ...loss, packets: loss.packets + (causes.get(key)?.packets ?? 0) });
  }
  return [...causes.values()].sort((a, b) => b.packets - a.packets);
}
