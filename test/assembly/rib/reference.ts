/**
 * The decision process, slow and by the text: RFC 4271 section 9.1.2 with RFC 4456, 5004, 8326 and 9494.
 * Nothing here is shared with the core.
 */
import { Metric, Protection, Protocol, Segment, type Step } from "../../../host/protocol/words.js";
import { parseAddress } from "../../../host/tables/address.js";
import type { NeighborState, PathState, Settings } from "./world.js";

/** A path with its neighbor, and whether that can be reached at all. */
export interface Candidate {
  path: PathState;
  neighbor: NeighborState;
  reachable: boolean;
  /** Whether it is a last resort for now. */
  isHeldBack?: boolean;
}

export interface Outcome {
  step: keyof typeof Step;
  best: Candidate | null;
  /** All that are equal to the best through the comparison of metrics. */
  ties: Candidate[];
}

/** The paths in the order of their route set; order only counts for "the older path". */
export function decide(paths: Candidate[], settings: Settings): Outcome {
  let left = paths;
  let step: keyof typeof Step = "ONLY";
  const keep = (name: keyof typeof Step, survives: (path: Candidate, among: Candidate[]) => boolean) => {
    const next = left.filter(path => survives(path, left));
    if (next.length < left.length) step = name;
    left = next;
  };
  const keepLowest = (name: keyof typeof Step, value: (path: Candidate) => number) =>
    keep(name, (path, among) => value(path) === Math.min(...among.map(value)));

  keep("RESOLVABLE", isUsable);
  if (left.length === 0) return { step: "NONE", best: null, ties: [] };
  keepLowest("HELD_BACK", ({ isHeldBack }) => Number(isHeldBack ?? false));
  keepLowest("LLGR", ({ path }) => Number(path.stale));

  // Beside other protocols, BGP takes part with its own best path.
  const preference = ({ path }: Candidate) => settings.preferences[path.protocol]!;
  const bgp = left.filter(isBgp);
  const others = left.filter(path => !isBgp(path));
  let bgpWins = others.length === 0;
  if (bgp.length > 0 && others.length > 0) {
    const champion = decide(bgp, settings).best!;
    bgpWins = others.every(path => preference(champion) <= preference(path));
    keep("PREFERENCE", path => isBgp(path) === bgpWins);
  }
  if (!bgpWins) {
    keepLowest("PREFERENCE", preference);
    keepLowest("METRIC", path => interiorMetric(path, settings.metric));
  } else {
    keepLowest("LOCAL_PREF", path => -localPref(path));
    if (!settings.ignoreAsPathLength) keepLowest("AS_PATH", asPathLength);
    keepLowest("ORIGIN", ({ path }) => path.origin);
    keep("MED", (path, among) =>
      among.every(other => !sharesMed(path, other, settings) || med(path, settings) <= med(other, settings)),
    );
    keepLowest("EBGP", path => Number(!isExternal(path)));
    keepLowest("IGP", igpMetric);
  }
  const ties = left;
  if (bgpWins && !settings.compareRouterId && isExternal(left[0]!)) {
    keep("OLDER", (path, among) => rankingId(path) === rankingId(among[0]!));
  }
  keepLowest("ROUTER_ID", rankingId);
  keepLowest("CLUSTER", clusterListLength);
  keep("ADDRESS", (path, among) => among.every(other => compareAddresses(path, other) <= 0));
  return { step, best: left[0]!, ties };
}

/** From neighbor to neighbor, or from one to itself: back to the router. 0 is not known. */
export type Distances = readonly (readonly number[])[];

/** What a candidate's route resolves to: members in use, the backup, and what that protects from. */
export function expectedGroup(
  paths: Candidate[],
  settings: Settings,
  distances: Distances,
): { members: Candidate[]; backup: Candidate | null; protection: number } {
  const { best, ties } = decide(paths, settings);
  if (best === null) return { members: [], backup: null, protection: 0 };
  const members: Candidate[] = [];
  const open = [...ties];
  while (members.length < settings.maxPaths && open.length > 0) {
    // Among ties only the last steps are left to tell them apart; those that are drained come last.
    const loaded = open.filter(({ path }) => path.weight > 0);
    const next = decide(loaded.length > 0 ? loaded : open, settings).best!;
    members.push(next);
    open.splice(open.indexOf(next), 1);
  }
  const others = paths.filter(path => !members.includes(path) && isUsable(path));
  const offers = others.flatMap(path => {
    const protection = protectionBy(path, members, best, settings, distances);
    // A last resort stays one.
    return protection === null ? [] : [{ path, protection, merit: protection - (path.isHeldBack ? 8 : 0) }];
  });
  const merit = Math.max(...offers.map(offer => offer.merit));
  const foremost = offers.filter(offer => offer.merit === merit);
  return {
    members,
    backup: decide(
      foremost.map(({ path }) => path),
      settings,
    ).best,
    protection: foremost[0]?.protection ?? 0,
  };
}

/** The weight of each member, by neighbor; all the same where none has any. */
export function weightsOf(members: readonly Candidate[]): Record<number, number> {
  const even = members.every(({ path }) => path.weight === 0);
  return Object.fromEntries(members.map(({ path }) => [path.neighbor, even ? 1 : path.weight]));
}

