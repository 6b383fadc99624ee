import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { NeighborComeback, off, RouteComeback, type Rules } from "./reversion/model.js";
import { anyPaths, neighbors, settings } from "./rib/arbitrary.js";
import { type Candidate, decide, expectedGroup, identityOf, isLoop, weightsOf } from "./rib/reference.js";
import {
  type NeighborState,
  type PathState,
  protectionNames,
  type Settings,
  usualCapacities,
  World,
} from "./rib/world.js";

const NEIGHBORS = 5;
const PREFIXES = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8:53::/48"];

const number = fc.nat({ max: NEIGHBORS - 1 });
const event = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("announce" as const),
      number,
      path: anyPaths,
      prefixes: fc.uniqueArray(fc.constantFrom(...PREFIXES), { minLength: 1 }),
    }),
  },
  fc.record({
    kind: fc.constant("withdraw" as const),
    number,
    prefixes: fc.uniqueArray(fc.constantFrom(...PREFIXES), { minLength: 1 }),
  }),
  fc.record({ kind: fc.constant("port" as const), port: fc.nat({ max: 2 }), up: fc.boolean() }),
  fc.record({ kind: fc.constant("neighbor" as const), number, up: fc.boolean() }),
  fc.record({ kind: fc.constant("cost" as const), number, cost: fc.constantFrom(10, 15, 20) }),
  fc.record({ kind: fc.constant("latency" as const), number, latency: fc.constantFrom(1000, 2000) }),
  fc.record({
    kind: fc.constant("distance" as const),
    number,
    to: number,
    distance: fc.constantFrom(0, 1, 7),
  }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("wait" as const), seconds: fc.nat({ max: 30 }) }) },
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

const SECOND = 1_000_000;

/** How neighbors are let back: not held back, after a wait, damped, or both. */
const rules: Rules[] = [
  off,
  { ...off, waitToRestore: 20 * SECOND },
  {
    waitToRestore: 0,
    halfLife: 10 * SECOND,
    maxSuppress: 40 * SECOND,
    penalty: 1000,
    suppress: 1900,
    reuse: 777,
  },
  {
    waitToRestore: 7 * SECOND,
    halfLife: 20 * SECOND,
    maxSuppress: 60 * SECOND,
    penalty: 1000,
    suppress: 2500,
    reuse: 600,
  },
];

/** Device time, which never goes back. */
let clock = 0;

/** What happened, without any router: the paths of each prefix by neighbor, the state of ports and neighbors, and distances. */
class Ledger {
  readonly portUp = [true, true, true, true];
  readonly distances = Array.from({ length: NEIGHBORS }, () => new Array<number>(NEIGHBORS).fill(0));
  readonly paths = new Map(PREFIXES.map(prefix => [prefix, new Map<number, PathState>()]));
  readonly comebacks: NeighborComeback[];
  /** By prefix and neighbor. */
  readonly flaps: Map<string, RouteComeback[]>;

  constructor(
    readonly world: World,
    readonly settings: Settings,
    readonly neighbors: Parameters<World["neighbor"]>[1][],
  ) {
    world.restart(settings, { pathsPerSet: NEIGHBORS, reversion: 1, histories: 32, distances: 1 });
    const ruled = neighbors.map((_, number) => rules[number % rules.length]!);
    this.comebacks = ruled.map(own => new NeighborComeback(own));
    this.flaps = new Map(PREFIXES.map(prefix => [prefix, ruled.map(own => new RouteComeback(own))]));
    neighbors.forEach((state, number) => {
      world.neighbor(number, state);
      world.reversion(number, this.comebacks[number]!.rules);
    });
    this.follow();
  }

  /** Who can be used by now, and who cannot. */
  private follow(): void {
    this.neighbors.forEach((_, number) => {
      this.comebacks[number]!.set(this.isUsable(number), clock);
    });
  }

  private learn(prefix: string, path: PathState): void {
    this.paths.get(prefix)!.set(path.neighbor, path);
    this.flaps.get(prefix)![path.neighbor]!.set(identityOf(path, this.settings), clock);
  }

  private forget(prefix: string, neighbor: number): void {
    this.paths.get(prefix)!.delete(neighbor);
    this.flaps.get(prefix)![neighbor]!.set(null, clock);
  }

  /** Whether a penalty came so close to a threshold that the core may have decided otherwise. */
  get isUncertain(): boolean {
    return [this.comebacks, ...this.flaps.values()].flat().some(({ isUncertain }) => isUncertain);
  }

  private isUsable(number: number): boolean {
    const { up, port } = this.neighbors[number] as NeighborState;
    return up && this.portUp[port]!;
  }

