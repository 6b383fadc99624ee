import type { Scenario } from "../../../hil/scenario/scenario.js";
import { newsOf } from "../../../hil/world/news.js";
import { planRouter, type RouterPlan } from "../../../hil/world/plan.js";
import { Topology } from "../../../hil/world/topology.js";
import { EventKind } from "../../../host/protocol/words.js";

export function planOf(scenario: Scenario, router = scenario.routers[0]!.name, seed = 1): RouterPlan {
  const tested = scenario.routers.find(({ name }) => name === router)!;
  return planRouter(scenario, new Topology(scenario), newsOf(scenario), tested, seed);
}

const kindNames = new Map<number, string>(Object.entries(EventKind).map(([name, value]) => [value, name]));

/** The timeline in words: "10004 SILENCE London", times in milliseconds. */
export function timelineOf(plan: RouterPlan): string[] {
  const name = (neighbor: number) => plan.neighbors[neighbor]!.node;
  return plan.timeline.map(({ time, kind, subject, argument }) => {
    if (kind === EventKind.DISTANCE)
      return `${time / 1000} DISTANCE ${name(subject % 256)}-${name(subject >> 8)} ${argument}`;
    const about = name(subject);
    const path = plan.paths[argument];
    const how =
      kind === EventKind.ANNOUNCE
        ? ` ${path!.asPath.join("-") || `${path!.hops}/${path!.cost}/${path!.latency}`}`
        : kind === EventKind.COST || kind === EventKind.LATENCY
          ? ` ${argument}`
          : "";
    return `${time / 1000} ${kindNames.get(kind)} ${about}${how}`;
  });
}
