import { describe, expect, it } from "vitest";
import { runScenario } from "../../hil/run.js";
import { checkExpectations } from "../../hil/world/expectations.js";
import { openTarget } from "../../host/target/open.js";
import { FakeTarget } from "./fake-target.js";
import { small, withEvents } from "./small-scenario.js";

const wasm = () => openTarget("wasm");

describe("a scenario on the core", () => {
  it.each(["0.0.0.0/0", "::/0", "192.0.2.0/24"])("is answered whatever the prefix: %s", async prefix => {
    const scenario = small(["198.51.100.0/24", prefix]);
    const { observations } = await runScenario(scenario, { openTarget: wasm });
    expect(checkExpectations(scenario, observations).every(({ pass }) => pass)).toBe(true);
  });

  it("fits a small target whatever the lengths of its prefixes", async () => {
    const long = Array.from({ length: 6 }, (_, i) => `198.51.100.${i}/32`);
    const scenario = small([
      "  - 198.51.100.0/24",
      [...long, "192.0.2.0/25", "2001:db8::/32", "2001:db8:1::/56", "2001:db8:2:3::/64", "2001:db8:4::1/128"]
        .map(prefix => `  - "${prefix}"`)
        .join("\n"),
    ]);
    const mcu = () => openTarget("wasm-mcu");
    const { observations } = await runScenario(scenario, { openTarget: mcu });
    expect(checkExpectations(scenario, observations).every(({ pass }) => pass)).toBe(true);
  });

  it("gives one observation a repeat, and says what it ran on", async () => {
    const { observations, targets } = await runScenario(small(), { openTarget: wasm, repeat: 3 });
    expect(observations).toHaveLength(3);
    expect(targets).toMatchObject([{ router: "Paris", target: "wasm", clock: "virtual" }]);
    expect(checkExpectations(small(), observations).every(({ pass }) => pass)).toBe(true);
  });

  it("is the same where all its routers have one target, which plays them one after the other", async () => {
    const scenario = small(
      ["  Paris:", "  Paris:\n  Osaka:"],
      ["links:", "links:\n  - { between: [Osaka, London], rtt: 9ms }"],
      ["  office:", "  branch: { router: Osaka, queries: 100 }\n  office:"],
    );
    const own = await runScenario(scenario, { openTarget: wasm, repeat: 2 });
    const target = await openTarget("wasm");
    const shared = await runScenario(scenario, { openTarget: async () => target, repeat: 2 });
    expect(shared).toEqual(own);
    expect(shared.observations[0]!.streams.map(({ client }) => client)).toContain("branch");
  });

  it("is the same with the same seed, and samples other phases with another and in each repeat", async () => {
    const run = async (seed: number) =>
      (await runScenario(small(), { openTarget: wasm, seed, repeat: 2 })).observations;
    const [one, again, other] = [await run(1), await run(1), await run(2)];
    expect(JSON.stringify(again)).toBe(JSON.stringify(one));
    const starts = [...one, ...other].map(({ streams }) => streams[0]!.start);
    expect(new Set(starts).size).toBe(4);
  });

  it("loses from a silent death on until the hold timer expires, whatever the phase of the keep-alives", async () => {
    const scenario = withEvents("  - { at: 10s, silent_death: [Paris, London] }\n", [
      "queries: 100",
      "queries: 10000",
    ]);
    const { observations } = await runScenario(scenario, { openTarget: wasm, repeat: 10 });
    const gaps = observations.map(({ streams }) => {
      const lost = streams[0]!.spans.filter(({ site }) => site === null);
      expect(lost).toHaveLength(1);
      return lost[0]!.packets / 10;
    });
    // Three keep-alives, the first of them up to one interval before the death; one packet either way.
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(19.9);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30.1);
    expect(new Set(gaps).size).toBeGreaterThan(5);
  });

  it("spreads sessions over paths of equal rank where it may, by their weights", async () => {
    const scenario = small(
      ["  Paris:", "  Paris: { max_paths: 2, buckets: 64 }"],
      ["  London:", "  London: { weight: 3 }"],
      ["rtt: 4ms", "rtt: 4ms, cost: 80"],
      ["concurrent: 2, length: 2s", "concurrent: 8, length: 500ms"],
      ["expect: { office: London }\n", ""],
      ["    expect: { office: New York }\n", ""],
      ["at: 10s", "at: 59s"],
    );
    const { observations } = await runScenario(scenario, { openTarget: wasm });
    const homes = observations[0]!.streams.flatMap(({ sessions }) => sessions.map(({ site }) => site));
    const share = homes.filter(site => site === "London").length / homes.length;
    expect(share).toBeGreaterThan(0.65);
    expect(share).toBeLessThan(0.85);
  });

  it("fills the table with as many other prefixes as it is told", async () => {
    const scenario = small(
      ["  Paris:", "  Paris: { background_prefixes: 300 }"],
      ["withdraw: London", "port_down: London"],
    );
    const { observations } = await runScenario(scenario, { openTarget: wasm });
    expect(observations[0]!.repairs[0]).toMatchObject({ prefixes: 301, event: "e1" });
    expect(checkExpectations(scenario, observations).every(({ pass }) => pass)).toBe(true);
  });
});

