import { describe, expect, it } from "vitest";
import { compare, type NamedReport } from "../../../hil/compare/index.js";
import { measure } from "../../../hil/measure/index.js";
import type { Report } from "../../../hil/measure/result.js";
import { InputError } from "../../../host/input-error.js";
import { example, SECOND } from "../measure/example.js";

const PARIS_V4 = 0;
const original = measure(example());

/** The example's report after a change, as that of another target. */
function changed(change: (report: Report) => void): NamedReport {
  const report = structuredClone(original);
  change(report);
  return { name: "b.json", report };
}

function compared(change: (report: Report) => void) {
  return compare({ name: "a.json", report: original }, changed(change));
}

/** What is found, list by list, without those that are empty. */
function differences(change: (report: Report) => void) {
  const { traces, repairs, sites, figures, expectations } = compared(change);
  const lists = { traces, repairs, sites, figures, expectations };
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}

function spansOf(report: Report, stream = PARIS_V4) {
  return report.timeline[stream]!.spans;
}

describe("two reports of one run", () => {
  it("agree where nothing differs, and say how much was compared", () => {
    const { agree, compared: extent } = compared(() => {});
    expect(agree).toBe(true);
    expect(extent).toMatchObject({ streams: 6, packets: 300_000, repairs: 4, expectations: 3 });
    expect(extent.figures).toBeGreaterThan(100);
  });

  it("part at the first packet that the router sent elsewhere", () => {
    const found = differences(report => {
      spansOf(report)[1]!.neighbor = "Madrid-link";
    });
    const [first, second] = spansOf(original);
    expect(found).toEqual({
      traces: [
        {
          stream: PARIS_V4,
          client: "paris-office",
          router: "paris",
          prefix: "198.51.100.0/24",
          packet: first!.packets,
          time: first!.to,
          a: { site: "New York", neighbor: "New York-link", loss: null, roundTrip: 79_000 },
          b: { site: "New York", neighbor: "Madrid-link", loss: null, roundTrip: 79_000 },
          packets: second!.packets,
        },
      ],
    });
  });

  it("part where one changes over earlier, by as many packets", () => {
    const { traces } = compared(report => {
      spansOf(report)[0]!.packets -= 3;
      spansOf(report)[1]!.packets += 3;
    });
    expect(traces).toMatchObject([{ a: { site: "London" }, b: { site: "New York" }, packets: 3 }]);
    expect(traces[0]!.packet).toBe(spansOf(original)[0]!.packets - 3);
  });

  it("do not part where a run is only told in two pieces", () => {
    const found = differences(report => {
      const [first, ...rest] = spansOf(report);
      const halves = [1000, first!.packets - 1000].map(packets => ({ ...first!, packets }));
      report.timeline[PARIS_V4]!.spans = [...halves, ...rest];
    });
    expect(found).toEqual({});
  });

  it("part where one sent less", () => {
    const { traces } = compared(report => {
      spansOf(report).at(-1)!.packets -= 2;
    });
    expect(traces).toMatchObject([{ packet: 59_998, a: { site: "London" }, b: null, packets: 2 }]);
  });

  it("part at the first repair of a router that is another, or is not there", () => {
    const { router, repair, reselect, timed, ...deed } = original.repairs[1]!;
    expect(
      differences(report => {
        report.repairs[1]!.groups = 5;
        report.repairs[2]!.time++;
      }),
    ).toMatchObject({ repairs: [{ router: "paris", time: deed.time, a: deed, b: { ...deed, groups: 5 } }] });
    expect(compared(report => report.repairs.pop()).repairs).toMatchObject([{ router: "paris", b: null }]);
  });

  it("name the sites that served a client, once for all its streams that differ alike", () => {
    const { sites } = compared(report => {
      for (const outcome of report.outcomes) {
        if (outcome.client === "paris-office" && outcome.event === "london-withdraws")
          outcome.after = "Tokyo";
      }
    });
    expect(sites).toMatchObject([
      {
        time: 60 * SECOND,
        client: "paris-office",
        prefix: "198.51.100.0/24",
        a: { before: "London", after: "New York" },
        b: { before: "London", after: "Tokyo" },
      },
      { prefix: "2001:db8:53::/48" },
    ]);
    expect(sites).toHaveLength(2);
  });

  it("tell an expectation that only one held", () => {
    const found = differences(report => {
      Object.assign(report.expectations[0]!, { pass: false, found: "Tokyo" });
      report.expectations[1]!.found = "30.2 ms";
    });
    expect(found).toMatchObject({
      expectations: [{ line: 31, a: { pass: true, found: "London" }, b: { pass: false, found: "Tokyo" } }],
    });
  });
});

