import { describe, expect, it } from "vitest";
import { parseScenario } from "../../../hil/scenario/load.js";
import { printTime, readTime } from "../../../hil/scenario/quantity.js";
import { formatAddress } from "../../../host/tables/address.js";
import { edited, small, withEvents } from "../small-scenario.js";

describe("times", () => {
  it("are read in any unit, and in several", () => {
    const texts = ["0s", "1us", "1µs", "2.5ms", "250 ms", "10s", "1m30s", "1m 30s", "2min", "1h"];
    expect(texts.map(readTime)).toEqual([0, 1, 1, 2500, 250_000, 10e6, 90e6, 90e6, 120e6, 3600e6]);
  });

  it("need a unit, unless they are 0", () => {
    expect([0, 1, "1", "", "s", "-1s", "1s2", null].map(readTime)).toEqual([
      0,
      ...new Array(7).fill(undefined),
    ]);
  });

  it("are printed as they are read", () => {
    expect([0, 7, 1500, 250_000, 90e6].map(printTime)).toEqual(["0s", "7us", "1500us", "250ms", "90s"]);
  });
});

describe("what a scenario leaves unsaid", () => {
  it("gives links a cost of their round trip in milliseconds, at least 1", () => {
    expect(small().links.map(({ latency, cost }) => [latency, cost])).toEqual([
      [2000, 4],
      [40_000, 80],
    ]);
    expect(small(["rtt: 4ms", "latency: 10us"]).links[0]).toMatchObject({ latency: 10, cost: 1 });
  });

  it("gives routers AS numbers of their own, and all sites the same", () => {
    const { routers, sites } = small(
      ["  Paris:", "  Osaka:\n  Paris:"],
      ["links:", "links:\n  - { between: [Osaka, Paris], rtt: 1ms }"],
    );
    expect(routers.map(({ asn }) => asn)).toEqual([64496, 64497]);
    expect(sites.map(({ asn }) => asn)).toEqual([64500, 64500]);
  });

  it("makes keep-alives a third of the hold time, and clients ask every prefix", () => {
    const scenario = small(["  - 198.51.100.0/24", "  - 198.51.100.0/24\n  - 2001:db8:53::/48"]);
    expect(scenario.routers[0]).toMatchObject({
      holdTime: 30_000,
      keepAlive: 10_000,
      maxPaths: 1,
      background: 0,
    });
    expect(scenario.clients[0]?.prefixes).toEqual(["198.51.100.0/24", "2001:db8:53::/48"]);
  });

  it("has BFD on the links that it is said of, or on all", () => {
    const sessions = (...edits: [string, string][]) => small(...edits).links.map(({ bfd }) => bfd);
    expect(sessions()).toEqual([null, null]);
    const everywhere: [string, string] = ["hold_time: 30ms", "bfd: { interval: 10ms }"];
    expect(sessions(everywhere)).toEqual(Array(2).fill({ interval: 10_000, multiplier: 3 }));
    const one: [string, string] = ["rtt: 4ms", "rtt: 4ms, bfd: { interval: 5ms, multiplier: 2 }"];
    expect(sessions(one)).toEqual([{ interval: 5000, multiplier: 2 }, null]);
    expect(sessions(everywhere, one)[0]).toEqual({ interval: 5000, multiplier: 2 });
  });

  it("holds nothing back unless it says so", () => {
    const none = { waitToRestore: 0, damping: null, gracefulShutdown: true };
    expect(small().links.map(({ reversion }) => reversion)).toEqual([none, none]);
  });

  it("lets back by the links that it is said of, or by all", () => {
    const links = (...edits: [string, string][]) => small(...edits).links.map(({ reversion }) => reversion);
    const everywhere: [string, string] = [
      "hold_time: 30ms",
      "hold_time: 30ms, wait_to_restore: 10s, graceful_shutdown: false, damping: { half_life: 1m, suppress: 2000 }",
    ];
    const damping = {
      halfLife: 60e6,
      maxSuppress: 3600e6,
      penalty: 1000,
      suppress: 2000,
      reuse: 750,
    };
    const said = { waitToRestore: 10e6, damping, gracefulShutdown: false };
    expect(links(everywhere)).toEqual([said, said]);
    const one: [string, string] = ["rtt: 4ms", "rtt: 4ms, wait_to_restore: none, damping: none"];
    expect(links(everywhere, one)).toEqual([{ ...said, waitToRestore: 0, damping: null }, said]);
    const own: [string, string] = ["rtt: 4ms", "rtt: 4ms, damping: {}, graceful_shutdown: false"];
    const usual = { ...damping, halfLife: 900e6, suppress: 6000 };
    expect(links(own)[0]).toEqual({ waitToRestore: 0, damping: usual, gracefulShutdown: false });
  });

  it("has the network around notice a death as fast as BFD does", () => {
    expect(small(["hold_time: 30ms", "bfd: { interval: 20ms, multiplier: 5 }"]).routing.holdTime).toBe(
      100_000,
    );
  });

  it("takes title and name from the file", () => {
    expect(small()).toMatchObject({ name: "small", title: "small", description: "" });
  });
});