describe("a table that does not fit the target", () => {
  const mcu = () => openTarget("wasm-mcu");

  it("is refused at the place that says how large it is", async () => {
    const scenario = small(["  Paris:", "  Paris: { background_prefixes: 70000 }"]);
    await expect(runScenario(scenario, { openTarget: mcu })).rejects.toThrow(
      /^small.yaml:9:12: expected a table that fits into wasm-mcu, found 70001 prefixes in Paris \(\d+ bytes of memory are missing\)$/,
    );
  });
});

describe("a target", () => {
  it("is given everything in an order that it can follow, and its records are read to the last", async () => {
    const target = new FakeTarget();
    const { observations } = await runScenario(small(), { openTarget: async () => target });
    const names = target.requests.map(({ name }) => name);
    const order = [...new Set(names)];
    expect(order).toEqual([
      "HELLO",
      "CONFIGURE",
      "SETTINGS",
      "FLOWS",
      "PORT",
      "NEIGHBOR",
      "PATH",
      "ANNOUNCE",
      "SPEAKER",
      "STREAM",
      "EVENT",
      "RUN",
      "PROGRESS",
      "RECORDS",
    ]);
    expect(names.filter(name => name === "RECORDS").length).toBeGreaterThan(1);
    expect(observations[0]!.streams.map(({ packets }) => packets)).toEqual([6000, 600, 590]);
  });

  it("is closed at the end, and where something fails", async () => {
    const target = new FakeTarget();
    await runScenario(small(), { openTarget: async () => target });
    expect(target.closed).toBe(true);
    const failing = new FakeTarget({ lost: 3 });
    await expect(runScenario(small(), { openTarget: async () => failing })).rejects.toThrow(
      "Paris had no room for 3 of its records",
    );
    expect(failing.closed).toBe(true);
  });

  it("is closed where the one after it cannot be opened", async () => {
    const scenario = small(
      ["  Paris:", "  Paris:\n  Osaka:"],
      ["links:", "links:\n  - { between: [Osaka, London], rtt: 1ms }"],
    );
    const target = new FakeTarget();
    const open = async ({ name }: { name: string }) => {
      if (name === "Osaka") throw new Error("no such board");
      return target;
    };
    await expect(runScenario(scenario, { openTarget: open })).rejects.toThrow("no such board");
    expect(target.closed).toBe(true);
  });

  it("that is still at work is given more time, and given up in the end", async () => {
    const slow = new FakeTarget({ stillRunning: 3 });
    await runScenario(small(), { openTarget: async () => slow });
    const stuck = new FakeTarget({ stillRunning: Number.POSITIVE_INFINITY });
    await expect(runScenario(small(), { openTarget: async () => stuck })).rejects.toThrow("Paris still runs");
  });

  it("tells how late it was", async () => {
    const late = new FakeTarget({ lateness: 42 });
    const { observations } = await runScenario(small(), { openTarget: async () => late });
    expect(observations[0]!.lateness).toBe(42);
  });

  it("reports progress over all repeats", async () => {
    const shares: number[] = [];
    const onProgress = (share: number) => shares.push(share);
    await runScenario(small(), { openTarget: async () => new FakeTarget(), repeat: 2, onProgress });
    expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it("reports a background table's load as half of the progress", async () => {
    const scenario = small();
    const [router] = scenario.routers;
    const shares: number[] = [];
    const onProgress = (share: number) => shares.push(share);
    const routers = [{ ...router!, background: 1000 }];
    await runScenario({ ...scenario, routers }, { openTarget: async () => new FakeTarget(), onProgress });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.filter(share => share <= 0.5).length).toBeGreaterThan(10);
    expect(shares.slice(-2)).toEqual([0.75, 1]);
  });
});
