import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { anyPaths, bgpPaths, distances, neighbors, settings } from "./arbitrary.js";
import { type Candidate, type Distances, decide, expectedGroup, weightsOf } from "./reference.js";
import { RouteList } from "./route-list.js";
import { PREFIX, protectionNames, type Route, type Settings, World } from "./world.js";

const NEIGHBORS = 6;
const RUNS = 600;

describe.each(["host", "mcu"] as const)("selection in the %s profile", profile => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({}, {}, profile);
  });

  /** What the reference says of paths, as the router tells it. */
  function expected(paths: Candidate[], chosen: Settings, told: Distances): Route {
    const { step, best } = decide(paths, chosen);
    const { members, backup, protection } = expectedGroup(paths, chosen, told);
    return {
      step,
      best: best?.path.neighbor ?? null,
      backup: backup?.path.neighbor ?? null,
      protection: protectionNames(protection),
      members: weightsOf(members),
      paths: paths.length,
    };
  }

  it("is what the text of the RFC gives, in whatever order the paths arrive", () => {
    const orderFree = fc.oneof(
      settings({ deterministicMed: true, compareRouterId: true }),
      settings({ alwaysCompareMed: true, compareRouterId: true }),
    );
    const paths = fc.array(fc.tuple(anyPaths, fc.nat({ max: 1000 })), { minLength: 1, maxLength: NEIGHBORS });
    fc.assert(
      fc.property(
        orderFree,
        neighbors(NEIGHBORS),
        distances(NEIGHBORS),
        fc.nat({ max: 2 }),
        paths,
        (chosen, states, told, dead, offered) => {
          world.restart(chosen, { distances: 1 });
          states.forEach((state, number) => {
            world.neighbor(number, state);
          });
          for (const [from, row] of told.entries())
            for (const [to, distance] of row.entries()) world.distance(from, to, distance);
          world.port(dead, false);
          const candidates = offered.map(([path], number) => ({
            path: { ...path, neighbor: number },
            neighbor: states[number]!,
            reachable: states[number]!.up && states[number]!.port !== dead,
          }));
          const arrivals = candidates.map((candidate, i) => ({ candidate, time: offered[i]![1] }));
          for (const { candidate } of arrivals.sort((a, b) => a.time - b.time)) {
            world.path(candidate.path.neighbor, candidate.path);
            world.announce(candidate.path.neighbor, PREFIX);
          }
          expect(world.route()).toEqual(expected(candidates, chosen, told));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it("follows a list that is kept by arrival, where the order counts", () => {
    const events = fc.array(fc.tuple(fc.nat({ max: NEIGHBORS - 1 }), fc.option(bgpPaths, { freq: 4 })), {
      minLength: 1,
      maxLength: 16,
    });
    const orderly = fc.oneof(settings({ compareRouterId: false }), settings({ deterministicMed: false }));
    const up = neighbors(NEIGHBORS).map(states => states.map(state => ({ ...state, up: true })));
    fc.assert(
      fc.property(orderly, up, events, (chosen, states, happenings) => {
        world.restart(chosen);
        const list = new RouteList(chosen);
        const known: (Candidate | null)[] = states.map(() => null);
        states.forEach((state, number) => {
          world.neighbor(number, state);
        });
        for (const [number, path] of happenings) {
          const candidate = path && {
            path: { ...path, neighbor: number },
            neighbor: states[number]!,
            reachable: true,
          };
          if (candidate) {
            world.path(number, candidate.path);
            world.announce(number, PREFIX);
          } else {
            world.withdraw(number, PREFIX);
          }
          if (known[number] || candidate) list.change(known[number]!, candidate);
          known[number] = candidate;
          const route = world.route();
          expect(route?.best ?? null).toBe(list.best?.path.neighbor ?? null);
          if (chosen.maxPaths < 8) continue;
          const ties = list.ties.map(({ path }) => path.neighbor);
          expect(Object.keys(route?.members ?? {}).map(Number)).toEqual(ties.sort());
        }
      }),
      { numRuns: RUNS },
    );
  });
});
