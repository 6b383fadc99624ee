/** Decision cases as JSON Lines have them, with what does not matter filled in. */
import type { Candidate, DecisionCase } from "../../../host/select/case.js";

export function candidate(number: number, changes: Partial<Candidate> = {}): Candidate {
  return {
    peer: `192.0.2.${number}`,
    peer_as: 64496,
    type: "ebgp",
    router_id: `198.51.100.${number}`,
    local_pref: null,
    as_path: [{ type: "seq", asns: [64496] }],
    origin: "igp",
    med: null,
    igp_metric: 10,
    originator_id: null,
    cluster_list: [],
    communities: [],
    gshut: false,
    llgr_stale: false,
    arrival: number,
    ...changes,
  };
}

export function decisionCase(
  candidates: Candidate[],
  settings: Partial<DecisionCase["settings"]> = {},
  withdraw_peer?: string,
): DecisionCase {
  return {
    id: "case",
    settings: {
      local_as: 64500,
      router_id: "203.0.113.1",
      always_compare_med: false,
      deterministic_med: true,
      compare_router_id: true,
      ignore_as_path_len: false,
      med_missing_as_worst: false,
      ...settings,
    },
    candidates,
    ...(withdraw_peer === undefined ? {} : { withdraw_peer }),
  };
}

/** For each step, in which the better of two paths differs from the worse, by which that step decides. */
export const steps: [step: string, better: Partial<Candidate>, worse: Partial<Candidate>][] = [
  ["llgr", {}, { llgr_stale: true }],
  ["local_pref", { local_pref: 101 }, {}],
  ["local_pref", { local_pref: 99 }, { local_pref: 200, gshut: true }],
  ["as_path", {}, { as_path: [{ type: "seq", asns: [64496, 64496] }] }],
  ["origin", { origin: "egp" }, { origin: "incomplete" }],
  ["med", { med: null }, { med: 1 }],
  ["ebgp", {}, { type: "ibgp", igp_metric: 1 }],
  ["igp", {}, { igp_metric: 11 }],
  [
    "cluster",
    { type: "ibgp", originator_id: "203.0.113.7" },
    { type: "ibgp", originator_id: "203.0.113.7", cluster_list: ["203.0.113.9"] },
  ],
  ["addr", { router_id: "203.0.113.7" }, { router_id: "203.0.113.7" }],
  ["resolvable", {}, { igp_metric: null }],
];
