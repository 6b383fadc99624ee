/** Random worlds for property tests, dense enough that every step of the decision process is reached. */
import fc from "fast-check";
import { Metric, Origin, Protocol, Segment } from "../../../host/protocol/words.js";
import { type NeighborState, type PathState, type Settings, usualNeighbor, usualSettings } from "./world.js";

const few = (...values: number[]) => fc.constantFrom(...values);

const asns = fc.array(few(64496, 64497, 64498), { minLength: 1, maxLength: 3 });

export const asPath = fc.oneof(
  { weight: 6, arbitrary: asns.map(list => [{ type: Segment.SEQUENCE, asns: list }]) },
  {
    weight: 1,
    arbitrary: fc.array(fc.record({ type: fc.constantFrom(Segment.SET, Segment.SEQUENCE), asns }), {
      maxLength: 3,
    }),
  },
);

const bgpPath = fc.record({
  protocol: fc.constantFrom(Protocol.EBGP, Protocol.IBGP),
  localPref: few(100, 100, 100, 200),
  asPath,
  origin: fc.constantFrom(Origin.IGP, Origin.IGP, Origin.INCOMPLETE),
  med: fc.constantFrom(null, 0, 10, 20),
  weight: few(0, 1, 2, 5),
  hops: few(0, 1, 3),
  cost: few(0, 0, 5, 30),
  latency: few(0, 7, 9000),
  originatorId: fc.constantFrom(null, null, 0x0a000001, 0x0a000002),
  clusters: fc.array(few(0x0b000001, 0x0b000002), { maxLength: 2 }),
  gracefulShutdown: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
  stale: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
  resolves: fc.integer({ min: 0, max: 9 }).map(n => n !== 0),
});

/** Paths of BGP only; `neighbor` is filled in by who uses them. */
export const bgpPaths: fc.Arbitrary<PathState> = bgpPath.map(path => ({ ...path, neighbor: 0 }));

/** Paths of any protocol. */
export const anyPaths: fc.Arbitrary<PathState> = fc
  .tuple(bgpPaths, fc.constantFrom<Protocol | null>(null, null, null, 0, 1, 3, 3))
  .map(([path, protocol]) => (protocol === null ? path : { ...path, protocol }));

export function neighbors(count: number): fc.Arbitrary<NeighborState[]> {
  const one = fc.record({
    port: few(0, 1, 2),
    up: fc.integer({ min: 0, max: 5 }).map(n => n !== 0),
    routerId: few(0xc0000201, 0xc0000202, 0xc0000203),
    cost: few(10, 10, 15, 0xffff_ffff),
    latency: few(1000, 1000, 2000),
  });
  return fc
    .array(one, { minLength: count, maxLength: count })
    .map(list => list.map((neighbor, number) => ({ ...usualNeighbor(number), ...neighbor })));
}

/** Between neighbors, whether or not they can be those of a network. */
export function distances(count: number): fc.Arbitrary<number[][]> {
  const row = fc.array(few(0, 0, 1, 2, 5, 30, 9000, 0xffff_ffff), { minLength: count, maxLength: count });
  return fc.array(row, { minLength: count, maxLength: count });
}

/** Settings; `fixed` says which are not left to chance. */
export function settings(fixed: Partial<Settings> = {}): fc.Arbitrary<Settings> {
  return fc
    .record({
      alwaysCompareMed: fc.boolean(),
      deterministicMed: fc.boolean(),
      compareRouterId: fc.boolean(),
      ignoreAsPathLength: fc.boolean(),
      medMissingAsWorst: fc.boolean(),
      maxPaths: few(1, 1, 2, 8),
      metric: fc.constantFrom(Metric.HOPS, Metric.COST, Metric.LATENCY),
      preferences: fc.constantFrom<number[]>([0, 1, 20, 110, 200], [5, 5, 5, 5, 5], [200, 110, 20, 1, 0]),
    })
    .map(chosen => ({ ...usualSettings, ...chosen, ...fixed }));
}
