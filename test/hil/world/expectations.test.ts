import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../../hil/measure/outcome.js";
import type { Scenario } from "../../../hil/scenario/scenario.js";
import { checkExpectations } from "../../../hil/world/expectations.js";
import { observe } from "../../../hil/world/observe.js";
import { RecordKind, Status } from "../../../host/protocol/words.js";
import { small, withEvents } from "../small-scenario.js";
import { planOf } from "./planning.js";
import { type Move, observed, record, recordsOf } from "./recording.js";

/** London until `gap` packets after the withdrawal (10 s), then New York. TCP streams move at once. */
function failover(scenario: Scenario, gap: number, then = "New York") {
  const moves = planOf(scenario).streams.map(({ start, interval, transport }): Move[] => {
    const moved = Math.ceil((10e6 - start) / interval);
    const lost = transport === "udp" ? gap : 0;
    return [
      { first: 0, to: "London" },
      ...(lost > 0 ? [{ first: moved, to: "NO_NEXT_HOP" } as const] : []),
      { first: moved + lost, to: then },
    ];
  });
  return observed(scenario, stream => moves[stream]!);
}

function check(expected: string, gap: number, then?: string) {
  const scenario = small(["{ office: New York }", `{ office: ${expected} }`]);
  return checkExpectations(scenario, [failover(scenario, gap, then)]).slice(1);
}

describe("a site that is expected", () => {
  it("is met where the client's queries reach it at the end", () => {
    expect(checkExpectations(small(), [failover(small(), 3)])).toEqual([
      {
        text: "before any event, office reaches London",
        expected: "London",
        found: "London",
        pass: true,
        line: 15,
      },
      {
        text: "after London withdraws, office reaches New York",
        expected: "New York",
        found: "New York",
        pass: true,
        line: 19,
      },
    ]);
  });

  it("is missed where they reach another, or none", () => {
    expect(check("New York", 0, "London")[0]).toMatchObject({ found: "London", pass: false });
    expect(check("New York", 0, "NO_ROUTE")[0]).toMatchObject({ found: "no site", pass: false });
  });

  it("may be none", () => {
    expect(check("none", 0, "NO_ROUTE")[0]).toMatchObject({
      expected: "no site",
      found: "no site",
      pass: true,
    });
    expect(check("none", 0)[0]).toMatchObject({ expected: "no site", found: "New York", pass: false });
  });

  it("must be reached in every repeat", () => {
    const observations = [failover(small(), 0), failover(small(), 0, "London")];
    expect(checkExpectations(small(), observations)[1]).toMatchObject({
      found: "London (1 of 2 repeats)",
      pass: false,
    });
  });

  it("is one expectation for all prefixes, missed where one of them goes elsewhere", () => {
    const scenario = small(["  - 198.51.100.0/24", "  - 198.51.100.0/24\n  - 2001:db8:53::/48"]);
    const astray = observed(scenario, stream => [{ first: 0, to: stream < 3 ? "London" : "New York" }]);
    expect(checkExpectations(scenario, [astray])[0]).toMatchObject({ found: "New York", pass: false });
  });

  it("can be another for each prefix", () => {
    const scenario = small(
      ["  - 198.51.100.0/24", "  - 198.51.100.0/24\n  - 2001:db8:53::/48"],
      ["withdraw: London", "withdraw: { site: London, prefixes: [2001:db8:53::/48] }"],
      ["office: New York", "office: { site: New York, prefixes: { 198.51.100.0/24: London } }"],
    );
    const moves = (stream: number): Move[] => [
      { first: 0, to: "London" },
      ...(stream < 3 ? [] : [{ first: stream === 3 ? 1001 : 101, to: "New York" }]),
    ];
    const found = checkExpectations(scenario, [observed(scenario, moves)]);
    expect(found.map(({ text, pass }) => `${text}: ${pass}`)).toEqual([
      "before any event, office reaches London: true",
      "after London withdraws 2001:db8:53::/48, office reaches New York: true",
      "after London withdraws 2001:db8:53::/48, office reaches London: true",
    ]);
  });
});

