import { expect, test } from "vitest";
import { readBoard } from "../../firmware/build/board.js";
import { rowBatches } from "../../host/protocol/prefixes.js";
import { roomFor } from "../../host/protocol/room.js";
import type { Routes } from "../../host/tables/routes.js";
import { synthesize } from "../../host/tables/synth.js";
import { World } from "./rib/world.js";

/** Paths of each of the two neighbors that announce everything; prefixes have any two of them. */
const PATHS = 15;

const most = {
  ports: 8,
  neighbors: 8,
  paths: 508,
  sets: 254,
  pathsPerSet: 2,
  buckets: 256,
  bucketAges: 0,
  distances: 0,
  flows: 0,
};

test.each([
  { prefixes4: 10_000, prefixes6: 0 },
  { prefixes4: 9000, prefixes6: 1000 },
])("$prefixes4 IPv4 and $prefixes6 IPv6 prefixes with two paths each fit a Pico", async counts => {
  const table = synthesize(counts);
  const room = (routes: Routes) => roomFor(routes.family, routes.lengths.subarray(0, routes.count));
  const capacities = { ...most, prefixes4: room(table.ipv4), prefixes6: room(table.ipv6) };
  const world = await World.start({ maxPaths: 2 }, capacities, "mcu");
  const { router } = world;

  // What lies below the pools, buffers included, is what HELLO does not offer.
  const { memory } = router.call("HELLO", {});
  const below = router.exports.memory.buffer.byteLength - memory;
  const { bytesUsed } = router.call("CONFIGURE", {
    ...capacities,
    streams: 0,
    events: 0,
    records: 0,
    bfdSessions: 0,
    reversion: 0,
    histories: 0,
  });
  expect(below + bytesUsed).toBeLessThanOrEqual(readBoard("pico").linearMemory);

  world.restart({ maxPaths: 2 }, capacities);
  for (const neighbor of [0, 1]) {
    world.neighbor(neighbor);
    for (let path = 0; path < PATHS; path++) {
      world.path(neighbor * PATHS + path, { neighbor, weight: 1 + path });
    }
  }
  const pathOf = [(row: number) => row % PATHS, (row: number) => Math.floor(row / PATHS) % PATHS] as const;
  for (const routes of [table.ipv4, table.ipv6]) {
    const rows = Array.from({ length: routes.count }, (_, row) => row);
    for (let slot = 0; slot < 2 * PATHS; slot++) {
      const announced = rows.filter(row => pathOf[slot < PATHS ? 0 : 1]!(row) === slot % PATHS);
      for (const { family, tail } of rowBatches(routes, announced)) {
        router.call("ANNOUNCE", { slot, family }, tail);
      }
    }
  }
  const sets = PATHS * PATHS;
  expect(world.state()).toMatchObject({ ...counts, sets, groups: sets, paths: 2 * PATHS });
  expect(new Set(setsOf(world, table.ipv4)).size).toBe(sets);
});

/** The route set of the first address of each prefix. */
function setsOf({ router }: World, routes: Routes): number[] {
  return Array.from({ length: routes.count }, (_, row) => router.exports.lookup4(routes.words[row]!));
}
