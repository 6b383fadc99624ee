import { expect, it } from "vitest";
import { firstOf, shuffledTable } from "../../hil/bench/board/edge.js";
import { deviceClock } from "../../hil/bench/failover/clock.js";
import { reactions } from "../../hil/bench/failover/reactions.js";
import { openEmulated } from "../../host/target/emulated.js";
import { testImage } from "./image.js";

// A busy host may send a request twice, and the bytes of the copy interrupt what is measured: once more, it is without.
it("a Pico takes the same cycles for a lost way whether it has 1 prefix or 1000", { retry: 1 }, async () => {
  const { directory } = await testImage("pico");
  const target = await openEmulated("pico", directory);
  try {
    const clock = await deviceClock(target);
    expect(clock).toMatchObject({ unit: "cycles", perTick: 1, isExact: true });
    const table = shuffledTable(4, 999, 1);
    const cycles = async (prefixes: number) => {
      const times = { repeat: 2, warmUp: 1, onProgress: () => {} };
      const all = (await reactions(target, clock, firstOf(table, prefixes - 1), times))!;
      return all
        .filter(({ sets }) => sets > 0)
        .map(({ cause, repaired, handled }) => [cause, repaired?.min, handled.min]);
    };
    const [one, thousand] = [await cycles(1), await cycles(1000)];
    expect(one.map(([cause]) => cause)).toEqual(["port down", "BFD down", "metric"]);
    expect(thousand).toEqual(one);
  } finally {
    await target.close();
  }
});
