import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { Network, SECOND, SITES } from "./network.js";
import { PinnedModel } from "./pinned-model.js";

const flow = fc.record({
  family: fc.constantFrom(4 as const, 6 as const),
  host: fc.nat({ max: 3 }),
  port: fc.constantFrom(1, 2, 40_000),
});
const step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ flow, flags: fc.constantFrom(2, 16, 16, 16, 17, 4, 18, 0, 3) }) },
  { weight: 2, arbitrary: fc.record({ wait: fc.integer({ min: 1, max: 12 * SECOND }) }) },
  { arbitrary: fc.record({ site: fc.constantFrom(...SITES), announced: fc.boolean() }), weight: 2 },
  { arbitrary: fc.record({ site: fc.constantFrom(...SITES), up: fc.boolean() }), weight: 1 },
);

describe.each(["host", "mcu"] as const)("the table of pinned flows, profile %s", profile => {
  let network: Network;
  beforeAll(async () => {
    network = await Network.start(profile);
  });

  it("does what a slow one does", () => {
    const key = fc.uint8Array({ minLength: 8, maxLength: 8 });
    const steps = fc.array(step, { minLength: 20, maxLength: 150 });
    fc.assert(
      fc.property(
        fc.constantFrom(8, 16, 32),
        key,
        fc.integer({ min: 1, max: 30 }),
        steps,
        (flows, key, idle, all) => {
          network.restart({ flows });
          network.settings({ key, flowIdle: idle * 2 ** 20 });
          const model = new PinnedModel(flows, key, idle);
          const announced = SITES.map(() => true);
          const up = SITES.map(() => true);
          for (const step of all) {
            if ("wait" in step) network.wait(step.wait);
            else if ("announced" in step) {
              if (step.announced) network.announce(step.site);
              else network.withdraw(step.site);
              announced[step.site] = step.announced;
            } else if ("up" in step) {
              network.link(step.site, step.up);
              up[step.site] = step.up;
            } else {
              const routed = SITES.find(site => announced[site] && up[site]) ?? null;
              const now = Math.floor(network.time / 2 ** 20);
              const expected = model.send(step.flow, step.flags, now, routed, site => up[site]!);
              expect(network.send(step.flow, step.flags)).toBe(expected);
            }
          }
          expect([network.flows, network.evicted]).toEqual([model.flows, model.evicted]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