describe("bounds", () => {
  it("hold for the gap", () => {
    expect(check("{ gap: 30ms }", 3)[0]).toEqual({
      text: "after London withdraws, the gap of office: at most 30 ms",
      expected: "at most 30 ms",
      found: "30 ms",
      pass: true,
      line: 19,
    });
    expect(check("{ gap: 29ms }", 3)[0]).toMatchObject({ found: "30 ms", pass: false });
  });

  it("of no gap say that no query was lost, and how fine that is", () => {
    const expected = "no query lost for want of a route (< 10 ms)";
    expect(check("{ gap: 0s }", 0)[0]).toMatchObject({ expected, found: "< 10 ms", pass: true });
    expect(check("{ gap: 0s }", 1)[0]).toMatchObject({ expected, found: "10 ms", pass: false });
  });

  it("of a gap finer than the packets fail, whatever was found", () => {
    const found = "packets 10 ms apart, which show nothing finer";
    expect(check("{ gap: 9ms }", 0)[0]).toMatchObject({ expected: "at most 9 ms", found, pass: false });
    expect(check("{ gap: 10ms }", 0)[0]).toMatchObject({ found: "< 10 ms", pass: true });
  });

  it("fail where no packet was sent", () => {
    const { start, interval } = planOf(small()).streams[0]!;
    const instant = (time: number) => start + 1000 * interval + time;
    const scenario = withEvents(
      "  - { at: 10s, withdraw: London }\n" +
        `  - { at: ${instant(2000)}us, announce: London, expect: { office: { gap: 0s, lost: 0 } } }\n` +
        `  - { at: ${instant(4000)}us, withdraw: London }\n`,
      [", sessions: { concurrent: 2, length: 2s }", ""],
    );
    const found = checkExpectations(scenario, [observed(scenario, () => [{ first: 0, to: "London" }])]);
    expect(found.slice(1)).toMatchObject([
      { found: "no packet", pass: false },
      { found: "no packet", pass: false },
    ]);
  });

  it("judge the gap that the report shows: all loss periods of the event together", () => {
    const scenario = small(["office: New York", "office: { gap: 50ms }"]);
    const seen = observed(scenario, () => [
      { first: 0, to: "London" },
      { first: 1100, to: "NO_ROUTE" },
      { first: 1103, to: "London" },
      { first: 1200, to: "NO_ROUTE" },
      { first: 1202, to: "London" },
    ]);
    expect(checkExpectations(scenario, [seen])[1]).toMatchObject({ found: "50 ms", pass: true });
    const { outcome } = outcomeOf(seen, seen.events[0]!, 0);
    expect(outcome.lossOfConnectivity?.value).toBe(50_000);
  });

  it("hold for lost queries and broken sessions, from below and from above", () => {
    expect(check("{ lost: { at_least: 4 } }", 3)[0]).toMatchObject({
      expected: "at least 4",
      found: "3",
      pass: false,
    });
    expect(check("{ lost: { at_least: 2, at_most: 3 } }", 3)[0]).toMatchObject({
      expected: "2 to 3",
      found: "3",
      pass: true,
    });
    // Both sessions are open at 10 s, or one is just about to be.
    expect(check("{ sessions_broken: { at_least: 1, at_most: 2 } }", 0)[0]).toMatchObject({ pass: true });
    expect(check("{ sessions_broken: 0 }", 0)[0]).toMatchObject({ pass: false });
    expect(check("{ sessions_lost: 0 }", 0)[0]).toMatchObject({ found: "0", pass: true });
  });

  it("count sessions whose site died", () => {
    const scenario = small(
      ["withdraw: London", "silent_death: London"],
      ["office: New York", "office: { sessions_lost: 0 }"],
    );
    expect(checkExpectations(scenario, [failover(scenario, 3)])[1]).toMatchObject({ pass: false });
  });

  it("show the spread of all repeats, or the worst, and how many break them", () => {
    const within = (most: number) => {
      const scenario = small(["office: New York", `office: { lost: ${most} }`]);
      return checkExpectations(
        scenario,
        [2, 5, 3, 6].map(gap => failover(scenario, gap)),
      )[1];
    };
    expect(within(6)).toMatchObject({ found: "2 to 6", pass: true });
    expect(within(4)).toMatchObject({ found: "6 (2 of 4 repeats)", pass: false });
  });
});

