import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runScenario } from "../../../hil/run.js";
import { loadScenario, shippedScenarios } from "../../../hil/scenario/load.js";
import { checkExpectations } from "../../../hil/world/expectations.js";
import { synthesize } from "../../../host/tables/synth.js";
import { openTarget } from "../../../host/target/open.js";

async function failures(
  name: string,
  options: { repeat?: number; table?: boolean } = {},
): Promise<unknown[]> {
  const scenario = await loadScenario(name, { table: options.table ?? false });
  const table = options.table ? synthesize({ prefixes4: 20_000, prefixes6: 3000 }) : null;
  const { observations } = await runScenario(scenario, {
    openTarget: () => openTarget("wasm"),
    repeat: options.repeat ?? 1,
    table,
  });
  const expectations = checkExpectations(scenario, observations);
  expect(expectations.length).toBeGreaterThan(0);
  return expectations.filter(({ pass }) => !pass);
}

it("the scenarios that ship are these", () => {
  expect(shippedScenarios()).toEqual([
    "ddos",
    "flap",
    "flap-damping",
    "full-table",
    "graceful-shutdown",
    "hop-count",
    "latency",
    "link-cost",
    "pinning",
    "silent-death",
    "three-sites",
    "weighted-drain",
  ]);
});

it("a name that is neither shipped nor a file is refused with those that ship", async () => {
  await expect(loadScenario("three-cites")).rejects.toThrow(
    /^three-cites: expected a scenario file, or one of ddos, .*, three-sites.*, found no such file$/,
  );
});

describe.each(shippedScenarios())("%s", name => {
  it("says what it shows, and expects something of every client before and after", async () => {
    const { title, description, clients, stretches } = await loadScenario(name);
    expect(title).not.toBe(name);
    expect(description.length).toBeGreaterThan(100);
    const expected = new Set(stretches.flatMap(stretch => stretch.clients.map(({ client }) => client)));
    expect([...expected].sort()).toEqual(clients.map(({ name }) => name).sort());
    expect(stretches[0]!.clients.length).toBeGreaterThan(0);
  });

  it("comes true on the core, at several phases", async () => {
    expect(await failures(name, { repeat: 2 })).toEqual([]);
  });
});

it("full-table comes true with a table of its own", async () => {
  expect(await failures("full-table", { table: true })).toEqual([]);
});

it("the three metrics rank one network: the files differ in the metric and the expectations alone", () => {
  const network = (name: string) => {
    const text = readFileSync(new URL(`../../../hil/scenarios/${name}.yaml`, import.meta.url), "utf8");
    return text.slice(text.indexOf("duration:"), text.indexOf("expect:")).replace(/metric: .*/, "");
  };
  expect(network("link-cost")).toBe(network("hop-count"));
  expect(network("latency")).toBe(network("hop-count"));
});
