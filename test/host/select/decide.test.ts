import { beforeAll, describe, expect, it } from "vitest";
import { Router } from "../../../host/router/router.js";
import type { Candidate } from "../../../host/select/case.js";
import { decide } from "../../../host/select/decide.js";
import { candidate, decisionCase, steps } from "./cases.js";

let router: Router;
beforeAll(async () => {
  router = await Router.load();
});

describe("a decision case", () => {
  it("is answered with the best, its equals, the step, and the best after the withdrawal", () => {
    const ibgp: Partial<Candidate> = { type: "ibgp", cluster_list: ["203.0.113.9"] };
    const paths = [candidate(1, ibgp), candidate(2, ibgp), candidate(10, { ...ibgp, igp_metric: 11 })];
    expect(decide(router, decisionCase(paths, {}, "192.0.2.1"))).toEqual({
      id: "case",
      best: "192.0.2.1",
      multipath: ["192.0.2.1", "192.0.2.2"],
      step: "router_id",
      after_withdraw: "192.0.2.2",
    });
  });

  it("has no withdrawal in its answer where none is asked for", () => {
    expect(decide(router, decisionCase([candidate(1)]))).toEqual({
      id: "case",
      best: "192.0.2.1",
      multipath: ["192.0.2.1"],
      step: "only",
    });
  });

  it("without a usable path has no best", () => {
    const nothing = { best: null, multipath: [], step: "unresolvable" };
    const paths = [candidate(1, { igp_metric: null })];
    expect(decide(router, decisionCase(paths, {}, "192.0.2.1"))).toEqual({
      id: "case",
      ...nothing,
      after_withdraw: null,
    });
    const loop = candidate(1, { as_path: [{ type: "set", asns: [64500] }] });
    expect(decide(router, decisionCase([loop]))).toMatchObject(nothing);
    expect(decide(router, decisionCase([]))).toMatchObject(nothing);
  });

  it("lets paths arrive in their order, whatever their place in the list", () => {
    const paths = [candidate(1, { arrival: 2 }), candidate(2, { arrival: 1 })];
    const settings = { compare_router_id: false };
    expect(decide(router, decisionCase(paths, settings))).toMatchObject({
      best: "192.0.2.2",
      step: "older",
    });
  });

  it.each(steps)("is decided by %s", (step, better, worse) => {
    // By its router id and its address the better one would lose.
    const paths = [candidate(2, worse), candidate(5, better)];
    const best = step === "addr" ? "192.0.2.2" : "192.0.2.5";
    expect(decide(router, decisionCase(paths))).toMatchObject({ step, best });
  });
});
