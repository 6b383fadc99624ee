import { beforeEach, describe, expect, it } from "vitest";
import { Status, Work } from "../../../host/protocol/words.js";
import { Router, still } from "../../../host/router/router.js";
import { client4, Edge, own4, query4, query6, server4, unknown4 } from "../forward/edge.js";
import { type Bytes, concat, ip4, ip6, ipv4 } from "../packet/build.js";
import { refusal } from "../rib/world.js";

const RUNS = 5;
const PORT = 0;
const SLOT = 0;

/** As the core has an address in a register: IPv6 in two halves, the upper one first. */
const number4 = (address: Bytes) => address.toReversed();
const number6 = (address: Bytes) => concat(address.slice(0, 8).toReversed(), address.slice(8).toReversed());

const target4 = number4(server4);
const target6 = number6(ip6("2001:db8:53::53"));
const inTable = concat([24], ip4("198.51.100.0"));
const newPrefix4 = concat([23], ip4("198.51.100.0"));
const newPrefix6 = concat([40], ip6("2001:db8::"));

describe.each(["host", "mcu"] as const)("MEASURE, %s", profile => {
  let edge: Edge;
  /** Each look at the counter takes so many of its ticks, of which a second has a million. */
  let pace: number;

  beforeEach(async () => {
    let counter = 0;
    pace = 1;
    const ticks = () => {
      counter += pace;
      return counter;
    };
    edge = new Edge(await Router.load(profile, { ...still, ticks }));
  });

  function measure(
    work: number,
    items: Bytes[],
    subject = 0,
    itemBytes = items[0]!.length,
    runs = RUNS,
  ): number[] {
    const values = { work, itemBytes, runs, subject };
    const { tail } = edge.router.call("MEASURE", values, concat(...items));
    return [...new Uint32Array(tail.slice().buffer)];
  }

  /** What a test can see of the router, but for the count of its packets. */
  function picture(): unknown[] {
    const { router } = edge;
    const addresses = [server4, unknown4, ip4("198.51.101.1")].map(one => concat(one, new Array(12).fill(0)));
    return [
      router.call("STATE", {}),
      router.call("HELLO", {}),
      ...addresses.map(address => router.call("LOOKUP", { family: 4, address })),
      router.call("LOOKUP", { family: 6, address: ip6("2001:db8:53::53") }),
      router.call("LOOKUP", { family: 6, address: ip6("2001:db8:aa::1") }),
      router.call("ROUTE", {
        family: 4,
        length: 24,
        address: concat(inTable.subarray(1), new Array(12).fill(0)),
      }),
    ];
  }

  it.each([
    ["NOTHING", [query4], 0],
    ["LOOKUP4", [target4, target4], 0],
    ["LOOKUP6", [target6], 0],
    ["FORWARD", [query4, query4], PORT],
    ["FORWARD", [query6], PORT],
    ["SELECT", [target4], 0],
    ["UPDATE", [newPrefix4], SLOT],
    ["UPDATE", [newPrefix6], SLOT],
  ] as const)("%s gives the ticks of each item, and leaves the router as it was", (name, items, subject) => {
    const before = picture();
    const ticks = measure(Work[name], [...items], subject);
    expect(ticks).toHaveLength(items.length);
    // The counter is read before and after the runs.
    for (const each of ticks) expect(each).toBeGreaterThanOrEqual(1);
    expect(picture()).toEqual(before);
  });

  it("forwards the same packet each time: its TTL is put back", () => {
    const short = ipv4({ source: client4, destination: server4, ttl: 2 });
    measure(Work.FORWARD, [short], PORT);
    const { forwarded, received } = edge.router.call("COUNTERS", {});
    expect(forwarded).toBe(received);
    expect(forwarded).toBeGreaterThanOrEqual(RUNS);
  });

  it.each([
    ["an address outside the table", "LOOKUP4", [target4, number4(unknown4)], 0, "NOT_FOUND", 1],
    ["an address outside the table", "LOOKUP6", [number6(ip6("2001:db8:aa::1"))], 0, "NOT_FOUND", 0],
    ["an address of the other family", "LOOKUP6", [target4], 0, "BAD_LENGTH", 0],
    [
      "a packet that is delivered",
      "FORWARD",
      [ipv4({ source: client4, destination: own4 })],
      PORT,
      "BAD_VALUE",
      0,
    ],
    ["a port that is not there", "FORWARD", [query4], 99, "BAD_VALUE", 0],
    ["an address without route set", "SELECT", [number4(unknown4)], 0, "NOT_FOUND", 0],
    ["a prefix that the table has", "UPDATE", [newPrefix4, inTable], SLOT, "BAD_VALUE", 1],
    ["a prefix with host bits", "UPDATE", [concat([8], ip4("198.51.100.0"))], SLOT, "HOST_BITS", 0],
    ["a path that is not defined", "UPDATE", [newPrefix4], 9999, "UNKNOWN_PATH", 0],
    ["a prefix of no family", "UPDATE", [target4], SLOT, "BAD_LENGTH", 0],
    ["a work that nobody knows", "NOBODY", [target4], 0, "BAD_VALUE", 0],
  ] as const)("refuses %s for %s, and names the item", (_, name, items, subject, status, index) => {
    const before = picture();
    const work = name === "NOBODY" ? 99 : Work[name];
    const expected = { status: Status[status], detail: index };
    expect(() => measure(work, [...items], subject)).toThrow(expect.objectContaining(expected));
    expect(picture()).toEqual(before);
  });

  it("refuses items that are cut, that have no bytes, and more than it can answer", () => {
    const before = picture();
    expect(refusal(() => measure(Work.LOOKUP4, [target4], 0, 3))).toBe("BAD_LENGTH");
    expect(refusal(() => measure(Work.LOOKUP4, [target4], 0, 0))).toBe("BAD_LENGTH");
    expect(refusal(() => measure(Work.NOTHING, [new Uint8Array(61)], 0, 1))).toBe("BAD_LENGTH");
    expect(picture()).toEqual(before);
  });

  it("refuses runs that would take more than half a second, before which a host takes no router for silent", () => {
    const before = picture();
    pace = 1000;
    const most = Math.floor(500_000 / (3 * (pace + 1)));
    const run = (runs: number, items: Bytes[]) => measure(Work.LOOKUP4, items, 0, target4.length, runs);
    expect(run(most, [target4])).toHaveLength(1);
    expect(refusal(() => run(most + 1, [target4]))).toBe("BAD_VALUE");
    expect(refusal(() => run(most, [target4, target4]))).toBe("BAD_VALUE");
    expect(picture()).toEqual(before);
  });

  it("is refused while the probe runs", () => {
    edge.router.call("RUN", { duration: 1000 });
    expect(refusal(() => measure(Work.NOTHING, [target4]))).toBe("BUSY");
  });
});
