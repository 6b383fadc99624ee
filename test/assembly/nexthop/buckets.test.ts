import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Unit, unit } from "../unit.js";

interface Buckets {
  carve(base: number, members: number): number;
  spread(to: number, from: number, ages: number, buckets: number, members: number, count: number): number;
}

interface Member {
  neighbor: number;
  weight: number;
}

const NONE = 255;
const MEMBERS = 32;
const AT = { members: 1024, from: 2048, ages: 3072, to: 4096, pool: 8192 };
/** The age from which on a bucket is idle. */
const IDLE = 9;

let core: Unit<Buckets>;
beforeAll(async () => {
  core = await unit<Buckets>("host", 'export { carve, spread } from "./nexthop/buckets"; memory.grow(1);');
  core.carve(AT.pool, MEMBERS);
});

/** The neighbor of each bucket when they are shared out; `from` is the layout before. */
function spread(buckets: number, members: Member[], from: number[] | null = null): number[] {
  const memory = new Uint8Array(core.memory.buffer);
  memory.set(
    members.flatMap(({ neighbor, weight }) => [neighbor, weight]),
    AT.members,
  );
  if (from) memory.set(from, AT.from);
  core.spread(AT.to, from ? AT.from : 0, 0, buckets, AT.members, members.length);
  return [...memory.subarray(AT.to, AT.to + buckets)];
}

/** The same where buckets have these ages, and whether any wait. */
function spreadByAge(from: number[], members: Member[], ages: number[]) {
  const memory = new Uint8Array(core.memory.buffer);
  memory.set(
    members.flatMap(({ neighbor, weight }) => [neighbor, weight]),
    AT.members,
  );
  memory.set(from, AT.from);
  memory.set(ages, AT.ages);
  const waiting = core.spread(AT.to, AT.from, AT.ages, from.length, AT.members, members.length) !== 0;
  return { layout: [...memory.subarray(AT.to, AT.to + from.length)], waiting };
}

function owned(layout: number[], { neighbor }: Member): number {
  return layout.filter(owner => owner === neighbor).length;
}

/** Sainte-Laguë in its other form: the highest of all weight / (2k + 1), the earlier member first where they are equal. */
function quotas(buckets: number, members: Member[]): number[] {
  const quotients = members.flatMap(({ weight }, member) =>
    Array.from({ length: buckets }, (_, k) => ({ member, value: weight / (2 * k + 1) })),
  );
  quotients.sort((a, b) => b.value - a.value || a.member - b.member);
  const winners = quotients.slice(0, buckets);
  return members.map((_, index) => winners.filter(({ member }) => member === index).length);
}

/** By how many buckets the members' shares are off at most. */
function error(count: number, list: Member[]): number {
  const layout = spread(count, list);
  const total = list.reduce((sum, { weight }) => sum + weight, 0);
  return Math.max(...list.map(member => Math.abs(owned(layout, member) - (count * member.weight) / total)));
}

function weighing(weights: number[]): Member[] {
  return weights.map((weight, neighbor) => ({ neighbor, weight }));
}

/** Light ones, heavy ones, and anything between. */
function extremes(maxLength: number): fc.Arbitrary<Member[]> {
  const weight = fc.oneof(
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 250, max: 255 }),
    fc.integer({ min: 1, max: 255 }),
  );
  return fc.array(weight, { minLength: 1, maxLength }).map(weighing);
}

const buckets = fc.constantFrom(1, 2, 4, 8, 16, 64, 256);
const members = fc
  .uniqueArray(fc.record({ neighbor: fc.nat({ max: 254 }), weight: fc.integer({ min: 1, max: 255 }) }), {
    selector: ({ neighbor }) => neighbor,
    minLength: 1,
    maxLength: 8,
  })
  .map(list => list.sort((a, b) => a.neighbor - b.neighbor));
/** Some of which have no weight. */
const drained = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 })
  .map(weighing);

