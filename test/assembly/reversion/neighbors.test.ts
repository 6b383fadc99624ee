import { beforeEach, describe, expect, it } from "vitest";
import { Hold, Protocol } from "../../../host/protocol/words.js";
import { Lab, type Seen } from "../probe/lab.js";
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

describe("a neighbor that comes back", () => {
  let world: World;
  // A clock that has moved on does not go back, so each has a router of its own.
  beforeEach(async () => {
    world = await World.start({}, { reversion: 1 });
    for (const number of [0, 1, 2]) {
      world.neighbor(number, { port: number });
      world.path(number, { neighbor: number, ...ibgp });
      world.announce(number, PREFIX);
    }
  });

  const flap = (...neighbors: number[]) => {
    for (const up of [false, true]) for (const n of neighbors) world.neighbor(n, { port: n, up });
  };
  const best = () => world.route()!.best;

  it("is used at once where it need not wait", () => {
    flap(0);
    expect(best()).toBe(0);
  });

  it.each(["neighbor", "port"] as const)("waits to be restored, when its %s was down", what => {
    world.reversion(0, { waitToRestore: 5 * SECOND });
    if (what === "neighbor") flap(0);
    else for (const up of [false, true]) world.port(0, up);
    expect(world.route()).toMatchObject({ best: 1, backup: 2, members: { 1: 1 } });
    world.passTo(5 * SECOND - 1);
    expect(best()).toBe(1);
    expect(world.state().heldNeighbors).toBe(1);
    world.passTo(5 * SECOND);
    expect(best()).toBe(0);
    expect(world.state().heldNeighbors).toBe(0);
  });

  it("waits anew when it was down in the meantime", () => {
    world.reversion(0, { waitToRestore: 5 * SECOND });
    flap(0);
    world.passTo(4 * SECOND);
    flap(0);
    world.passTo(8 * SECOND);
    expect(best()).toBe(1);
    world.passTo(9 * SECOND);
    expect(best()).toBe(0);
  });

  it("does not wait when it comes up for the first time", () => {
    world.neighbor(3, { port: 3, up: false, routerId: 1 });
    world.reversion(3, { waitToRestore: 5 * SECOND });
    world.path(3, { neighbor: 3, ...ibgp });
    world.announce(3, PREFIX);
    world.neighbor(3, { port: 3, up: true, routerId: 1 });
    expect(best()).toBe(3);
  });

  it("is used while it waits, as long as there is no other, and is a backup", () => {
    world.reversion(0, { waitToRestore: 5 * SECOND });
    world.withdraw(2, PREFIX);
    flap(0);
    expect(world.route()).toMatchObject({ best: 1, backup: 0, step: "HELD_BACK" });
    world.port(1, false);
    expect(world.route()).toMatchObject({ best: 0, backup: null, members: { 0: 1 } });
    world.port(1, true);
    expect(best()).toBe(1);
  });

  it("shares the traffic with none that is not held back", () => {
    world.settings({ maxPaths: 3 });
    world.reversion(0, { waitToRestore: 5 * SECOND });
    flap(0);
    expect(world.route()!.members).toEqual({ 1: 1, 2: 1 });
    world.passTo(5 * SECOND);
    expect(world.route()!.members).toEqual({ 0: 1, 1: 1, 2: 1 });
  });

  it("is held back as the others are, where all are", () => {
    for (const n of [0, 1, 2]) world.reversion(n, { waitToRestore: (5 - n) * SECOND });
    flap(0, 1, 2);
    expect(world.route()).toMatchObject({ best: 0, step: "ROUTER_ID" });
    world.passTo(3 * SECOND);
    expect(best()).toBe(2);
  });

  it("is suppressed when it has flapped too much, until its penalty has decayed", () => {
    world.reversion(0, damping);
    flap(0);
    expect(best()).toBe(0);
    flap(0);
    expect(best()).toBe(1);
    // From 2000 to 750.
    const reuse = damping.halfLife * Math.log2(2000 / 750);
    world.passTo(Math.floor(reuse - SECOND / 100));
    expect(best()).toBe(1);
    world.passTo(Math.ceil(reuse + SECOND / 100));
    expect(best()).toBe(0);
  });

  it("is suppressed for the longest time at most after its last flap", () => {
    world.reversion(0, damping);
    for (let times = 0; times < 50; times++) flap(0);
    world.passTo(damping.maxSuppress - SECOND / 10);
    expect(best()).toBe(1);
    world.passTo(damping.maxSuppress);
    expect(best()).toBe(0);
  });

  it.each([5, 20])("waits until both ends are over where it must wait %d s and is suppressed", seconds => {
    world.reversion(0, { ...damping, waitToRestore: seconds * SECOND });
    flap(0);
    flap(0);
    const end = Math.max(seconds * SECOND, damping.halfLife * Math.log2(2000 / 750));
    world.passTo(Math.floor(end - SECOND / 100));
    expect(best()).toBe(1);
    world.passTo(Math.ceil(end + SECOND / 100));
    expect(best()).toBe(0);
  });

  it("is forgiven what it has done when it is set anew", () => {
    world.reversion(0, { ...damping, waitToRestore: 3600 * SECOND });
    flap(0);
    flap(0);
    expect(best()).toBe(1);
    world.reversion(0, damping);
    expect(best()).toBe(0);
    expect(world.state().heldNeighbors).toBe(0);
    flap(0);
    expect(best()).toBe(0);
  });

  it.each([
    ["a neighbor that there is not", 5, { waitToRestore: 1 }, "UNKNOWN_NEIGHBOR"],
    ["thresholds without a half-life", 0, { suppress: 1 }, "BAD_VALUE"],
    ["a longest time without a half-life", 0, { maxSuppress: 1 }, "BAD_VALUE"],
    ["no penalty", 0, { ...damping, penalty: 0 }, "BAD_VALUE"],
    ["a penalty that suppresses at the first flap", 0, { ...damping, penalty: 1501 }, "BAD_VALUE"],
    ["a threshold of reuse of 0", 0, { ...damping, reuse: 0 }, "BAD_VALUE"],
    ["a threshold of reuse above that of suppression", 0, { ...damping, reuse: 1500 }, "BAD_VALUE"],
    [
      "a longest time in which no penalty suppresses",
      0,
      { ...damping, maxSuppress: 9 * SECOND },
      "BAD_VALUE",
    ],
  ] as const)("%s is refused, and changes nothing", (_, number, rules, status) => {
    world.reversion(0, { waitToRestore: 5 * SECOND });
    flap(0);
    expect(refusal(() => world.reversion(number, rules))).toBe(status);
    world.passTo(5 * SECOND - 1);
    expect(best()).toBe(1);
  });

  it("is held back only by a router that has memory for that, which is 44 bytes a neighbor", () => {
    const used = (reversion: number) =>
      world.router.call("CONFIGURE", { ...usualCapacities, reversion }).bytesUsed;
    expect(used(1) - used(0)).toBe(44 * usualCapacities.neighbors);
    world.restart();
    world.neighbor(0);
    expect(refusal(() => world.reversion(0, { waitToRestore: 1 }))).toBe("CAPACITY");
    expect(refusal(() => world.reversion(0, damping))).toBe("CAPACITY");
    expect(refusal(() => world.reversion(0, off))).toBe("OK");
  });
});

