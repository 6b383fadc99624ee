import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Protocol, Segment } from "../../../host/protocol/words.js";
import { LOCAL_AS, PREFIX, pathMessage, ROUTER_ID, refusal, usualPath, World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await World.start();
});
beforeEach(() => {
  world.restart();
  world.neighbor(0);
  world.neighbor(1);
});

describe("a path that must not enter", () => {
  const loops = {
    "has the local AS": { asPath: [{ type: Segment.SEQUENCE, asns: [64496, LOCAL_AS] }] },
    "has the local AS in a set": { asPath: [{ type: Segment.SET, asns: [64496, LOCAL_AS] }] },
    "has AS 0": { asPath: [{ type: Segment.SEQUENCE, asns: [64496, 0] }] },
    "comes back to its originator": { protocol: Protocol.IBGP, originatorId: ROUTER_ID },
    "comes back to its cluster": { protocol: Protocol.IBGP, clusters: [7, ROUTER_ID] },
  };

  it.each(Object.entries(loops))("%s: nothing is announced", (_what, loop) => {
    world.path(0, { neighbor: 0, ...loop });
    world.announce(0, PREFIX);
    expect(world.route()).toBeNull();
    expect(world.state().prefixes4).toBe(0);
  });

  it.each(Object.entries(loops))("%s: it takes the neighbor's earlier route away", (_what, loop) => {
    world.path(0, { neighbor: 0 });
    world.path(1, { neighbor: 1 });
    world.announce(0, PREFIX);
    world.announce(1, PREFIX);
    world.path(0, { neighbor: 0, ...loop });
    expect(world.route()).toMatchObject({ best: 0, paths: 2 });
    world.announce(0, PREFIX);
    expect(world.route()).toMatchObject({ best: 1, paths: 1 });
  });

  it("is judged by the cluster id where that is set", () => {
    world.settings({ clusterId: 7 });
    world.path(0, { neighbor: 0, protocol: Protocol.IBGP, clusters: [7] });
    world.announce(0, PREFIX);
    expect(world.route()).toBeNull();
    world.path(0, { neighbor: 0, protocol: Protocol.IBGP, clusters: [ROUTER_ID] });
    world.announce(0, PREFIX);
    expect(world.route()?.best).toBe(0);
  });

  it("does not come from eBGP attributes that mean nothing there", () => {
    world.path(0, { neighbor: 0, originatorId: ROUTER_ID, clusters: [ROUTER_ID] });
    world.announce(0, PREFIX);
    expect(world.route()?.best).toBe(0);
  });
});

describe("a path that is refused", () => {
  const { values } = pathMessage(0, usualPath(0));
  const define = (changes: Partial<typeof values>, tail: number[] = []) =>
    refusal(() => world.router.call("PATH", { ...values, ...changes }, Uint8Array.from(tail)));

  it.each([
    ["a segment of unknown type", [3, 1, 0xf0, 0xfb, 0, 0], "BAD_VALUE"],
    ["an empty segment", [2, 0], "BAD_VALUE"],
    ["a segment without count", [2], "BAD_LENGTH"],
    ["a segment that is cut short", [2, 2, 0xf0, 0xfb, 0, 0], "BAD_LENGTH"],
    ["bytes behind the last segment", [2, 1, 0xf0, 0xfb, 0, 0, 1], "BAD_LENGTH"],
  ])("has %s", (_what, tail, status) => {
    expect(define({}, tail)).toBe(status);
  });

  it.each([
    ["an unknown neighbor", { neighbor: 2 }, "UNKNOWN_NEIGHBOR"],
    ["a neighbor beyond the table", { neighbor: 255 }, "UNKNOWN_NEIGHBOR"],
    ["a slot beyond the table", { slot: 64 }, "UNKNOWN_PATH"],
    ["an unknown protocol", { protocol: 5 }, "BAD_VALUE"],
    ["an unknown origin", { origin: 3 }, "BAD_VALUE"],
    ["unknown flags", { flags: 32 }, "BAD_VALUE"],
  ])("has %s", (_what, changes, status) => {
    expect(define(changes)).toBe(status);
  });

  it("leaves the slot as it was", () => {
    world.path(0, { neighbor: 0 });
    expect(define({ localPref: 7 }, [9])).toBe("BAD_LENGTH");
    world.announce(0, PREFIX);
    world.path(1, { neighbor: 1, localPref: 50 });
    world.announce(1, PREFIX);
    expect(world.route()?.best).toBe(0);
  });
});