describe("a figure", () => {
  const outcome = original.outcomes.findIndex(({ lossOfConnectivity: gap }) => gap !== null && gap.low > 0);
  const gap = original.outcomes[outcome]!.lossOfConnectivity!;

  it("is the same where the two accuracy intervals meet, if only in a point", () => {
    const found = differences(report => {
      report.outcomes[outcome]!.lossOfConnectivity = {
        value: gap.high + 1,
        low: gap.high,
        high: gap.high + 2,
      };
    });
    expect(found).toEqual({});
  });

  it("is another where they do not", () => {
    const other = { value: gap.high + 2, low: gap.high + 1, high: gap.high + 3 };
    const found = differences(report => {
      report.outcomes[outcome]!.lossOfConnectivity = other;
    });
    const { event, stream, client } = original.outcomes[outcome]!;
    expect(found).toMatchObject({ figures: [{ event, stream, client, figure: "gap", a: gap, b: other }] });
  });

  it("is another where one target has none", () => {
    const found = differences(report => {
      report.outcomes[outcome]!.lossOfConnectivity = null;
    });
    expect(found).toMatchObject({ figures: [{ figure: "gap", a: gap, b: null }] });
  });

  it("that is a count has to be equal", () => {
    const found = differences(report => {
      report.outcomes[outcome]!.queries.lost++;
      report.loads[2]!.served--;
    });
    expect(found.figures).toMatchObject([{ figure: "lost" }, { figure: "served load", site: "Tokyo" }]);
  });

  it("over the repeats has the accuracy of the packets behind it", () => {
    const statistic = original.statistics.findIndex(({ figure }) => figure === "lossOfConnectivity");
    const { router, spread } = original.statistics[statistic]!;
    const { low, high } = spread.max;
    const moved = (by: number) =>
      differences(report => {
        report.statistics[statistic]!.spread.max = { value: high + by, low: low + by, high: high + by };
      });
    expect(moved(high - low)).toEqual({});
    expect(moved(high - low + 1)).toMatchObject({
      figures: [{ router, figure: "lossOfConnectivity, max" }],
    });
  });
});

describe("how long a repair took", () => {
  const slow = { value: 900, low: 899, high: 901 };

  function slower(report: Report): void {
    report.repairs[0]!.repair = slow;
    report.statistics.find(({ figure }) => figure === "repair")!.spread.max = slow;
  }

  it("is compared between clocks of one kind", () => {
    const { figures, unlikeClocks } = compared(slower);
    expect(figures).toMatchObject([
      { router: "paris", figure: "repair", b: slow },
      { router: "paris", figure: "repair, max", b: slow },
    ]);
    expect(unlikeClocks).toEqual([]);
  });

  it.each<[string, Partial<Report["targets"][number]>]>([
    ["board", { board: "mps2-an385" }],
    ["kind of clock", { clock: "device" }],
    ["tick rate", { tickRate: 25_000_000 }],
  ])("is not compared where the %s is another, and that is told", (_, other) => {
    const { agree, unlikeClocks } = compared(report => {
      slower(report);
      report.lateness = 30;
      Object.assign(report.targets[0]!, other);
    });
    expect(agree).toBe(true);
    expect(unlikeClocks).toMatchObject([{ router: "paris", a: "pico (virtual clock)" }]);
  });
});

describe("two reports of different runs", () => {
  it.each<[string, (report: Report) => void]>([
    [
      'scenario "three-sites" as in a.json, found "two-sites"',
      ({ scenario }) => (scenario.name = "two-sites"),
    ],
    ["seed 7 as in a.json, found 8", report => report.seed++],
    ["repeats 3 as in a.json, found 2", report => report.repeats--],
    ["duration 600000000 us as in a.json, found 600000001 us", report => report.duration++],
    ["events 4 as in a.json, found 3", report => report.events.pop()],
    ['event 2 "London announces again" at 180000000 us as in a.json', ({ events }) => events[1]!.time++],
    ['stream 1 "paris-office by paris to 198.51.100.0/24", udp, every', ({ streams }) => streams[0]!.start++],
  ])("are refused: expected %s", (message, change) => {
    const comparing = () => compared(change);
    expect(comparing).toThrow(InputError);
    expect(comparing).toThrow(`b.json: expected ${message}`);
  });
});