describe.each(["host", "mcu"] as const)("in a run, in the %s profile", profile => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.build(profile, { reversion: 1 });
  });

  const wait = (waitToRestore: number) =>
    lab.router.call("REVERSION", { ...off, neighbor: 0, flags: 0, waitToRestore });
  const told = (seen: Seen[]) =>
    seen
      .filter(({ kind }) => kind === "HELD_BACK" || kind === "EGRESS")
      .map(({ time, kind, value }) => [time, kind, value]);

  it("traffic comes back when a neighbor has spoken long enough, without a packet lost", () => {
    lab.neighbor(0, 10_000);
    wait(50_000);
    lab.speaker(0, 1000);
    lab.stream(0, { interval: 100 });
    lab.event(20_000, "SILENCE", 0);
    lab.event(60_000, "SPEAK", 0);
    const seen = lab.run(200_000);
    expect(told(seen)).toEqual([
      [0, "EGRESS", 0],
      [29_000, "EGRESS", 1],
      [60_000, "HELD_BACK", Hold.WAITING],
      [110_000, "HELD_BACK", Hold.NONE],
      [110_000, "EGRESS", 0],
    ]);
    expect(seen.filter(({ kind }) => kind === "DROP")).toEqual([]);
  });

  it("the sets that are selected anew at the end of a wait are recorded behind it", () => {
    wait(5000);
    lab.event(1000, "PORT_DOWN", 0);
    lab.event(2000, "PORT_UP", 0);
    const seen = lab.run(10_000);
    const end = seen.findLastIndex(({ kind }) => kind === "HELD_BACK");
    expect(seen.slice(end).map(({ kind, time, subject }) => [kind, time, subject])).toEqual([
      ["HELD_BACK", 7000, 0],
      ["REPAIR", 7000, 0],
      ["RESELECT", 7000, 1],
    ]);
  });

  it("a neighbor that dies in the instant in which its wait ends was not restored", () => {
    lab.neighbor(0, 5000);
    wait(15_000);
    lab.speaker(0, 1000);
    lab.event(1500, "SILENCE", 0);
    lab.event(10_000, "SPEAK", 0);
    lab.event(20_001, "SILENCE", 0);
    const last = lab.run(40_000).filter(({ time }) => time === 25_000);
    expect(last.map(({ kind }) => kind)).toEqual(["HELD_BACK", "NEIGHBOR", "REPAIR", "RESELECT"]);
  });
});
