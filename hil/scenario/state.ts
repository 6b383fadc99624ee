/**
 * What is true of the network at one moment, apart from what never changes. Immutable: an event gives a new state.
 *
 * "Down" is seen by both ends of a link at once; "dead" is a silent death, which nobody is told of.
 */
import type { Attributes, Change, Element, Link, Scenario, ScenarioEvent } from "./scenario.js";

export interface LinkState {
  readonly latency: number;
  readonly cost: number;
  readonly up: boolean;
  readonly dead: boolean;
}

export interface NetworkState {
  /** By `linkKey`. */
  readonly links: ReadonlyMap<string, LinkState>;
  readonly deadNodes: ReadonlySet<string>;
  /** Site name, then prefix text. */
  readonly announced: ReadonlyMap<string, ReadonlyMap<string, Attributes>>;
}

/** The same for both directions. */
export function linkKey([a, b]: readonly [string, string]): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

export function initialState(scenario: Pick<Scenario, "links" | "sites">): NetworkState {
  const alive = ({ latency, cost }: Link) => ({ latency, cost, up: true, dead: false });
  return {
    links: new Map(scenario.links.map(link => [linkKey(link.ends), alive(link)])),
    deadNodes: new Set(),
    announced: new Map(
      scenario.sites.map(({ name, announces, prepend, localPref, med, weight }) => [
        name,
        new Map(
          announces.map(prefix => [prefix, { prepend, localPref, med, weight, gracefulShutdown: false }]),
        ),
      ]),
    ),
  };
}

export function isDead(state: NetworkState, element: Element): boolean {
  return "node" in element ? state.deadNodes.has(element.node) : state.links.get(linkKey(element.link))!.dead;
}

/** Whether a link carries traffic. */
export function works(state: NetworkState, ends: readonly [string, string]): boolean {
  const link = state.links.get(linkKey(ends))!;
  return link.up && !link.dead;
}

/** The network once `change` has happened. What the change presumes is for `presumed.ts` to check. */
export function after(state: NetworkState, change: Change): NetworkState {
  switch (change.kind) {
    case "withdraw":
      return withAnnounced(state, change.site, announced => {
        for (const prefix of change.prefixes) announced.delete(prefix);
      });
    case "announce":
      return withAnnounced(state, change.site, announced => {
        for (const prefix of change.prefixes) announced.set(prefix, change.attributes);
      });
    case "graceful_shutdown":
      return withAnnounced(state, change.site, announced => {
        for (const prefix of change.prefixes)
          announced.set(prefix, { ...announced.get(prefix)!, gracefulShutdown: true });
      });
    case "silent_death":
      return withDead(state, change.element, true);
    case "return":
      return withDead(state, change.element, false);
    case "port_down":
      return change.links.reduce((next, link) => withLink(next, link, { up: false }), state);
    case "port_up":
      return change.links.reduce((next, link) => withLink(next, link, { up: true }), state);
    case "metric":
      return withLink(state, change.link, { cost: change.cost });
    case "latency":
      return withLink(state, change.link, { latency: change.latency });
    case "overload":
      return state;
  }
}

function withAnnounced(
  state: NetworkState,
  site: string,
  edit: (announced: Map<string, Attributes>) => void,
): NetworkState {
  const announced = new Map(state.announced.get(site));
  edit(announced);
  return { ...state, announced: new Map(state.announced).set(site, announced) };
}

function withLink(state: NetworkState, ends: [string, string], edit: Partial<LinkState>): NetworkState {
  const key = linkKey(ends);
  return { ...state, links: new Map(state.links).set(key, { ...state.links.get(key)!, ...edit }) };
}

function withDead(state: NetworkState, element: Element, dead: boolean): NetworkState {
  if ("link" in element) return withLink(state, element.link, { dead });
  const deadNodes = new Set(state.deadNodes);
  if (dead) deadNodes.add(element.node);
  else deadNodes.delete(element.node);
  return { ...state, deadNodes };
}

/** The network from one event to the next. */
export interface Epoch {
  /** What it begins with; null for the start. */
  event: ScenarioEvent | null;
  from: number;
  state: NetworkState;
}

/** At least the one before the first event. */
export function epochsOf(scenario: Scenario): Epoch[] {
  let state = initialState(scenario);
  const epochs: Epoch[] = [{ event: null, from: 0, state }];
  for (const event of scenario.events) {
    state = after(state, event.change);
    epochs.push({ event, from: event.time, state });
  }
  return epochs;
}