  apply(event: Event): void {
    const { world } = this;
    if (event.kind === "announce") {
      const path = { ...event.path, neighbor: event.number };
      world.path(event.number, path);
      world.announce(event.number, ...event.prefixes);
      for (const prefix of event.prefixes) {
        if (isLoop(path, this.settings)) this.forget(prefix, event.number);
        else this.learn(prefix, path);
      }
    } else if (event.kind === "withdraw") {
      world.withdraw(event.number, ...event.prefixes);
      for (const prefix of event.prefixes) this.forget(prefix, event.number);
    } else if (event.kind === "wait") {
      clock += event.seconds * SECOND;
      world.passTo(clock);
    } else if (event.kind === "port") {
      world.port(event.port, event.up);
      this.portUp[event.port] = event.up;
    } else if (event.kind === "distance") {
      const { number: from, to, distance } = event;
      world.distance(from, to, distance);
      this.distances[from]![to] = distance;
    } else {
      const { kind, number, ...change } = event;
      this.neighbors[number] = { ...this.neighbors[number], ...change };
      world.neighbor(number, this.neighbors[number]);
    }
    this.follow();
  }

  candidates(prefix: string): Candidate[] {
    return [...this.paths.get(prefix)!.values()].map(path => {
      const neighbor = this.neighbors[path.neighbor] as Candidate["neighbor"];
      const isHeldBack =
        this.comebacks[path.neighbor]!.isHeldBack(clock) ||
        this.flaps.get(prefix)![path.neighbor]!.isHeldBack(clock);
      return { path, neighbor, reachable: this.isUsable(path.neighbor), isHeldBack };
    });
  }
}

describe("after any events", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });

  const events = fc.array(event, { minLength: 1, maxLength: 40 });
  const orderFree = settings({ deterministicMed: true, compareRouterId: true });

  it("every route is what selection from scratch gives", () => {
    fc.assert(
      fc.property(orderFree, neighbors(NEIGHBORS), events, (chosen, states, happenings) => {
        const ledger = new Ledger(world, chosen, states);
        for (const happening of happenings) {
          ledger.apply(happening);
          for (const prefix of PREFIXES) {
            const candidates = ledger.candidates(prefix);
            fc.pre(!ledger.isUncertain);
            const { step, best } = decide(candidates, chosen);
            const { members, backup, protection } = expectedGroup(candidates, chosen, ledger.distances);
            const expected = {
              step,
              best: best?.path.neighbor ?? null,
              backup: backup?.path.neighbor ?? null,
              protection: protectionNames(protection),
              members: weightsOf(members),
              paths: candidates.length,
            };
            expect(world.route(prefix)).toEqual(candidates.length > 0 ? expected : null);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("as many sets and groups are in use as differ", () => {
    fc.assert(
      fc.property(orderFree, neighbors(NEIGHBORS), events, (chosen, states, happenings) => {
        const ledger = new Ledger(world, chosen, states);
        for (const happening of happenings) ledger.apply(happening);
        const { sets, groups, prefixes4, prefixes6 } = world.state();
        const routed = PREFIXES.filter(prefix => ledger.paths.get(prefix)!.size > 0);
        const leaves = routed.map(prefix =>
          world.leaf(prefix.replace("0/", "1/").replace("::/", "::1/").split("/")[0]!),
        );
        expect(sets).toBe(new Set(leaves).size);
        expect(groups).toBeLessThanOrEqual(sets);
        const singles = routed
          .map(prefix => world.route(prefix)!)
          .filter(({ members }) => Object.keys(members).length < 2);
        if (singles.length === routed.length) {
          const different = new Set(
            singles.map(({ members, backup, protection }) => JSON.stringify([members, backup, protection])),
          );
          expect(groups).toBe(different.size);
        }
        expect(prefixes4 + prefixes6).toBe(routed.length);
      }),
      { numRuns: 200 },
    );
  });

  it("nothing is left in use once all is withdrawn", () => {
    fc.assert(
      fc.property(settings(), neighbors(NEIGHBORS), events, (chosen, states, happenings) => {
        const ledger = new Ledger(world, chosen, states);
        for (const happening of happenings) ledger.apply(happening);
        for (let n = 0; n < NEIGHBORS; n++) world.withdraw(n, ...PREFIXES);
        expect(world.state()).toMatchObject({ sets: 0, groups: 0, prefixes4: 0, prefixes6: 0 });
        for (let slot = 0; slot < usualCapacities.paths; slot++) world.path(slot, { neighbor: 0 });
        expect(world.state().paths).toBe(1);
      }),
      { numRuns: 200 },
    );
  });

  it("what comes back as it was is routed as it was, whatever the settings", () => {
    const flaps = fc.array(fc.tuple(fc.boolean(), fc.nat({ max: NEIGHBORS - 1 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(settings(), neighbors(NEIGHBORS), events, flaps, (chosen, states, happenings, failures) => {
        const ledger = new Ledger(world, chosen, states);
        for (const happening of happenings) ledger.apply(happening);
        clock += 3600 * SECOND;
        world.passTo(clock);
        const routes = () => PREFIXES.map(prefix => world.route(prefix));
        const before = routes();
        for (const [isPort, which] of failures) {
          if (isPort) world.port(which % 3, false);
          else world.neighbor(which, { ...ledger.neighbors[which], up: false });
        }
        ledger.portUp.forEach((up, port) => {
          world.port(port, up);
        });
        ledger.neighbors.forEach((state, number) => {
          world.neighbor(number, state);
        });
        clock += 3600 * SECOND;
        world.passTo(clock);
        expect(routes()).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });
});
