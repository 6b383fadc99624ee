/** Decision cases, answered by the router core: each candidate is the path that one neighbor announces. */
import { type Answer, NONE } from "../protocol/messages.js";
import { prefixBatches } from "../protocol/prefixes.js";
import { Refused } from "../protocol/refused.js";
import { noRoom } from "../protocol/room.js";
import { Metric, Origin, PathFlag, Protocol, Segment, SettingFlag, Status, Step } from "../protocol/words.js";
import type { Router } from "../router/router.js";
import { parseAddress, parsePrefix, toNumber } from "../tables/address.js";
import { encodePathTail } from "../tables/to-path.js";
import type { Candidate, DecisionCase } from "./case.js";

export interface Decision {
  id: string;
  /** Peer address of the best path, or null if none is usable. */
  best: string | null;
  /** Peers of all paths that are equal to the best through the IGP metric, itself included. */
  multipath: string[];
  /** The last step that removed a candidate. */
  step: string;
  /** The best once `withdraw_peer` is gone; only where the case asks for it. */
  after_withdraw?: string | null;
}

const DEFAULT_LOCAL_PREF = 100;
const PORT = 0;

/** Any prefix would do. */
const prefix = parsePrefix("198.51.100.0/24");
const { tail: batch } = [...prefixBatches([prefix])][0]!;

/** The words of `Step`, with the shorter ones that decision cases use. */
const stepNames = new Map<number, string>([
  ...Object.entries(Step).map(([name, step]): [number, string] => [step, name.toLowerCase()]),
  [Step.NONE, "unresolvable"],
  [Step.ADDRESS, "addr"],
]);

/** Decides a case on a router, which forgets all that it knew. Throws `Refused` if the router refuses the case. */
export function decide(router: Router, decisionCase: DecisionCase): Decision {
  const { id, candidates, withdraw_peer } = decisionCase;
  prepare(router, decisionCase);
  const order = candidates.map((_, index) => index);
  order.sort((a, b) => candidates[a]!.arrival - candidates[b]!.arrival);
  for (const slot of order) router.call("ANNOUNCE", { slot, family: 4 }, batch);

  const peerOf = (neighbor: number) => candidates[neighbor]?.peer ?? null;
  const route = askRoute(router);
  const decision: Decision = {
    id,
    best: peerOf(route?.best ?? NONE),
    multipath: membersOf(route)
      .map(neighbor => candidates[neighbor]!.peer)
      .sort(),
    step: stepNames.get(route?.step ?? Step.NONE)!,
  };
  if (withdraw_peer === undefined) return decision;
  const neighbor = candidates.findIndex(({ peer }) => peer === withdraw_peer);
  router.call("WITHDRAW", { neighbor, family: 4 }, batch);
  return { ...decision, after_withdraw: peerOf(askRoute(router)?.best ?? NONE) };
}

function prepare(router: Router, { settings, candidates }: DecisionCase): void {
  const room = Math.max(candidates.length, 1);
  router.call("CONFIGURE", {
    ...noRoom,
    ports: 1,
    neighbors: room,
    paths: room,
    // While a set is left for the next, both are there.
    sets: 2,
    pathsPerSet: room,
    buckets: 1,
    prefixes4: 1,
  });
  router.call("SETTINGS", {
    localAs: settings.local_as,
    routerId: toNumber(parseAddress(settings.router_id)),
    clusterId: 0,
    flags:
      (settings.always_compare_med ? SettingFlag.ALWAYS_COMPARE_MED : 0) |
      (settings.deterministic_med ? SettingFlag.DETERMINISTIC_MED : 0) |
      (settings.compare_router_id ? SettingFlag.COMPARE_ROUTER_ID : 0) |
      (settings.ignore_as_path_len ? SettingFlag.IGNORE_AS_PATH_LENGTH : 0) |
      (settings.med_missing_as_worst ? SettingFlag.MED_MISSING_AS_WORST : 0),
    maxPaths: NONE,
    metric: Metric.COST,
    preferences: new Uint8Array(Object.keys(Protocol).length),
  });
  const noAddress = { address4: new Uint8Array(4), address6: new Uint8Array(16) };
  router.call("PORT", { port: PORT, up: 1, mtu: 1500, ...noAddress });
  candidates.forEach((candidate, number) => {
    define(router, candidate, number);
  });
}

/** Makes a candidate neighbor `number` and its path slot `number`. */
function define(router: Router, candidate: Candidate, number: number): void {
  router.call("NEIGHBOR", {
    neighbor: number,
    port: PORT,
    up: 1,
    asn: candidate.peer_as,
    routerId: toNumber(parseAddress(candidate.router_id)),
    address: parseAddress(candidate.peer).bytes,
    cost: 0,
    latency: 0,
    holdTime: 0,
  });
  const { med, igp_metric, originator_id, cluster_list, as_path } = candidate;
  const clusters = cluster_list.map(id => toNumber(parseAddress(id)));
  const segments = as_path.map(({ type, asns }) => ({
    type: type === "set" ? Segment.SET : Segment.SEQUENCE,
    asns,
  }));
  router.call(
    "PATH",
    {
      slot: number,
      neighbor: number,
      protocol: candidate.type === "ebgp" ? Protocol.EBGP : Protocol.IBGP,
      flags:
        (med === null ? 0 : PathFlag.MED) |
        (candidate.gshut ? PathFlag.GRACEFUL_SHUTDOWN : 0) |
        (candidate.llgr_stale ? PathFlag.LLGR_STALE : 0) |
        (igp_metric === null ? PathFlag.UNRESOLVED : 0) |
        (originator_id === null ? 0 : PathFlag.ORIGINATOR),
      origin: { igp: Origin.IGP, egp: Origin.EGP, incomplete: Origin.INCOMPLETE }[candidate.origin],
      weight: 1,
      localPref: candidate.local_pref ?? DEFAULT_LOCAL_PREF,
      med: med ?? 0,
      hops: 0,
      cost: igp_metric ?? 0,
      latency: 0,
      originatorId: originator_id === null ? 0 : toNumber(parseAddress(originator_id)),
      clusters: clusters.length,
    },
    encodePathTail(clusters, segments),
  );
}

/** How the prefix is routed, or null if no path of it has entered. */
function askRoute(router: Router): Answer<"ROUTE"> | null {
  try {
    return router.call("ROUTE", { family: 4, length: prefix.length, address: prefix.bytes });
  } catch (error) {
    if (error instanceof Refused && error.status === Status.NOT_FOUND) return null;
    throw error;
  }
}

/** Neighbors in the answer's tail of {neighbor u8, weight u8}. */
function membersOf(route: Answer<"ROUTE"> | null): number[] {
  const tail = route?.tail ?? new Uint8Array(0);
  return [...tail].filter((_, index) => index % 2 === 0);
}
