import { expect, it } from "vitest";
import { failoverBench } from "../../../hil/bench/failover.js";
import { synthesize } from "../../../host/tables/synth.js";

const table = synthesize({ prefixes4: 9000, prefixes6: 600 });

it("the failover benchmark sees every cause as often as it plays it, and the same work at every size", async () => {
  const [small, large] = [await failoverBench(table, 5000), await failoverBench(table, 9600)];
  expect([small.prefixes, large.prefixes]).toEqual([5000, 9600]);
  expect(large.sets).toBe(small.sets);
  for (const { repair, reselect } of [
    small.portDown,
    small.neighborDeath,
    large.portDown,
    large.neighborDeath,
  ]) {
    expect([repair.repeats, reselect.repeats]).toEqual([200, 200]);
  }
});
