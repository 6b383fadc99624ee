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
const MEMBERS = 8;
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

const buckets = fc.constantFrom(1, 2, 4, 8, 16, 64, 256);
const members = fc
  .uniqueArray(fc.record({ neighbor: fc.nat({ max: 254 }), weight: fc.integer({ min: 1, max: 255 }) }), {
    selector: ({ neighbor }) => neighbor,
    minLength: 1,
    maxLength: MEMBERS,
  })
  .map(list => list.sort((a, b) => a.neighbor - b.neighbor));

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

  it("are within 1 % of the weights where there are 256", () => {
    fc.assert(
      fc.property(members, list => {
        const layout = spread(256, list);
        const total = list.reduce((sum, { weight }) => sum + weight, 0);
        for (const member of list) {
          expect(Math.abs(owned(layout, member) / 256 - member.weight / total)).toBeLessThanOrEqual(0.01);
        }
      }),
      { numRuns: 1000 },
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