describe("short and long forms mean the same", () => {
  it("for expectations", () => {
    const long = small(["{ office: London }", "{ office: { site: London } }"]);
    expect(long.stretches[0]?.clients[0]?.sites.map(({ site }) => site)).toEqual(["London"]);
  });

  it("for bounds, where a number alone is the most", () => {
    const bounds = (text: string) =>
      small(["office: New York", `office: { lost: ${text} }`]).stretches[1]?.clients[0]?.bounds[0]?.bounds;
    expect(bounds("3")).toEqual({ atLeast: 0, atMost: 3 });
    expect(bounds("{ at_most: 3 }")).toEqual(bounds("3"));
    expect(bounds("{ at_least: 1 }")).toEqual({ atLeast: 1, atMost: Number.POSITIVE_INFINITY });
  });

  it("for changes of a site, and for the ends of a link in either order", () => {
    const one = withEvents("  - { at: 1s, withdraw: London }\n  - { at: 2s, port_down: [London, Paris] }\n");
    const other = withEvents(
      "  - { at: 1s, withdraw: { site: London, prefixes: [198.51.100.0/24] } }\n  - { at: 2s, port_down: [Paris, London] }\n",
    );
    expect(one.events).toEqual(other.events);
  });

  it("for rates and shares", () => {
    expect(small(["queries: 100", "queries: 100/s"]).clients).toEqual(small().clients);
    expect(small(["rtt: 4ms", "rtt: 4ms, loss: 2%"]).links).toEqual(
      small(["rtt: 4ms", "rtt: 4ms, loss: 0.02"]).links,
    );
  });
});

it("an alias stands for what it names, and complaints name the place where that stands", () => {
  const text = edited(["London:\n", "London: &site { capacity: 7 }\n"], ["New York:\n", "New York: *site\n"]);
  expect(parseScenario("a.yaml", text).sites.map(({ capacity }) => capacity)).toEqual([7, 7]);
  expect(() => parseScenario("a.yaml", text.replace("capacity: 7", "capacity: 0"))).toThrow(/^a.yaml:6:29: /);
});

it("an alias of nothing is refused at its own place", () => {
  const text = edited(["New York:\n", "New York: *site\n"]);
  expect(() => parseScenario("a.yaml", text)).toThrow(
    "a.yaml:7:13: expected an alias of an anchor before it, found *site",
  );
});

describe("queries to a prefix go to", () => {
  it.each([
    ["198.51.100.0/24", "198.51.100.1"],
    ["198.51.100.7/32", "198.51.100.7"],
    ["0.0.0.0/0", "1.0.0.0"],
    ["::/0", "::2"],
    ["192.0.2.0/30", "192.0.2.1"],
    ["192.0.2.2/32", null],
    ["127.0.0.0/8", null],
    ["224.0.0.0/4", null],
    ["fe80::/10", null],
    ["192.0.2.128/26", "192.0.2.129"],
  ])("%s: %s", (prefix, address) => {
    const text = edited(["198.51.100.0/24", prefix]);
    if (address === null) {
      expect(() => parseScenario("a.yaml", text)).toThrow(
        `a.yaml:3:5: expected a prefix with an address that is forwarded, and is none of the rig's own, found "${prefix}"`,
      );
    } else expect(formatAddress(parseScenario("a.yaml", text).prefixes[0]!.target)).toBe(address);
  });
});

