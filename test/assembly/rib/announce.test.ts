import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Refused } from "../../../host/protocol/refused.js";
import { Segment } from "../../../host/protocol/words.js";
import { batchesOf, PREFIX, refusal, World } from "./world.js";

let world: World;
beforeAll(async () => {
  world = await World.start();
});

const FIRST = "192.0.2.0/24";
const SECOND = "198.51.100.0/24";
const THIRD = "203.0.113.0/24";

function prepare(capacities: Parameters<World["restart"]>[1] = {}): void {
  world.restart({}, capacities);
  for (const number of [0, 1, 2]) {
    world.neighbor(number);
    world.path(number, { neighbor: number });
  }
}

/** Everything that a test can see of the RIB. */
function picture(...prefixes: string[]) {
  return {
    state: world.state(),
    routes: prefixes.map(prefix => world.route(prefix)),
    leaves: prefixes.map(prefix => world.leaf(prefix.split("/")[0]!)),
  };
}

describe("announce and withdraw", () => {
  beforeEach(() => prepare());

  it("an announcement replaces what the neighbor announced before", () => {
    world.announce(0, PREFIX);
    world.path(3, { neighbor: 0, localPref: 50 });
    world.announce(3, PREFIX);
    world.announce(1, PREFIX);
    expect(world.route()).toMatchObject({ best: 1, paths: 2, step: "LOCAL_PREF" });
  });

  it("the same announcement again changes nothing", () => {
    world.announce(0, FIRST, SECOND);
    const before = picture(FIRST, SECOND);
    world.announce(0, SECOND, FIRST, FIRST);
    expect(picture(FIRST, SECOND)).toEqual(before);
  });

  it("a path slot that is defined again leaves what was announced", () => {
    world.announce(0, FIRST);
    world.path(0, { neighbor: 0, localPref: 7 });
    world.announce(0, SECOND);
    world.path(1, { neighbor: 1, localPref: 50 });
    world.announce(1, FIRST, SECOND);
    expect(world.route(FIRST)?.best).toBe(0);
    expect(world.route(SECOND)?.best).toBe(1);
  });

  it("withdrawing counts the routes that were there", () => {
    world.announce(0, FIRST, SECOND);
    expect(world.withdraw(0, FIRST, THIRD, FIRST)).toBe(1);
    expect(world.withdraw(1, SECOND)).toBe(0);
    expect(world.route(FIRST)).toBeNull();
    expect(world.route(SECOND)?.best).toBe(0);
  });

  it("a prefix goes with its last path", () => {
    world.announce(0, PREFIX);
    world.announce(1, PREFIX);
    world.withdraw(0, PREFIX);
    expect(world.egress("198.51.100.1")).toBe(1);
    world.withdraw(1, PREFIX);
    expect(world.egress("198.51.100.1")).toBeNull();
    expect(world.state()).toMatchObject({ sets: 0, groups: 0, prefixes4: 0 });
  });

  it("serves both families alike", () => {
    const anycast = "2001:db8:53::/48";
    world.announce(0, PREFIX, anycast);
    world.announce(1, anycast, "2001:db8::/128", "::/0");
    expect(world.leaf("2001:db8:53::1")).not.toBe(world.leaf("198.51.100.1"));
    expect(world.route(anycast)).toMatchObject({ best: 0, backup: 1 });
    expect(world.egress("2001:db8::")).toBe(1);
    world.withdraw(0, PREFIX, anycast);
    expect(world.leaf("2001:db8:53::1")).toBe(world.leaf("2001:db8::"));
  });

  it("prefixes with the same paths share one route set, whoever announced first", () => {
    world.announce(0, FIRST);
    world.announce(1, SECOND);
    world.announce(1, FIRST);
    world.announce(0, SECOND);
    expect(world.leaf("192.0.2.1")).toBe(world.leaf("198.51.100.1"));
    expect(world.state()).toMatchObject({ sets: 1, groups: 1, prefixes4: 2 });
  });
});

