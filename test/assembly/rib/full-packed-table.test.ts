import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { refusal, World } from "./world.js";

/** Prefixes beyond what is one word of the packed table, of which the first takes `marked` words; and of one word each. */
const families = [
  {
    family: 4,
    long: ["192.0.2.1/32", "192.0.2.2/32"],
    marked: 3,
    short: ["198.51.100.0/24", "203.0.113.0/24", "203.0.112.0/24", "203.0.0.0/16"],
  },
  {
    family: 6,
    long: ["2001:db8::1/128", "2001:db8::2/128"],
    marked: 4,
    short: ["2001:db8:1::/48", "2001:db8:2::/48", "2001:db8:3::/48", "2001:db8:4::/48", "2001:db8::/32"],
  },
] as const;

describe.each(families)("a refused batch leaves a full packed table as it was, IPv$family", prefixes => {
  const { long, marked, short } = prefixes;
  let world: World;
  beforeAll(async () => {
    world = await World.start({}, {}, "mcu");
  });
  beforeEach(() => {
    world.restart({}, { sets: 2, prefixes4: marked + 1, prefixes6: marked + 1 });
    for (const number of [0, 1]) {
      world.neighbor(number);
      world.path(number, { neighbor: number });
    }
  });

  /** What a test can see of the RIB, and at each prefix's first address of the table. */
  function picture() {
    const all = [...long, ...short];
    return {
      state: world.state(),
      routes: all.map(prefix => world.route(prefix)),
      leaves: all.map(prefix => world.leaf(prefix.split("/")[0]!)),
    };
  }

  it("where a longer prefix is given back with its marker", () => {
    world.announce(0, long[0], short[0]);
    world.announce(1, short[0]);
    const before = picture();
    expect(refusal(() => world.announce(0, short[1]))).toBe("TABLE_FULL");
    expect(refusal(() => world.withdraw(0, long[0], short[0]))).toBe("SETS_FULL");
    expect(picture()).toEqual(before);
  });

  it("where longer prefixes are taken back with their marker", () => {
    world.announce(0, short[0]);
    const before = picture();
    expect(refusal(() => world.announce(0, long[0], long[1]))).toBe("TABLE_FULL");
    expect(refusal(() => world.announce(0, long[0], short[1]))).toBe("TABLE_FULL");
    expect(picture()).toEqual(before);
    world.announce(0, ...short.slice(1));
    expect(picture().state).toMatchObject({ [`prefixes${prefixes.family}`]: marked + 1 });
  });
});
