import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { record } from "../../host/protocol/messages.js";
import { EventKind, Protocol, RecordKind } from "../../host/protocol/words.js";
import { parsePrefix } from "../../host/tables/address.js";
import { ip4, ipv4, udp } from "./packet/build.js";
import { PREFIX, World } from "./rib/world.js";

let world: World;
beforeAll(async () => {
  world = await World.start();
});

const ibgp = { protocol: Protocol.IBGP };

/** Neighbors 0, 1, ... each behind its own port, the lower number the better, announce `prefixes`. */
function offer(count: number, prefixes = [PREFIX]): void {
  for (let number = 0; number < count; number++) {
    world.neighbor(number, { port: number });
    world.path(number, { neighbor: number, ...ibgp });
    world.announce(number, ...prefixes);
  }
}

describe("when a port goes down", () => {
  beforeEach(() => world.restart());

  it("the backup takes over and gets a backup of its own", () => {
    offer(3);
    world.port(0, false);
    expect(world.egress("198.51.100.1")).toBe(1);
    expect(world.route()).toMatchObject({ best: 1, members: { 1: 1 }, backup: 2, paths: 3 });
  });

  it("and up again, its neighbor is best again", () => {
    offer(3);
    const before = world.route();
    world.port(0, false);
    world.port(0, true);
    expect(world.route()).toEqual(before);
  });

  it("all neighbors behind it go with it", () => {
    world.restart({ maxPaths: 4 });
    for (const [number, port] of [0, 0, 1, 1].entries()) {
      world.neighbor(number, { port });
      world.path(number, { neighbor: number, ...ibgp });
      world.announce(number, PREFIX);
    }
    world.port(0, false);
    expect(world.route()).toMatchObject({ members: { 2: 1, 3: 1 }, backup: null });
  });

  it("no FIB leaf changes, and none when a neighbor or a metric does", () => {
    const prefixes = ["192.0.2.0/24", "203.0.113.0/24", "2001:db8:53::/48"];
    offer(3, prefixes);
    world.withdraw(1, prefixes[1]!);
    const leaves = () => ["192.0.2.1", "203.0.113.1", "2001:db8:53::1"].map(address => world.leaf(address));
    const before = leaves();
    world.port(0, false);
    expect(leaves()).toEqual(before);
    world.neighbor(1, { port: 1, up: false });
    expect(leaves()).toEqual(before);
    world.neighbor(2, { port: 2, cost: 1 });
    expect(leaves()).toEqual(before);
    expect(["192.0.2.1", "203.0.113.1", "2001:db8:53::1"].map(address => world.egress(address))).toEqual([
      2, 2, 2,
    ]);
  });
});

describe("what a failover touches", () => {
  /** Groups repaired and sets re-selected when port 0 goes down, as the probe records them. */
  function touched(): { groups: number; sets: number } {
    const { router } = world;
    const { family, length, bytes: address } = parsePrefix(PREFIX);
    const kind = EventKind.PORT_DOWN;
    router.call("EVENT", { time: 10, kind, subject: 0, argument: 0, family, length, address });
    router.call("RUN", { duration: 20 });
    router.exports.advance(20n);
    const { count, tail } = router.call("RECORDS", { first: 0 });
    const records = Array.from({ length: count }, (_, i) => record.decode(tail.subarray(i * record.size)));
    const subject = (kind: RecordKind) => records.find(record => record.kind === kind)!.subject;
    return { groups: subject(RecordKind.REPAIR), sets: subject(RecordKind.RESELECT) };
  }

  const prefixes = Array.from({ length: 40 }, (_, i) => `198.51.100.${i * 4}/30`);

  // A clock that has moved on does not go back, so each has a router of its own.
  beforeEach(async () => {
    world = await World.start({}, { events: 1, records: 16 });
  });

  it.each([1, 40])("is the same with %d prefixes", count => {
    offer(3, prefixes.slice(0, count));
    expect(touched()).toEqual({ groups: 1, sets: 1 });
  });

  it("is only what the neighbor that died is concerned with", () => {
    offer(3, [PREFIX]);
    world.announce(1, "192.0.2.0/24");
    world.announce(2, "203.0.113.0/24");
    world.path(3, { neighbor: 0, ...ibgp, localPref: 50 });
    world.announce(3, "203.0.113.0/24");
    expect(world.state()).toMatchObject({ sets: 3, groups: 3 });
    expect(touched()).toEqual({ groups: 1, sets: 2 });
  });
});

describe("flows over a group of several members", () => {
  const FLOWS = 512;
  const capacities = { buckets: 64 };

  /** The neighbor that each of many flows leaves by. */
  function flows(): (number | null)[] {
    const source = ip4("203.0.113.9");
    const destination = ip4("198.51.100.1");
    return Array.from({ length: FLOWS }, (_, flow) => {
      const payload = udp(source, destination, 1024 + flow, 53, new Uint8Array(4));
      const packet = ipv4({ source, destination, protocol: 17, payload });
      return world.router.call("FORWARD", { port: 3 }, packet).neighbor;
    });
  }

  beforeEach(() => {
    world.restart({ maxPaths: 3 }, capacities);
    offer(3);
  });

  it("move only from the member that dies", () => {
    const before = flows();
    world.port(1, false);
    const after = flows();
    expect(new Set(before)).toEqual(new Set([0, 1, 2]));
    expect(new Set(after)).toEqual(new Set([0, 2]));
    expect(before.filter((neighbor, flow) => after[flow] !== neighbor).every(from => from === 1)).toBe(true);
  });

  it("move only to the member that joins", () => {
    world.port(1, false);
    const before = flows();
    world.port(1, true);
    const after = flows();
    expect(after.filter((neighbor, flow) => before[flow] !== neighbor).every(to => to === 1)).toBe(true);
  });

  it("move only from the member that withdraws", () => {
    const before = flows();
    world.withdraw(2, PREFIX);
    const after = flows();
    expect(before.filter((neighbor, flow) => after[flow] !== neighbor).every(from => from === 2)).toBe(true);
  });

  it("stay where a batch that is refused would have moved them", () => {
    world.restart({ maxPaths: 3 }, { ...capacities, prefixes4: 1 });
    offer(3);
    world.port(0, false);
    world.port(0, true);
    const before = flows();
    expect(() => world.announce(0, "192.0.2.0/24")).toThrow("TABLE_FULL");
    world.path(5, { neighbor: 0, ...ibgp, localPref: 200 });
    expect(() => world.announce(5, PREFIX, "192.0.2.0/24")).toThrow("TABLE_FULL");
    expect(flows()).toEqual(before);
  });

  it("go by weight", () => {
    world.restart({ maxPaths: 2 }, capacities);
    for (const [number, weight] of [3, 1].entries()) {
      world.neighbor(number, { port: number });
      world.path(number, { neighbor: number, ...ibgp, weight });
      world.announce(number, PREFIX);
    }
    const heavy = flows().filter(neighbor => neighbor === 0).length;
    expect(heavy / FLOWS).toBeGreaterThan(0.65);
    expect(heavy / FLOWS).toBeLessThan(0.85);
  });
});
