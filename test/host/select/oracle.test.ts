/** The reference cases beside a checkout, answered by real routers; without them there is nothing to compare with. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Router } from "../../../host/router/router.js";
import type { DecisionCase } from "../../../host/select/case.js";
import { type Decision, decide } from "../../../host/select/decide.js";
import { readCases } from "../../../host/select/read-cases.js";
import { sharedPath } from "../../shared-data.js";

interface Answered {
  answers: Record<string, { best: string | null; multipath: string[]; after_withdraw?: string | null }>;
  model: { rfc4271: { best: string | null; step: string; after_withdraw?: string | null } };
  consensus: boolean;
}

const path = sharedPath("oracle/public.jsonl");
const text = path === null ? "" : readFileSync(path, "utf8");
const cases = readCases("public.jsonl", text);
const answered = text
  .split("\n")
  .filter(line => line !== "")
  .map(line => JSON.parse(line) as Answered);

const router = await Router.load();
const decisions = cases.map((decisionCase, index) => ({
  decisionCase,
  decision: decide(router, decisionCase),
  ...answered[index]!,
}));

type Answer = { best: string | null; after_withdraw?: string | null };

/** Ids of the decisions that differ from what `given` says of their case. */
function differences(
  among: (of: { decisionCase: DecisionCase; consensus: boolean }) => boolean,
  given: (answered: Answered) => Answer[],
  agree: (decision: Decision, answer: Answer) => boolean,
): string[] {
  return decisions
    .filter(among)
    .filter(({ decision, ...other }) => given(other).some(answer => !agree(decision, answer)))
    .map(({ decision }) => decision.id);
}

function agree(decision: Decision, answer: Answer): boolean {
  return decision.best === answer.best && decision.after_withdraw === answer.after_withdraw;
}

function isOrderFree({ settings }: DecisionCase): boolean {
  return settings.deterministic_med && settings.compare_router_id;
}

describe("the answers of real routers", () => {
  it("are ours where arrival order does not count: BIRD's, FRR's and the text's", () => {
    const binding = ({ answers, model }: Answered) => [
      answers["bird-2.0.12"]!,
      answers["frr-8.4.4"]!,
      model.rfc4271,
    ];
    expect(differences(({ decisionCase }) => isOrderFree(decisionCase), binding, agree)).toEqual([]);
  });

  it("are ours where arrival order counts: BIRD's", () => {
    const bird = ({ answers }: Answered) => [answers["bird-2.0.12"]!];
    expect(differences(({ decisionCase }) => !isOrderFree(decisionCase), bird, agree)).toEqual([]);
  });

  it("are ours where all routers agree", () => {
    // They agree on the best path; once it is withdrawn they may part.
    const all = ({ answers }: Answered) => Object.values(answers);
    const same = (decision: Decision, { best }: Answer) => decision.best === best;
    expect(differences(({ consensus }) => consensus, all, same)).toEqual([]);
  });

  it("share traffic among the same paths as BIRD", () => {
    const different = decisions.filter(
      ({ decision, answers }) =>
        JSON.stringify(decision.multipath) !== JSON.stringify(answers["bird-2.0.12"]!.multipath.toSorted()),
    );
    expect(different.map(({ decision }) => decision.id)).toEqual([]);
  });

  it("are decided by the step that the text gives, where arrival order does not count", () => {
    const different = decisions.filter(
      ({ decisionCase, decision, model }) =>
        isOrderFree(decisionCase) && decision.step !== model.rfc4271.step,
    );
    expect(different.map(({ decision }) => decision.id)).toEqual([]);
  });
});
