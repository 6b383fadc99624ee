import { describe, expect, it } from "vitest";
import { PathFlag, ReversionFlag } from "../../../host/protocol/words.js";
import { plainPath } from "../../plain-path.js";
import { Lab, type Seen } from "../probe/lab.js";
import { World } from "../rib/world.js";
import { off } from "./model.js";

describe("a path with the community of a graceful shutdown (RFC 8326)", () => {
  const offer = (world: World, flags: number) => {
    world.neighbor(0);
    world.reversion(0, off, flags);
    world.offer({ gracefulShutdown: true }, { localPref: 1 });
    return world.route();
  };

  it("loses to any other", async () => {
    expect(offer(await World.start(), 0)).toMatchObject({ best: 1, step: "LOCAL_PREF" });
  });

  it("is like any other where its neighbor is not heeded, and takes no memory", async () => {
    const flags = ReversionFlag.IGNORE_GRACEFUL_SHUTDOWN;
    expect(offer(await World.start(), flags)).toMatchObject({ best: 0, step: "LOCAL_PREF" });
  });

  it("is ranked by what holds when it is defined", async () => {
    const world = await World.start();
    offer(world, 0);
    world.reversion(0, off, ReversionFlag.IGNORE_GRACEFUL_SHUTDOWN);
    expect(world.route()!.best).toBe(1);
    world.path(0, { neighbor: 0, gracefulShutdown: true });
    world.announce(0, "198.51.100.0/24");
    expect(world.route()!.best).toBe(0);
  });
});

describe.each(["host", "mcu"] as const)(
  "a neighbor that is switched off in a run, in the %s profile",
  profile => {
    /** What becomes of a packet every 100 us while neighbor 0 falls silent, 20 ms after it has said so or not. */
    async function switchOff(announced: boolean): Promise<{ seen: Seen[]; lost: number }> {
      const lab = await Lab.build(profile);
      lab.neighbor(0, 10_000);
      lab.speaker(0, 1000);
      lab.router.call("PATH", { ...plainPath(2, 0), flags: PathFlag.GRACEFUL_SHUTDOWN });
      lab.stream(0, { interval: 100 });
      if (announced) lab.event(10_000, "ANNOUNCE", 0, 2);
      lab.event(30_000, "SILENCE", 0);
      const seen = lab.run(100_000).filter(({ kind }) => kind === "EGRESS" || kind === "DROP");
      const moved = seen.find(({ kind, value }) => kind === "EGRESS" && value === 1)!;
      return { seen, lost: Math.max(0, (moved.time - 30_000) / 100) };
    }

    it("loses what it is sent until its death is found", async () => {
      const { lost } = await switchOff(false);
      expect(lost).toBeGreaterThan(0);
    });

    it("loses nothing where it has said so: its traffic has moved before", async () => {
      const { seen, lost } = await switchOff(true);
      expect(lost).toBe(0);
      expect(seen.map(({ time, kind, value }) => [time, kind, value])).toEqual([
        [0, "EGRESS", 0],
        [10_000, "EGRESS", 1],
      ]);
    });
  },
);