describe("buckets", () => {
  it("are divided exactly where weights divide them", () => {
    const layout = spread(16, [
      { neighbor: 1, weight: 10 },
      { neighbor: 2, weight: 20 },
      { neighbor: 3, weight: 50 },
    ]);
    expect([1, 2, 3].map(neighbor => owned(layout, { neighbor, weight: 0 }))).toEqual([2, 4, 10]);
  });

  it("belong to nobody where there is no member", () => {
    expect(spread(4, [], [1, 1, 2, 2])).toEqual([NONE, NONE, NONE, NONE]);
  });

  it("are divided by weight, rounded by Sainte-Laguë", () => {
    fc.assert(
      fc.property(buckets, members, members, (count, before, after) => {
        const layout = spread(count, after, spread(count, before));
        expect(after.map(member => owned(layout, member))).toEqual(quotas(count, after));
      }),
    );
  });

  it("are within half a bucket of the weights of any two members", () => {
    for (let light = 1; light <= 255; light++) {
      for (let heavy = light; heavy <= 255; heavy++) {
        if (error(256, weighing([light, heavy])) > 0.5) expect.fail(`${light} to ${heavy}`);
      }
    }
  });

  it("are within 1 % of the weights of up to 6 members where there are 256, whatever the weights", () => {
    fc.assert(
      fc.property(extremes(6), list => {
        expect(error(256, list) / 256).toBeLessThanOrEqual(0.01);
      }),
      { numRuns: 2000 },
    );
  });

  it("are within half a bucket of the weights for each other member", () => {
    fc.assert(
      fc.property(buckets, extremes(MEMBERS), (count, list) => {
        fc.pre(list.length > 1);
        expect(error(count, list)).toBeLessThanOrEqual((list.length - 1) / 2);
      }),
      { numRuns: 2000 },
    );
  });

  it("miss 1 % where one member outweighs many that all round up", () => {
    const list = weighing([161, 1, 1, 1, 1, 1, 1, 1]);
    expect(error(256, list) / 256).toBeCloseTo(0.013, 4);
  });

  it("are nobody's who is drained, as long as another is not", () => {
    fc.assert(
      fc.property(buckets, drained, drained, (count, before, after) => {
        fc.pre([before, after].every(list => list.some(({ weight }) => weight > 0)));
        const layout = spread(count, after, spread(count, before));
        expect(after.map(member => owned(layout, member))).toEqual(quotas(count, after));
      }),
    );
  });

  const ages = fc.array(fc.nat({ max: IDLE }), { minLength: 256, maxLength: 256 });

  it("in use stay with a member that stays, and all others move as they must", () => {
    fc.assert(
      fc.property(buckets, members, members, ages, (count, before, after, ages) => {
        const old = spread(count, before);
        const { layout, waiting } = spreadByAge(old, after, ages.slice(0, count));
        const stays = (neighbor: number) => after.some(member => member.neighbor === neighbor);
        const owners = (neighbor: number) => owned(layout, { neighbor, weight: 0 });
        const quota = quotas(count, after);
        const above = after.filter((member, index) => owners(member.neighbor) > quota[index]!);
        expect(layout.every(stays)).toBe(true);
        expect(waiting).toBe(above.length > 0);
        for (const [bucket, owner] of old.entries()) {
          if (ages[bucket]! < IDLE && stays(owner)) expect(layout[bucket]).toBe(owner);
        }
        for (const { neighbor } of above) {
          // Nobody has more than its share but by what is in use.
          const kept = layout.flatMap((owner, bucket) => (owner === neighbor ? [bucket] : []));
          expect(kept.every(bucket => ages[bucket]! < IDLE && old[bucket] === neighbor)).toBe(true);
        }
        if (ages.slice(0, count).every(age => age >= IDLE)) {
          expect(layout).toEqual(spread(count, after, old));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("move only from a leaver", () => {
    fc.assert(
      fc.property(buckets, members, fc.nat(), (count, before, choice) => {
        fc.pre(before.length > 1);
        const leaver = before[choice % before.length]!;
        const old = spread(count, before);
        const layout = spread(
          count,
          before.filter(member => member !== leaver),
          old,
        );
        const moved = old.filter((owner, bucket) => layout[bucket] !== owner);
        expect(moved.every(owner => owner === leaver.neighbor)).toBe(true);
      }),
    );
  });

  it("move only from a member that weighs less than before, and no more than it must give away", () => {
    fc.assert(
      fc.property(
        buckets,
        drained,
        fc.nat(),
        fc.double({ min: 0, max: 0.99 }),
        (count, before, choice, share) => {
          const lighter = before[choice % before.length]!;
          const weight = Math.floor(lighter.weight * share);
          const after = before.map(member => (member === lighter ? { ...member, weight } : member));
          fc.pre([before, after].every(list => list.some(member => member.weight > 0)));
          const old = spread(count, before);
          const layout = spread(count, after, old);
          const moved = old.filter((owner, bucket) => layout[bucket] !== owner);
          expect(moved).toEqual(
            new Array(owned(old, lighter) - owned(layout, lighter)).fill(lighter.neighbor),
          );
          // And back again.
          const restored = spread(count, before, layout);
          const returned = restored.filter((owner, bucket) => layout[bucket] !== owner);
          expect(returned).toEqual(moved);
        },
      ),
    );
  });

  it("move only to a joiner", () => {
    fc.assert(
      fc.property(buckets, members, fc.nat(), (count, after, choice) => {
        fc.pre(after.length > 1);
        const joiner = after[choice % after.length]!;
        const old = spread(
          count,
          after.filter(member => member !== joiner),
        );
        const layout = spread(count, after, old);
        const moved = layout.filter((owner, bucket) => old[bucket] !== owner);
        expect(moved).toEqual(new Array(owned(layout, joiner)).fill(joiner.neighbor));
      }),
    );
  });

  it("can be shared out where they lie", () => {
    fc.assert(
      fc.property(buckets, members, members, (count, before, after) => {
        const old = spread(count, before);
        const elsewhere = spread(count, after, old);
        new Uint8Array(core.memory.buffer).set(old, AT.to);
        const memory = new Uint8Array(core.memory.buffer);
        memory.set(
          after.flatMap(({ neighbor, weight }) => [neighbor, weight]),
          AT.members,
        );
        core.spread(AT.to, AT.to, 0, count, AT.members, after.length);
        expect([...memory.subarray(AT.to, AT.to + count)]).toEqual(elsewhere);
      }),
    );
  });
});
