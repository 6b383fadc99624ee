/** Groups whose buckets have ages, without routes and packets: route sets are places that hold a group each. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Unit, unit } from "../unit.js";

interface Groups {
  start(deadline: number): void;
  setUsable(neighbor: number, up: boolean): void;
  beginDraft(): void;
  addMember(neighbor: number, weight: number): void;
  settleDraft(previous: number, heir: number): number;
  release(group: number): void;
  repair(neighbor: number): number;
  touch(group: number, hash: number): void;
  ageBuckets(): void;
  resolve(group: number, hash: number): number;
  groupsInUse(): number;
}

const SETS = 4;
const NEIGHBORS = 4;
const BUCKETS = 16;
const IDLE = 8;
const NIL = 0xffff;

const source = `
  import { carve } from "./nexthop/index";
  import { setIdleTimes } from "./nexthop/group";
  import { neighbor } from "./nexthop/neighbor";
  import { port } from "./nexthop/port";
  export { addMember, ageBuckets, beginDraft, groupsInUse, release, repair, resolve, settleDraft, touch } from "./nexthop/group";
  memory.grow(1);
  /** A deadline in ticks; one group more than there are sets, to ask what shares would be. */
  export function start(deadline: u32): void {
    carve(4096, 1, ${NEIGHBORS}, ${SETS + 1}, ${NEIGHBORS}, ${BUCKETS}, true);
    setIdleTimes(${IDLE} * 1000, deadline * 1000, 0);
    port(0).up = 1;
    for (let n: u32 = 0; n < ${NEIGHBORS}; n++) {
      neighbor(n).defined = 1;
      neighbor(n).up = 1;
    }
  }
  export function setUsable(n: u32, up: bool): void { neighbor(n).up = up ? 1 : 0; }