describe("the load of sites", () => {
  /** An overload of 900 queries a second from 10 s on, of which London serves 500; all of `then` on goes to New York from 20 s on. */
  const loaded = (load: string, until = "50s") =>
    withEvents(
      `  - { at: 10s, overload: { clients: office, queries: 900, for: ${until} }, load: { ${load} } }\n` +
        "  - { at: 20s, withdraw: London, load: { New York: { offered: { at_least: 990, at_most: 1010 } } } }\n",
      ["  London:", "  London: { capacity: 500 }"],
      [", sessions: { concurrent: 2, length: 2s }", ""],
      ["expect: { office: London }", "load: { London: { share: { at_least: 100% } }, New York: 0 }"],
    );
  function found(load: string, until?: string) {
    const scenario = loaded(load, until);
    const { streams } = planOf(scenario);
    const seen = observed(scenario, stream => {
      const { start, interval } = streams[stream]!;
      return [
        { first: 0, to: "London" },
        { first: Math.ceil((20e6 - start) / interval), to: "New York" },
      ];
    });
    return checkExpectations(scenario, [seen]);
  }

  it("is judged on what was offered and served, and its share in all load, up to the next event", () => {
    const all = "London: { offered: { at_least: 990 }, served: { at_least: 495, at_most: 505 }, share: 99% }";
    expect(found(all)).toEqual([
      {
        text: "before any event, the share of London in the load: at least 100 %",
        expected: "at least 100 %",
        found: "100 %",
        pass: true,
        line: 15,
      },
      {
        text: "before any event, the queries offered to New York: exactly 0/s",
        expected: "exactly 0/s",
        found: "0/s",
        pass: true,
        line: 15,
      },
      {
        text: "after office sends 900 more queries/s, the queries offered to London: at least 990/s",
        expected: "at least 990/s",
        found: "1,000/s",
        pass: true,
        line: 17,
      },
      {
        text: "after office sends 900 more queries/s, the queries served by London: 495/s to 505/s",
        expected: "495/s to 505/s",
        found: "500/s",
        pass: true,
        line: 17,
      },
      {
        text: "after office sends 900 more queries/s, the share of London in the load: at most 99 %",
        expected: "at most 99 %",
        found: "100 %",
        pass: false,
        line: 17,
      },
      {
        text: "after London withdraws, the queries offered to New York: 990/s to 1,010/s",
        expected: "990/s to 1,010/s",
        found: "1,000/s",
        pass: true,
        line: 18,
      },
    ]);
  });

  it("is judged up to the end of an overload that comes before the next event", () => {
    const load = "London: { offered: { at_least: 990 } }";
    expect(found(load, "5s")[2]).toMatchObject({ found: "1,000/s", pass: true });
    // The next event finds no overload any more.
    expect(found(load, "5s")[3]).toMatchObject({ found: "100/s", pass: false });
  });
});

describe("the same repair", () => {
  const scenario = small(
    ["  Paris:", "  Paris:\n  Osaka:"],
    [
      "links:",
      "links:\n  - { between: [Osaka, London], rtt: 4ms }\n  - { between: [Osaka, New York], rtt: 80ms }",
    ],
    ["withdraw: London", "withdraw: London\n    repair: { same_on: [Paris, Osaka] }"],
  );

  function repairs(groups: Record<string, number>) {
    const runs = ["Paris", "Osaka"].map(router => {
      const plan = planOf(scenario, router);
      const more = [
        record(10_002_000, RecordKind.EVENT, Status.OK, 0, 0),
        record(10_002_000, RecordKind.REPAIR, 0, groups[router]!, 5),
        record(10_002_000, RecordKind.RESELECT, 0, groups[router]!, 6),
      ];
      const records = [...more, ...recordsOf(plan, () => [{ first: 0, to: "London" }])];
      return { plan, records, lateness: 0, prefixes: 1 };
    });
    return checkExpectations(scenario, [observe(scenario, runs)]).at(-1)!;
  }

  it("is met where the routers touch as many groups and route sets", () => {
    expect(repairs({ Paris: 1, Osaka: 1 })).toMatchObject({
      text: "after London withdraws, Paris, Osaka repair the same number of groups and route sets",
      found: "1 groups and 1 route sets on each",
      pass: true,
    });
  });

  it("is missed where one touches more, or none does anything", () => {
    expect(repairs({ Paris: 1, Osaka: 9 })).toMatchObject({
      found: "1 groups and 1 route sets; 9 groups and 9 route sets",
      pass: false,
    });
    expect(repairs({ Paris: 0, Osaka: 0 })).toMatchObject({ pass: false });
  });
});
