/**
 * What is known of the network without any router: the state that events change, and what a router has to make of it, decided
 * from scratch by the slow reference.
 */
import { NeighborComeback, type Rules } from "../reversion/model.js";
import { type Candidate, decide, expectedGroup } from "../rib/reference.js";
import { protectionNames, type Route, usualNeighbor, usualPath, usualSettings } from "../rib/world.js";

export const NEIGHBORS = 3;
export const neighbors = [0, 1, 2];

/** By rank and neighbor: 0 and 1 share the traffic to prefixes of the first rank, 2 is behind them; those of the second are 2's. */
export const localPrefs = [
  [200, 200, 100],
  [100, 100, 200],
];
export const weights = [3, 1, 1];
/** None is told. */
const distances = neighbors.map(() => neighbors.map(() => 0));
export const settings = { ...usualSettings, maxPaths: 2 };

/** What does not change. Times in microseconds. */
export interface Plan {
  /** By neighbor. */
  portOf: readonly number[];
  /** Silence after which a neighbor is down, which its keep-alives break more seldom; without, none is ever down by silence. */
  silence: { holdTime: number; interval: number; phases: readonly number[] } | null;
  /** How neighbors are let back. */
  rules: Rules;
}

/** Keep-alives of which none comes at the time at which another does, or ends a silence. */
export const silence = { holdTime: 20_000, interval: 50_000, phases: [5000, 12_000, 33_000] };

export interface Known {
  plan: Plan;
  now: number;
  /** By port. */
  isPortUp: boolean[];
  /** By neighbor, all below. */
  isUp: boolean[];
  isSessionUp: boolean[];
  isAnnounced: boolean[];
  lastHeard: number[];
  nextKeepAlive: number[];
  comebacks: NeighborComeback[];
}

const NEVER = Number.POSITIVE_INFINITY;

function each<T>(value: T): T[] {
  return new Array(NEIGHBORS).fill(value);
}

/** All is up, and everybody announces everything. */
export function atFirst(plan: Plan): Known {
  const known: Known = {
    plan,
    now: 0,
    isPortUp: each(true),
    isUp: each(true),
    isSessionUp: each(true),
    isAnnounced: each(true),
    lastHeard: each(0),
    nextKeepAlive: plan.silence ? [...plan.silence.phases] : each(NEVER),
    comebacks: each(plan.rules).map(rules => new NeighborComeback(rules)),
  };
  conclude(known);
  return known;
}

export function copyOf(known: Known): Known {
  return {
    plan: known.plan,
    now: known.now,
    isPortUp: [...known.isPortUp],
    isUp: [...known.isUp],
    isSessionUp: [...known.isSessionUp],
    isAnnounced: [...known.isAnnounced],
    lastHeard: [...known.lastHeard],
    nextKeepAlive: [...known.nextKeepAlive],
    comebacks: known.comebacks.map(comeback =>
      Object.assign(new NeighborComeback(known.plan.rules), comeback),
    ),
  };
}

/** The same where all is the same. */
export function keyOf({ plan: _, comebacks, ...known }: Known): string {
  const pasts = comebacks.map(({ rules: _, ...past }) => Object.values(past));
  return [...Object.values(known), ...pasts].join();
}

export function isUsable({ isUp, isPortUp, plan }: Known, neighbor: number): boolean {
  return isUp[neighbor]! && isPortUp[plan.portOf[neighbor]!]!;
}

export function isHeldBack({ comebacks, now }: Known, neighbor: number): boolean {
  return comebacks[neighbor]!.isHeldBack(now);
}

/** Who can be used no more, or again, is remembered for it. */
export function conclude(known: Known): void {
  for (const [neighbor, comeback] of known.comebacks.entries())
    comeback.set(isUsable(known, neighbor), known.now);
}

/** When something happens by itself next: a neighbor is heard, or has been silent for too long, or is not held back any more. */
export function nextDue(known: Known): number {
  const { comebacks, nextKeepAlive, now } = known;
  const held = comebacks.map(comeback => (comeback.isHeldBack(now) ? comeback.until : NEVER));
  return Math.min(
    ...nextKeepAlive,
    ...held,
    ...known.isUp.map((_, neighbor) => silenceEnds(known, neighbor)),
  );
}

/** When a neighbor has been silent for too long. */
export function silenceEnds({ isUp, lastHeard, plan: { silence } }: Known, neighbor: number): number {
  return isUp[neighbor] && silence ? lastHeard[neighbor]! + silence.holdTime : NEVER;
}

/** By rank, how prefixes are to be routed; null where nobody announces them. */
export function expected(known: Known): (Route | null)[] {
  const held = known.comebacks.map((_, neighbor) => isHeldBack(known, neighbor));
  const key = [known.isUp, known.isPortUp, known.isAnnounced, held, known.plan.portOf].join();
  let routes = decided.get(key);
  if (!routes) {
    routes = localPrefs.map(byNeighbor => fromScratch(known, byNeighbor));
    decided.set(key, routes);
  }
  return routes;
}

const decided = new Map<string, (Route | null)[]>();

function fromScratch(known: Known, prefs: number[]): Route | null {
  const candidates = prefs.flatMap((localPref, neighbor): Candidate[] => {
    if (!known.isAnnounced[neighbor]) return [];
    return [
      {
        path: { ...usualPath(neighbor), localPref, weight: weights[neighbor]! },
        neighbor: { ...usualNeighbor(neighbor), port: known.plan.portOf[neighbor]! },
        reachable: isUsable(known, neighbor),
        isHeldBack: isHeldBack(known, neighbor),
      },
    ];
  });
  if (candidates.length === 0) return null;
  const { step, best } = decide(candidates, settings);
  const { members, backup, protection } = expectedGroup(candidates, settings, distances);
  return {
    step,
    best: best?.path.neighbor ?? null,
    members: Object.fromEntries(members.map(({ path }) => [path.neighbor, path.weight])),
    backup: backup?.path.neighbor ?? null,
    protection: protectionNames(protection),
    paths: candidates.length,
  };
}

/** By whom packets may leave once a group that was `before` is repaired, and nothing is selected anew yet. */
export function repaired(before: Route | null, after: Known): number[] {
  if (!before) return [];
  const members = Object.keys(before.members)
    .map(Number)
    .filter(neighbor => isUsable(after, neighbor));
  if (members.length > 0) return members;
  return before.backup !== null && isUsable(after, before.backup) ? [before.backup] : [];
}
