/** What each event did to each client, added up over all times that it came: what shares are read from. */
import type { Outcome, Tally } from "./result.js";
import type { Trial } from "./statistics.js";

/** In the order of the first trial's outcomes. */
export function talliesOf(trials: Trial[]): Tally[] {
  const tallies = new Map<string, { tally: Tally; returns: boolean[] }>();
  for (const { events, outcomes, streams } of trials) {
    const likes = new Map(events.map(({ id, like }) => [id, like]));
    for (const outcome of outcomes) {
      const event = likes.get(outcome.event)!;
      const key = JSON.stringify([event, outcome.client, outcome.router]);
      const known = tallies.get(key) ?? { tally: none(event, outcome), returns: [] };
      tallies.set(key, known);
      if (streams[outcome.stream]!.representative) addRoute(known.tally.routes, outcome);
      if (outcome.transport === "udp") addCounts(known.tally.queries, outcome.queries);
      addCounts(known.tally.sessions, outcome.sessions);
      if (outcome.state !== "undisturbed") known.returns.push(outcome.direction === "reversion");
    }
  }
  return [...tallies.values()].map(({ tally, returns }) => ({
    ...tally,
    direction: returns.length > 0 && returns.every(returned => returned) ? "reversion" : "initial",
  }));
}

function none(event: string, { client, router }: Outcome): Tally {
  return {
    event,
    client,
    router,
    direction: "initial",
    routes: { met: 0, disturbed: 0, converged: 0, sustained: 0 },
    queries: { sent: 0, delivered: 0, lost: 0, duplicated: 0, reordered: 0 },
    sessions: { open: 0, kept: 0, moved: 0, homeDied: 0, neverBegan: 0 },
  };
}

function addRoute(routes: Tally["routes"], { state, sustained }: Outcome): void {
  routes.met++;
  if (state !== "undisturbed") routes.disturbed++;
  if (state === "converged") routes.converged++;
  if (sustained?.held) routes.sustained++;
}

function addCounts<Key extends string>(sum: Record<Key, number>, more: Record<Key, number>): void {
  for (const key of Object.keys(sum) as Key[]) sum[key] += more[key];
}
