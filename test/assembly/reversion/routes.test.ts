import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { Hold, Protocol } from "../../../host/protocol/words.js";
import { ip4, ipv4, udp } from "../packet/build.js";
import { Lab } from "../probe/lab.js";
import { PREFIX, refusal, usualCapacities, World } from "../rib/world.js";
import { off } from "./model.js";

const SECOND = 1_000_000;
const ibgp = { protocol: Protocol.IBGP };
const damping = {
  halfLife: 10 * SECOND,
  maxSuppress: 40 * SECOND,
  penalty: 1000,
  suppress: 1500,
  reuse: 750,
};

/** The neighbor that each of many flows leaves by. */
function flows(world: World): (number | null)[] {
  const source = ip4("203.0.113.9");
  const destination = ip4("198.51.100.1");
  return Array.from({ length: 256 }, (_, flow) => {
    const payload = udp(source, destination, 1024 + flow, 53, new Uint8Array(4));
    const packet = ipv4({ source, destination, protocol: 17, payload });
    return world.router.call("FORWARD", { port: 3 }, packet).neighbor;
  });
}

describe("a route that comes back", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start({}, { reversion: 1, histories: 8 });
    for (const number of [0, 1, 2]) {
      world.neighbor(number, { port: number });
      world.path(number, { neighbor: number, ...ibgp });
      world.announce(number, PREFIX);
    }
  });

  const flap = (prefix = PREFIX) => {
    world.withdraw(0, prefix);
    world.announce(0, prefix);
  };
  const best = (prefix = PREFIX) => world.route(prefix)!.best;

  it("is used at once where its neighbor need not wait", () => {
    flap();
    expect(best()).toBe(0);
    expect(world.state()).toMatchObject({ heldRoutes: 0, undamped: 0 });
  });

  it("waits as long as its neighbor would", () => {
    world.reversion(0, { waitToRestore: 5 * SECOND });
    flap();
    expect(world.route()).toMatchObject({ best: 1, members: { 1: 1 }, paths: 3 });
    expect(world.state().heldRoutes).toBe(1);
    world.passTo(5 * SECOND - 1);
    expect(best()).toBe(1);
    world.passTo(5 * SECOND);
    expect(best()).toBe(0);
    expect(world.state().heldRoutes).toBe(0);
  });

  it("does not wait when it is announced for the first time", () => {
    world.reversion(0, { waitToRestore: 5 * SECOND });
    world.announce(0, "203.0.113.0/24");
    world.announce(1, "203.0.113.0/24");
    expect(best("203.0.113.0/24")).toBe(0);
  });

  it("is used while it is held back, as long as there is no other", () => {
    world.reversion(0, { waitToRestore: 5 * SECOND });
    world.withdraw(2, PREFIX);
    flap();
    expect(world.route()).toMatchObject({ best: 1, backup: 0, step: "HELD_BACK" });
    world.withdraw(1, PREFIX);
    expect(world.route()).toMatchObject({ best: 0, members: { 0: 1 } });
  });

  it("is suppressed when it has flapped too much, until its penalty has decayed", () => {
    world.reversion(0, damping);
    flap();
    expect(best()).toBe(0);
    flap();
    expect(best()).toBe(1);
    const reuse = damping.halfLife * Math.log2(2000 / 750);
    world.passTo(Math.floor(reuse - SECOND / 100));
    expect(best()).toBe(1);
    world.passTo(Math.ceil(reuse + SECOND / 100));
    expect(best()).toBe(0);
  });

  it("counts half a flap when its attributes change, and none when they are told again", () => {
    world.reversion(0, damping);
    world.path(3, { neighbor: 0, ...ibgp, localPref: 200 });
    for (let times = 0; times < 10; times++) world.announce(0, PREFIX);
    world.announce(3, PREFIX);
    world.announce(0, PREFIX);
    world.announce(3, PREFIX);
    // 1500 is not above the threshold yet.
    expect(best()).toBe(0);
    world.announce(0, PREFIX);
    expect(best()).toBe(1);
  });

  it("stays held back when it is told again, or otherwise", () => {
    world.reversion(0, { waitToRestore: 5 * SECOND });
    world.path(3, { neighbor: 0, ...ibgp, localPref: 200 });
    flap();
    for (const slot of [0, 3, 0]) {
      world.announce(slot, PREFIX, PREFIX);
      expect(best()).toBe(1);
    }
    world.passTo(5 * SECOND - 1);
    expect(best()).toBe(1);
    world.passTo(5 * SECOND);
    expect(best()).toBe(0);
  });

  it("is held back alone: its neighbor's other routes are not", () => {
    world.reversion(0, { waitToRestore: 5 * SECOND });
    for (const slot of [0, 1]) world.announce(slot, "203.0.113.0/24", "2001:db8:53::/48");
    flap("2001:db8:53::/48");
    expect([PREFIX, "203.0.113.0/24", "2001:db8:53::/48"].map(best)).toEqual([0, 0, 1]);
    world.passTo(5 * SECOND);
    expect(best("2001:db8:53::/48")).toBe(0);
  });

  it("shares its route set with one that never flapped, once it is used again", () => {
    world.reversion(0, { waitToRestore: 5 * SECOND });
    for (const slot of [0, 1, 2]) world.announce(slot, "203.0.113.0/24");
    const before = world.state();
    flap();
    expect(world.state()).toMatchObject({ sets: 2, paths: before.paths + 1 });
    world.passTo(5 * SECOND);
    expect(world.leaf("198.51.100.1")).toBe(world.leaf("203.0.113.1"));
    expect(world.state()).toEqual(before);
  });

  it("is forgiven what it has done when its neighbor is set anew", () => {
    world.reversion(0, { ...damping, waitToRestore: 3600 * SECOND });
    flap();
    flap();
    world.reversion(0, damping);
    world.passTo(1);
    expect(best()).toBe(0);
    flap();
    expect(best()).toBe(0);
  });

  it("moves no flow but those that leave it, where the others share the traffic", async () => {
    world = await World.start({ maxPaths: 3 }, { reversion: 1, histories: 8, buckets: 64 });
    for (const number of [0, 1, 2]) {
      world.neighbor(number, { port: number });
      world.path(number, { neighbor: number, ...ibgp });
      world.announce(number, PREFIX);
    }
    world.reversion(0, { waitToRestore: 5 * SECOND });
    world.withdraw(0, PREFIX);
    const before = flows(world);
    world.announce(0, PREFIX);
    expect(world.route()!.members).toEqual({ 1: 1, 2: 1 });
    expect(flows(world)).toEqual(before);
  });
});