`;

type Weights = (number | null)[];

interface Place {
  group: number;
  weights: Weights;
  /** For each bucket its owner, and ticks since its last packet here. */
  owners: number[];
  idle: number[];
  /** Ticks since the members changed. */
  settled: number;
}

const weights = fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { freq: 2 }), {
  minLength: NEIGHBORS,
  maxLength: NEIGHBORS,
});
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ place: fc.nat({ max: SETS - 1 }), weights }) },
  { weight: 8, arbitrary: fc.record({ place: fc.nat({ max: SETS - 1 }), packet: fc.nat({ max: 0xffff }) }) },
  { weight: 6, arbitrary: fc.record({ ticks: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ dies: fc.nat({ max: NEIGHBORS - 1 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe("groups in transition", () => {
  let core: Unit<Groups>;
  beforeAll(async () => {
    core = await unit<Groups>("mcu", source);
  });

  const layoutOf = (group: number) => Array.from({ length: BUCKETS }, (_, hash) => core.resolve(group, hash));

  /** How many buckets each neighbor owns where nobody waits. */
  function sharesOf(weights: Weights): number[] {
    core.beginDraft();
    for (const [neighbor, weight] of weights.entries()) if (weight != null) core.addMember(neighbor, weight);
    const fresh = core.settleDraft(NIL, NIL);
    const layout = layoutOf(fresh);
    core.release(fresh);
    return countOf(layout);
  }

  function countOf(owners: number[]): number[] {
    return Array.from({ length: NEIGHBORS }, (_, n) => owners.filter(owner => owner === n).length);
  }

  function choose(place: Place, weights: Weights): void {
    core.beginDraft();
    for (const [neighbor, weight] of weights.entries()) if (weight != null) core.addMember(neighbor, weight);
    place.group = core.settleDraft(place.group, place.group);
    if (JSON.stringify(weights) !== JSON.stringify(place.weights)) place.settled = 0;
    place.weights = weights;
  }

  /** What must hold after every step: nothing in use moves but for its owner's sake, or at the deadline. */
  function check(places: Place[], deadline: number): void {
    for (const place of places) {
      const layout = layoutOf(place.group);
      const isDue = deadline > 0 && place.settled >= deadline;
      for (const [bucket, owner] of place.owners.entries()) {
        const stays = place.weights[owner] != null;
        if (stays && place.idle[bucket]! <= IDLE && !isDue) expect(layout[bucket]).toBe(owner);
      }
      if (place.weights.some(weight => weight != null)) {
        expect(layout.every(owner => place.weights[owner] != null)).toBe(true);
        // All places together decide when a shared group's bucket is idle; after so long it is in all of them.
        const quiet = Math.min(...places.flatMap(({ idle }) => idle), place.settled);
        if (quiet > IDLE || isDue) expect(countOf(layout)).toEqual(sharesOf(place.weights));
      }
      place.owners = layout;
    }
  }

  function run(steps: Step[], deadline: number): void {
    core.start(deadline);
    const places: Place[] = Array.from({ length: SETS }, () => ({
      group: NIL,
      weights: [],
      owners: new Array(BUCKETS).fill(255),
      idle: new Array(BUCKETS).fill(Number.POSITIVE_INFINITY),
      settled: 0,
    }));
    for (const place of places) choose(place, [1, null, null, null]);
    for (const step of steps) {
      if ("weights" in step) {
        choose(places[step.place]!, step.weights);
      } else if ("packet" in step) {
        core.touch(places[step.place]!.group, step.packet);
        places[step.place]!.idle[step.packet % BUCKETS] = 0;
      } else if ("ticks" in step) {
        for (let tick = 0; tick < step.ticks; tick++) {
          core.ageBuckets();
          for (const place of places) {
            place.idle = place.idle.map(ticks => ticks + 1);
            place.settled++;
          }
          check(places, deadline);
        }
      } else {
        core.setUsable(step.dies, false);
        core.repair(step.dies);
        const concerned = places.filter(({ weights }) => weights[step.dies] != null);
        for (const place of concerned) {
          choose(
            place,
            place.weights.map((weight, n) => (n === step.dies ? null : weight)),
          );
        }
        core.setUsable(step.dies, true);
      }
      check(places, deadline);
      expect(core.groupsInUse()).toBeLessThanOrEqual(SETS);
    }
    for (const place of places) core.release(place.group);
    expect(core.groupsInUse()).toBe(0);
  }

  it("move a bucket in use only from a leaver, and all that is idle", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), steps => run(steps, 0)),
      { numRuns: 500 },
    );
  });

  it("move what is in use at the deadline, too", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), fc.integer({ min: 1, max: 40 }), run),
      { numRuns: 500 },
    );
  });

  it("are shared by the sets that a member joins at once, through the transition and after it", () => {
    core.start(0);
    const places = Array.from(
      { length: 3 },
      () => ({ group: NIL, weights: [] as Weights, settled: 0 }) as Place,
    );
    for (const place of places) choose(place, [1, null, null, null]);
    for (let hash = 0; hash < BUCKETS; hash++) core.touch(places[0]!.group, hash);
    for (const place of places) choose(place, [1, 1, null, null]);
    expect(core.groupsInUse()).toBe(1);
    expect(countOf(layoutOf(places[2]!.group))).toEqual([BUCKETS, 0, 0, 0]);
    for (let tick = 0; tick <= IDLE; tick++) core.ageBuckets();
    expect(countOf(layoutOf(places[2]!.group))).toEqual([BUCKETS / 2, BUCKETS / 2, 0, 0]);
    expect(core.groupsInUse()).toBe(1);
  });

  it("begin at once, if nobody uses them", () => {
    core.start(0);
    const place = { group: NIL, weights: [] as Weights, settled: 0 } as Place;
    choose(place, [1, null, null, null]);
    choose(place, [1, 1, null, null]);
    expect(countOf(layoutOf(place.group))).toEqual([BUCKETS / 2, BUCKETS / 2, 0, 0]);
  });

  it("do not put off their deadline where something else about them changes", () => {
    core.start(20);
    const place = { group: NIL, weights: [] as Weights, settled: 0 } as Place;
    choose(place, [1, null, null, null]);
    const use = () => {
      for (let hash = 0; hash < BUCKETS; hash++) core.touch(place.group, hash);
    };
    use();
    choose(place, [1, 1, null, null]);
    for (let tick = 0; tick < 15; tick++) {
      core.ageBuckets();
      use();
    }
    choose(place, [1, 1, 1, null]);
    expect(countOf(layoutOf(place.group))).toEqual([BUCKETS, 0, 0, 0]);
    for (let tick = 0; tick < 5; tick++) {
      core.ageBuckets();
      use();
    }
    expect(countOf(layoutOf(place.group))).toEqual([6, 5, 5, 0]);
  });
});
