/** Decision cases: one for each step and a few at large; those that real routers answered where they are beside the checkout. */
import { readFileSync } from "node:fs";
import type { Router } from "../../host/router/router.js";
import type { DecisionCase } from "../../host/select/case.js";
import { decide } from "../../host/select/decide.js";
import { readCases } from "../../host/select/read-cases.js";
import { candidate, decisionCase, steps } from "../host/select/cases.js";
import { sharedPath } from "../shared-data.js";

/** Every so many of the routers' cases: a case takes some twenty requests. */
const EVERY = 12;

function ownCases(): DecisionCase[] {
  const eachStep = steps.map(([, better, worse]) =>
    decisionCase([candidate(2, worse), candidate(5, better)], {}, "192.0.2.5"),
  );
  const equal = [1, 2, 3].map(number => candidate(number, { type: "ibgp", originator_id: "203.0.113.7" }));
  const loop = candidate(4, { as_path: [{ type: "set", asns: [64500] }] });
  const meds = [30, 10, 20].map((med, index) => candidate(index + 1, { med, peer_as: 64496 + (index % 2) }));
  return [
    ...eachStep,
    decisionCase([...equal, loop], {}, "192.0.2.1"),
    decisionCase(meds, { always_compare_med: true }, "192.0.2.2"),
    decisionCase(meds, { deterministic_med: false, compare_router_id: false }),
    decisionCase([]),
  ];
}

function routersCases(): DecisionCase[] {
  const path = sharedPath("oracle/public.jsonl");
  if (path === null) return [];
  return readCases("public.jsonl", readFileSync(path, "utf8")).filter((_, index) => index % EVERY === 0);
}

export function decideAll(router: Router): void {
  for (const one of [...ownCases(), ...routersCases()]) decide(router, one);
}