export function isUsable({ path, reachable }: Candidate): boolean {
  return reachable && path.resolves;
}

export function isBgp({ path }: Candidate): boolean {
  return path.protocol === Protocol.EBGP || path.protocol === Protocol.IBGP;
}

export function isExternal({ path }: Candidate): boolean {
  return path.protocol === Protocol.EBGP;
}

/** Whether a path must not enter at all. */
export function isLoop(path: PathState, { localAs, routerId, clusterId }: Settings): boolean {
  if (path.protocol !== Protocol.EBGP && path.protocol !== Protocol.IBGP) return false;
  if (path.asPath.some(({ asns }) => asns.includes(localAs) || asns.includes(0))) return true;
  if (path.protocol === Protocol.EBGP) return false;
  return path.originatorId === routerId || path.clusters.includes(clusterId || routerId);
}

/** The same for paths that no step of the decision process can tell apart. */
export function identityOf(path: PathState, settings: Settings): string {
  const { neighbor, protocol, stale, resolves, cost, hops, latency, origin } = path;
  const candidate = { path } as Candidate;
  const any = [neighbor, protocol, stale, resolves, path.weight, cost];
  if (!isBgp(candidate)) return JSON.stringify([...any, hops, latency]);
  const as = neighborAs(candidate, settings) === settings.localAs ? 0 : neighborAs(candidate, settings);
  const internal = isExternal(candidate) ? [] : [path.originatorId, path.clusters.length];
  const ranks = [localPref(candidate), asPathLength(candidate), origin, path.med, as];
  return JSON.stringify([...any, ...ranks, ...internal]);
}

/** Of an empty path, or of one that starts with a set, it is the local AS. */
export function neighborAs({ path }: Candidate, { localAs }: Settings): number {
  const [first] = path.asPath;
  return first?.type === Segment.SEQUENCE ? first.asns[0]! : localAs;
}

export function localPref(candidate: Candidate): number {
  return candidate.path.gracefulShutdown && isExternal(candidate) ? 0 : candidate.path.localPref;
}

export function asPathLength({ path }: Candidate): number {
  return path.asPath.reduce((sum, { type, asns }) => sum + (type === Segment.SET ? 1 : asns.length), 0);
}

export function sharesMed(a: Candidate, b: Candidate, settings: Settings): boolean {
  return settings.alwaysCompareMed || neighborAs(a, settings) === neighborAs(b, settings);
}

export function med({ path }: Candidate, { medMissingAsWorst }: Settings): number {
  return path.med ?? (medMissingAsWorst ? 0xffff_ffff : 0);
}

/** Of the link to the neighbor and from there to the next hop. */
export function igpMetric({ path, neighbor }: Candidate): number {
  return saturate(path.cost + neighbor.cost);
}

function saturate(sum: number): number {
  return Math.min(sum, 0xffff_ffff);
}

/** ORIGINATOR_ID and CLUSTER_LIST mean nothing when they come from another AS. */
export function rankingId(candidate: Candidate): number {
  const { path, neighbor } = candidate;
  return !isBgp(candidate) || isExternal(candidate)
    ? neighbor.routerId
    : (path.originatorId ?? neighbor.routerId);
}

export function clusterListLength(candidate: Candidate): number {
  return candidate.path.protocol === Protocol.IBGP ? candidate.path.clusters.length : 0;
}

export function compareAddresses(a: Candidate, b: Candidate): number {
  return Buffer.compare(parseAddress(a.neighbor.address).bytes, parseAddress(b.neighbor.address).bytes);
}

/** RFC 5286 sections 3.1 and 3.2. Null where the backup is not loop-free, by inequality 1. */
function protectionBy(
  backup: Candidate,
  members: Candidate[],
  best: Candidate,
  { metric }: Settings,
  told: Distances,
): number | null {
  const samePort = members.some(({ neighbor }) => neighbor.port === backup.neighbor.port);
  const ofLink = samePort ? 0 : Protection.LINK;
  if (backup.path.protocol !== Protocol.IGP || best.path.protocol !== Protocol.IGP) return ofLink;
  const own = interiorMetric(best, metric);
  const [link, beyond] = distances(backup, metric);
  const back = told[backup.path.neighbor]![backup.path.neighbor]! || link;
  if (beyond >= saturate(back + own)) return null;
  const avoids = (member: Candidate) =>
    beyond < saturate(told[backup.path.neighbor]![member.path.neighbor]! + distances(member, metric)[1]);
  return ofLink | (beyond < own ? Protection.DOWNSTREAM : 0) | (members.every(avoids) ? Protection.NODE : 0);
}

function interiorMetric(candidate: Candidate, metric: Metric): number {
  const [link, beyond] = distances(candidate, metric);
  return saturate(link + beyond);
}

/** To the neighbor, and from there to the destination. */
function distances({ path, neighbor }: Candidate, metric: Metric): [number, number] {
  if (metric === Metric.HOPS) return [1, path.hops];
  return metric === Metric.COST ? [neighbor.cost, path.cost] : [neighbor.latency, path.latency];
}
