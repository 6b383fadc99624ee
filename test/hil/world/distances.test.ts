import { describe, expect, it } from "vitest";
import { parseScenario } from "../../../hil/scenario/load.js";
import type { MetricName, Scenario } from "../../../hil/scenario/scenario.js";
import { initialState } from "../../../hil/scenario/state.js";
import { Background } from "../../../hil/world/background.js";
import { distancesFrom } from "../../../hil/world/distances.js";
import { program } from "../../../hil/world/program.js";
import { Topology } from "../../../hil/world/topology.js";
import { Protection } from "../../../host/protocol/words.js";
import { Router } from "../../../host/router/router.js";
import { parsePrefix } from "../../../host/tables/address.js";
import { planOf, timelineOf } from "./planning.js";

//     Paris -+- Lyon ------ London
//            |    |
//            +- Nice
//            |
//            '- Metz ------ Milan
const NETWORK = `duration: 60s
prefixes: [198.51.100.0/24]
routing: { protocol: igp, metric: link-cost, hold_time: 3s }
sites: { London: , Milan: }
transit: { Lyon: , Nice: , Metz: }
routers: { Paris: }
clients: { office: { router: Paris, queries: 100 } }
links:
  - { between: [Paris, Lyon], rtt: 4ms, cost: 1 }
  - { between: [Paris, Nice], rtt: 6ms, cost: 1 }
  - { between: [Paris, Metz], rtt: 2ms, cost: 5 }
  - { between: [Lyon, Nice], rtt: 8ms, cost: 1 }
  - { between: [Lyon, London], rtt: 10ms, cost: 1 }
  - { between: [Metz, Milan], rtt: 12ms, cost: 3 }
events:
`;

function network(events = "", from = "", to = ""): Scenario {
  const text = NETWORK.replace(from, to);
  return parseScenario("network.yaml", events === "" ? text.replace("events:\n", "") : text + events);
}

describe("the distances from a node", () => {
  const from = (metric: MetricName, node: string, scenario = network()) =>
    Object.fromEntries(distancesFrom(new Topology(scenario), metric, initialState(scenario), node));

  it("are those of the shortest ways in the metric, by the router under test too", () => {
    const ways = (metric: MetricName) => from(metric, "Metz");
    expect(ways("link-cost")).toEqual({ Metz: 0, Milan: 3, Paris: 5, Lyon: 6, Nice: 6, London: 7 });
    expect(ways("hop-count")).toEqual({ Metz: 0, Milan: 1, Paris: 1, Lyon: 2, Nice: 2, London: 3 });
    expect(ways("latency")).toEqual({
      Metz: 0,
      Paris: 1000,
      Lyon: 3000,
      Nice: 4000,
      Milan: 6000,
      London: 8000,
    });
  });

  it("do not lead through a site, unless it forwards", () => {
    const shortcut = "  - { between: [London, Milan], rtt: 1ms, cost: 1 }\nevents:\n";
    expect(from("link-cost", "Metz", network("", "events:\n", shortcut)).Lyon).toBe(6);
    const forwarding = network("", "events:\n", shortcut);
    for (const site of forwarding.sites) site.transit = true;
    expect(from("link-cost", "Metz", forwarding).Lyon).toBe(5);
  });
});

describe("a router in an interior network", () => {
  it("is told how far it is from neighbor to neighbor, and from each back to it", () => {
    const { distances } = planOf(network());
    const table = [0, 1, 2].map(from =>
      distances.filter(one => one.from === from).map(({ distance }) => distance),
    );
    // Lyon, Nice and Metz; on the diagonal to Paris.
    expect(table).toEqual([
      [1, 1, 6],
      [1, 1, 6],
      [6, 6, 5],
    ]);
  });

  it("is told nothing of it with eBGP", () => {
    const plan = planOf(network("", "protocol: igp", "protocol: ebgp"));
    expect(plan.distances).toEqual([]);
  });

  it("is told anew by each neighbor for which a metric changes them, when that has heard of it", () => {
    const events = "  - { at: 10s, metric: { link: [Lyon, Nice], cost: 9 } }\n";
    expect(timelineOf(planOf(network(events)))).toEqual([
      "10002 DISTANCE Lyon-Nice 2",
      "10003 ANNOUNCE Nice 2/10/9000",
      "10003 DISTANCE Nice-Lyon 2",
    ]);
  });

  it("is told nothing where the metric that changes does not rank", () => {
    const events = "  - { at: 10s, latency: { link: [Lyon, Nice], rtt: 90ms } }\n";
    expect(timelineOf(planOf(network(events))).filter(entry => entry.includes("DISTANCE"))).toEqual([]);
  });

  it("has a backup that reaches another site without the neighbor that may die, though one through it is better", async () => {
    const scenario = network();
    const plan = planOf(scenario);
    const router = await Router.load();
    const background = Background.of(scenario.routers[0]!, scenario.prefixes, null);
    for (const step of program(scenario, plan, background, 1)) {
      if (step.name !== "ANNOUNCE") router.call(step.name, step.values as never, step.tail);
      else
        for (const { family, tail } of step.batches)
          router.call("ANNOUNCE", { slot: step.slot, family }, tail);
    }
    const { family, length, bytes: address } = parsePrefix("198.51.100.0/24");
    const { best, backup, protection } = router.call("ROUTE", { family, length, address });
    const name = (neighbor: number) => plan.neighbors[neighbor]!.node;
    expect([name(best), name(backup)]).toEqual(["Lyon", "Metz"]);
    expect(protection).toBe(Protection.LINK | Protection.NODE);
  });
});