describe("where there is no room", () => {
  it("a route without history is not held back, and counted", async () => {
    const world = await World.start({}, { reversion: 1, histories: 1 });
    const prefixes = [PREFIX, "203.0.113.0/24"];
    for (const number of [0, 1]) {
      world.neighbor(number, { port: number });
      world.path(number, { neighbor: number, ...ibgp });
      world.announce(number, ...prefixes);
    }
    world.reversion(0, { waitToRestore: 5 * SECOND });
    for (const prefix of prefixes) {
      world.withdraw(0, prefix);
      world.announce(0, prefix);
    }
    expect(prefixes.map(prefix => world.route(prefix)!.best)).toEqual([1, 0]);
    expect(world.state()).toMatchObject({ heldRoutes: 1, undamped: 1 });
    // A history that has faded makes room.
    world.passTo(5 * SECOND);
    world.withdraw(0, prefixes[1]!);
    world.announce(0, prefixes[1]!);
    expect(prefixes.map(prefix => world.route(prefix)!.best)).toEqual([0, 1]);
  });

  it.each([
    ["paths", { paths: 2 }],
    ["route sets", { sets: 2 }],
  ])("for %s, a route is used rather than lost", async (_, capacities) => {
    const world = await World.start({}, { reversion: 1, histories: 8, ...capacities });
    const prefixes = [PREFIX, "203.0.113.0/24"];
    for (const number of [0, 1]) {
      world.neighbor(number, { port: number });
      world.path(number, { neighbor: number, ...ibgp });
      world.announce(number, ...prefixes);
    }
    world.reversion(0, { waitToRestore: 5 * SECOND });
    world.withdraw(0, PREFIX);
    world.announce(0, PREFIX);
    expect(world.route()).toMatchObject({ best: 0, paths: 2 });
    expect(world.state()).toMatchObject({ heldRoutes: 0, undamped: 1 });
  });

  it("a history takes 46 to 48 bytes, and none where there are none", async () => {
    const world = await World.start();
    const used = (histories: number) =>
      world.router.call("CONFIGURE", { ...usualCapacities, reversion: 1, histories }).bytesUsed;
    expect((used(1024) - used(0)) / 1024).toBeCloseTo(48, 1);
    expect(refusal(() => used(0xffff))).toBe("BAD_VALUE");
  });

  it("nothing is lost, refused in part, or left in use, whatever happens", async () => {
    const world = await World.start();
    const prefixes = ["192.0.2.0/24", PREFIX, "203.0.113.0/24", "2001:db8:53::/48"];
    let clock = 0;
    const neighbor = fc.nat({ max: 2 });
    const some = fc.array(fc.constantFrom(...prefixes), { minLength: 1, maxLength: 6 });
    const event = fc.oneof(
      fc.record({ kind: fc.constant("announce" as const), neighbor, variant: fc.nat({ max: 1 }), some }),
      fc.record({ kind: fc.constant("withdraw" as const), neighbor, some }),
      fc.record({ kind: fc.constant("wait" as const), seconds: fc.nat({ max: 20 }) }),
      fc.record({ kind: fc.constant("forgive" as const), neighbor }),
    );
    const room = fc.record({
      paths: fc.integer({ min: 6, max: 9 }),
      // One is enough to withdraw one prefix by the other.
      sets: fc.integer({ min: 5, max: 7 }),
      histories: fc.nat({ max: 4 }),
      prefixes4: fc.integer({ min: 2, max: 4 }),
    });
    const orders = fc.boolean();
    fc.assert(
      fc.property(room, orders, fc.array(event, { maxLength: 60 }), (capacities, compareRouterId, events) => {
        world.restart({ compareRouterId }, { ...capacities, reversion: 1 });
        const rules = [{ waitToRestore: 5 * SECOND }, damping, { ...damping, waitToRestore: 9 * SECOND }];
        for (const [number, own] of rules.entries()) {
          world.neighbor(number, { port: number });
          world.path(2 * number, { neighbor: number, ...ibgp });
          world.path(2 * number + 1, { neighbor: number, ...ibgp, med: 5 });
          world.reversion(number, own);
        }
        const routes = new Set<string>();
        const seen = () => prefixes.map(prefix => world.route(prefix)?.paths ?? 0);
        for (const it of events) {
          if (it.kind === "wait") {
            clock += it.seconds * SECOND;
            world.passTo(clock);
          } else if (it.kind === "forgive") {
            world.reversion(it.neighbor, rules[it.neighbor]!);
          } else {
            const before = prefixes.map(prefix => world.route(prefix));
            const status = refusal(() => {
              // One batch is all or nothing; two families are two batches.
              const family = it.some.filter(prefix => prefix.includes(":") === it.some[0]!.includes(":"));
              if (it.kind === "announce") world.announce(2 * it.neighbor + it.variant, ...family);
              else world.withdraw(it.neighbor, ...family);
              for (const prefix of family) {
                if (it.kind === "announce") routes.add(`${it.neighbor} ${prefix}`);
                else routes.delete(`${it.neighbor} ${prefix}`);
              }
            });
            if (status !== "OK") expect(prefixes.map(prefix => world.route(prefix))).toEqual(before);
          }
          const known = prefixes.map(
            prefix => [...routes].filter(route => route.endsWith(` ${prefix}`)).length,
          );
          expect(seen()).toEqual(known);
          for (const prefix of prefixes) expect(world.route(prefix)?.best ?? 0).not.toBeNull();
          expect(world.state().heldRoutes).toBeLessThanOrEqual(Math.min(routes.size, capacities.histories));
        }
        for (const number of [0, 1, 2]) for (const prefix of prefixes) world.withdraw(number, prefix);
        clock += 3600 * SECOND;
        world.passTo(clock);
        const nothing = { sets: 0, groups: 0, prefixes4: 0, prefixes6: 0, heldRoutes: 0 };
        expect(world.state()).toMatchObject({ ...nothing, paths: 6 });
      }),
      { numRuns: 300 },
    );
  });
});

describe.each(["host", "mcu"] as const)("in a run, in the %s profile", profile => {
  it("it is recorded when a route is held back, and when no more", async () => {
    const lab = await Lab.build(profile, { reversion: 1, histories: 4 });
    lab.router.call("REVERSION", { ...off, neighbor: 0, flags: 0, waitToRestore: 50_000 });
    lab.stream(0, { interval: 1000 });
    lab.event(10_000, "WITHDRAW", 0);
    lab.event(20_000, "ANNOUNCE", 0, 0);
    const seen = lab.run(100_000).filter(({ kind }) => kind === "ROUTE_HELD_BACK" || kind === "EGRESS");
    expect(seen.map(({ time, kind, value }) => [time, kind, value])).toEqual([
      [0, "EGRESS", 0],
      [10_000, "EGRESS", 1],
      [20_000, "ROUTE_HELD_BACK", Hold.WAITING],
      [70_000, "ROUTE_HELD_BACK", Hold.NONE],
      [70_000, "EGRESS", 0],
    ]);
  });
});