describe("a flap", () => {
  const flap = withEvents(
    "  - { at: 10s, id: f, flap: { withdraw: London, down: 1s, up: 2s, times: 2 }, expect: { office: London } }\n",
  );

  it("is unrolled into the changes that it stands for", () => {
    expect(flap.events.map(({ id, time, text }) => `${id} ${time / 1e6} ${text}`)).toEqual([
      "f.1 10 London withdraws",
      "f.2 11 London announces",
      "f.3 13 London withdraws",
      "f.4 14 London announces",
    ]);
  });

  it("is one stretch with one set of expectations, of the state that it leaves", () => {
    expect(flap.stretches[1]).toMatchObject({
      text: "after London withdraws and comes back, 2 times",
      events: ["f.1", "f.2", "f.3", "f.4"],
      from: 10e6,
      to: 60e6,
    });
  });

  it("ends as it began, with every link of a node too", () => {
    const { events } = withEvents("  - { at: 1s, flap: { port_down: Paris, down: 1s, up: 1s, times: 1 } }\n");
    expect(events.map(({ text }) => text)).toEqual([
      "every link of Paris goes down",
      "every link of Paris comes up",
    ]);
    expect(events[0]?.change).toMatchObject({
      links: [
        ["Paris", "London"],
        ["Paris", "New York"],
      ],
    });
  });
});

describe("events in words", () => {
  it.each([
    ["withdraw: { site: London, prefixes: [198.51.100.0/24] }", "London withdraws"],
    ["announce: { site: London, prepend: 2, med: 5 }", "London announces with prepending 2 and MED 5"],
    ["silent_death: [Paris, London]", "the link Paris - London dies silently"],
    ["metric: { link: [London, Paris], cost: 9 }", "the link Paris - London costs 9"],
    ["latency: { link: [London, Paris], rtt: 9ms }", "the link Paris - London takes 9 ms there and back"],
    ["overload: { clients: office, queries: 500, for: 1s }", "office sends 500 more queries/s until 2 s"],
    ["overload: { clients: office, queries: 500 }", "office sends 500 more queries/s"],
  ])("%s", (event, text) => {
    expect(withEvents(`  - { at: 1s, ${event} }\n`).events[0]?.text).toBe(text);
  });
});

describe("a router with the table of the run", () => {
  const text = edited(
    ["  Paris:", "  Paris:\n  Full: { background_prefixes: table }"],
    ["clients:", "clients:\n  other: { router: Full, queries: 1 }"],
    [
      "links:",
      "links:\n  - { between: [Full, London], rtt: 1ms }\n  - { between: [Full, New York], rtt: 2ms }",
    ],
    ["withdraw: London", "port_down: London\n    repair: { same_on: [Paris, Full] }"],
    ["{ office: New York }", "{ office: New York, other: New York }"],
  );

  it("is there where the run is given one", () => {
    const scenario = parseScenario("a.yaml", text, { table: true });
    expect(scenario.routers.map(({ background }) => background)).toEqual([0, "table"]);
    expect(scenario.stretches[1]?.clients.map(({ client }) => client)).toEqual(["office", "other"]);
  });

  it("is left out otherwise, with all that concerns it", () => {
    const scenario = parseScenario("a.yaml", text);
    expect(scenario.routers.map(({ name }) => name)).toEqual(["Paris"]);
    expect(scenario.clients.map(({ name }) => name)).toEqual(["office"]);
    expect(scenario.links.flatMap(({ ends }) => ends)).not.toContain("Full");
    expect(scenario.events[0]?.change).toMatchObject({ links: [["Paris", "London"]] });
    expect(scenario.stretches[1]?.clients.map(({ client }) => client)).toEqual(["office"]);
    expect(scenario.leftOut).toEqual(["Full"]);
    expect(scenario.stretches[1]?.sameRepair).toBeNull();
  });

  it("takes what sites are expected to be offered along", () => {
    const judged = text.replace("expect: ", "load: { London: 3 }\nexpect: ");
    const sites = (table: boolean) => parseScenario("a.yaml", judged, { table }).stretches[0]!.sites;
    expect([sites(true).length, sites(false).length]).toEqual([1, 0]);
  });

  it("is asked for a table where nobody else has a client", () => {
    const alone = edited(["  Paris:", "  Paris: { background_prefixes: table }"]);
    expect(() => parseScenario("a.yaml", alone)).toThrow(
      "a.yaml:9:12: expected --table, without which no client is left, found none",
    );
    expect(parseScenario("a.yaml", alone, { table: true }).leftOut).toEqual([]);
  });

  it("is checked all the same", () => {
    expect(() => parseScenario("a.yaml", text.replace("router: Full", "router: Fulll"))).toThrow(
      /found "Fulll"/,
    );
  });
});