describe("a batch that is refused changes nothing", () => {
  /** The status and the index of the prefix that is to blame. */
  function blame(act: () => void): [string, number] {
    let detail = 0;
    const status = refusal(() => {
      try {
        act();
      } catch (error) {
        if (error instanceof Refused) detail = error.detail;
        throw error;
      }
    });
    return [status, detail];
  }

  it("where the table is full", () => {
    prepare({ prefixes4: 2 });
    world.announce(0, FIRST);
    world.announce(1, FIRST);
    const before = picture(FIRST, SECOND, THIRD);
    expect(blame(() => world.announce(2, FIRST, SECOND, FIRST, THIRD))).toEqual(["TABLE_FULL", 3]);
    expect(picture(FIRST, SECOND, THIRD)).toEqual(before);
  });

  it("where route sets run out", () => {
    prepare({ sets: 3 });
    world.announce(0, FIRST);
    world.announce(1, SECOND);
    const before = picture(FIRST, SECOND, THIRD);
    expect(blame(() => world.announce(2, THIRD, FIRST, SECOND))).toEqual(["SETS_FULL", 1]);
    expect(picture(FIRST, SECOND, THIRD)).toEqual(before);
  });

  it("where a withdrawal finds no room for the set that remains", () => {
    prepare({ sets: 2 });
    world.announce(0, FIRST, SECOND);
    world.announce(1, FIRST, SECOND);
    world.announce(0, THIRD);
    const before = picture(FIRST, SECOND, THIRD);
    expect(blame(() => world.withdraw(0, FIRST))).toEqual(["SETS_FULL", 0]);
    expect(picture(FIRST, SECOND, THIRD)).toEqual(before);
  });

  it("where a set would have too many paths", () => {
    prepare({ pathsPerSet: 2 });
    world.announce(0, SECOND);
    world.announce(1, SECOND);
    const before = picture(FIRST, SECOND);
    expect(blame(() => world.announce(2, FIRST, SECOND))).toEqual(["SET_TOO_LARGE", 1]);
    expect(picture(FIRST, SECOND)).toEqual(before);
  });

  const announce = (family: number, ...tail: number[]) =>
    blame(() => world.router.call("ANNOUNCE", { slot: 0, family }, Uint8Array.from(tail)));
  const good = [24, 192, 0, 2, 0];

  it.each<[string, number, number[], string, number]>([
    ["a prefix is too long", 4, [...good, 33, 192, 0, 2, 0], "BAD_PREFIX_LENGTH", 1],
    ["a host bit is set", 4, [...good, 24, 192, 0, 2, 1], "HOST_BITS", 1],
    ["a default route has a bit", 4, [0, 128, 0, 0, 0], "HOST_BITS", 0],
    ["a prefix is cut short", 4, [...good, 24, 192], "BAD_LENGTH", 0],
    ["an IPv6 prefix is too long", 6, [129, ...new Array(16).fill(0)], "BAD_PREFIX_LENGTH", 0],
    [
      "an IPv6 host bit is set, upper half",
      6,
      [32, 32, 1, 13, 184, 1, ...new Array(11).fill(0)],
      "HOST_BITS",
      0,
    ],
    [
      "an IPv6 host bit is set, lower half",
      6,
      [32, 32, 1, 13, 184, ...new Array(11).fill(0), 1],
      "HOST_BITS",
      0,
    ],
    [
      "an IPv6 host bit is set behind /64",
      6,
      [127, 32, 1, 13, 184, ...new Array(11).fill(0), 1],
      "HOST_BITS",
      0,
    ],
    ["the family is unknown", 5, good, "BAD_FAMILY", 0],
  ])("where %s", (_what, family, tail, status, index) => {
    prepare();
    world.announce(0, SECOND);
    const before = picture(FIRST, SECOND);
    expect(announce(family, ...tail)).toEqual([status, index]);
    expect(picture(FIRST, SECOND)).toEqual(before);
  });

  it("where the path slot or the neighbor is unknown", () => {
    prepare();
    const { tail } = batchesOf([FIRST])[0]!;
    const { router } = world;
    expect(refusal(() => router.call("ANNOUNCE", { slot: 9, family: 4 }, tail))).toBe("UNKNOWN_PATH");
    expect(refusal(() => router.call("ANNOUNCE", { slot: 0xffff, family: 4 }, tail))).toBe("UNKNOWN_PATH");
    expect(refusal(() => router.call("WITHDRAW", { neighbor: 7, family: 4 }, tail))).toBe("UNKNOWN_NEIGHBOR");
    expect(refusal(() => router.call("WITHDRAW", { neighbor: 255, family: 4 }, tail))).toBe(
      "UNKNOWN_NEIGHBOR",
    );
  });

  it("where the router has no route sets", () => {
    world.restart({}, { sets: 0 });
    world.neighbor(0);
    world.path(0, { neighbor: 0 });
    expect(refusal(() => world.announce(0, FIRST))).toBe("WRONG_MODE");
    expect(refusal(() => world.withdraw(0, FIRST))).toBe("WRONG_MODE");
  });
});

describe("path slots", () => {
  const as = (asn: number) => [{ type: Segment.SEQUENCE, asns: [asn] }];

  it("share a path that no step can tell apart", () => {
    prepare();
    expect(world.state().paths).toBe(3);
    world.path(3, { neighbor: 0, asPath: [{ type: Segment.SEQUENCE, asns: [64496, 64497] }] });
    world.path(4, { neighbor: 0, asPath: [{ type: Segment.SEQUENCE, asns: [64496, 64498] }] });
    expect(world.state().paths).toBe(4);
  });

  it("are refused when no path is free, and keep what they had", () => {
    prepare({ paths: 3 });
    world.announce(0, PREFIX);
    expect(refusal(() => world.path(0, { neighbor: 0, asPath: as(64499) }))).toBe("PATHS_FULL");
    expect(world.state().paths).toBe(3);
    // The path of slot 1 is used by nothing else, so its place is free for the next.
    expect(refusal(() => world.path(1, { neighbor: 1, asPath: as(64499) }))).toBe("OK");
    expect(world.state().paths).toBe(3);
  });

  it("a number beyond all of them is unknown", () => {
    prepare();
    expect(refusal(() => world.path(64, { neighbor: 0 }))).toBe("UNKNOWN_PATH");
  });
});
