import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BfdAuthentication, BfdDiagnostic, BfdFlag, BfdState, Status } from "../../../host/protocol/words.js";
import { Lab, type Seen } from "./lab.js";

const { DOWN, INIT, UP } = BfdState;
const { NONE, DETECTION_TIME_EXPIRED, NEIGHBOR_SIGNALED_DOWN } = BfdDiagnostic;

const of = (seen: Seen[], kind: Seen["kind"], subject = 0) =>
  seen.filter(record => record.kind === kind && record.subject === subject);

/** [state, diagnostic] of each change of neighbor 0's session. */
const changes = (seen: Seen[]) => of(seen, "BFD").map(({ value, count }) => [value, count]);

describe.each(["host", "mcu"] as const)("a scripted BFD session of the %s profile", profile => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.build(profile);
  });
  beforeEach(() => lab.restart());

  const state = (neighbor = 0) => lab.router.call("BFD_STATE", { neighbor });

  it("is up from the start of the run, and stays up", () => {
    lab.bfd(0, 10_000);
    lab.bfd(1, 3300);
    expect(lab.run(10_000_000)).toEqual([]);
    for (const neighbor of [0, 1]) {
      const { sent, received, remoteMinTx } = state(neighbor);
      const least = 10_000_000 / remoteMinTx;
      for (const count of [sent, received]) {
        expect(count).toBeGreaterThan(least);
        expect(count).toBeLessThan(least / 0.75);
      }
    }
  });

  it.each([
    { interval: 10_000, limit: 31_000 },
    { interval: 3300, limit: 10_500 },
  ])(
    "3 x $interval us: traffic is restored within $limit us of a silent death, at every phase",
    ({ interval, limit }) => {
      for (let phase = 0; phase < interval; phase += 100) {
        lab.restart();
        lab.bfd(0, interval);
        const death = 50_000 + phase;
        lab.stream(0, { start: 40_000, interval: 100 });
        lab.event(death, "SILENCE", 0);
        const seen = lab.run(100_000);
        const [down] = of(seen, "NEIGHBOR");
        // The last packet came up to an interval before the death.
        expect(down!.time - death).toBeGreaterThanOrEqual(2 * interval);
        expect(down!.time - death).toBeLessThanOrEqual(3 * interval);
        const [, restored] = of(seen, "EGRESS");
        expect(restored).toMatchObject({ value: 1 });
        expect(restored!.time - death).toBeLessThanOrEqual(limit);
      }
    },
  );

  it("that comes up gives its neighbor the whole hold time, also one whose hold time had ended before", () => {
    lab.neighbor(0, 40_000);
    lab.bfd(0, 10_000);
    lab.event(100_000, "SILENCE", 0);
    lab.event(200_000, "SPEAK", 0);
    const [expired, up, down, ...more] = of(lab.run(3_000_000), "NEIGHBOR");
    expect(more).toEqual([]);
    expect(expired).toMatchObject({ value: 0, time: 40_000 });
    expect(up).toMatchObject({ value: 1 });
    expect(up!.time).toBeGreaterThan(200_000);
    expect(down).toMatchObject({ value: 0, time: up!.time + 40_000 });
  });

  it("begins at another phase with another seed", () => {
    const firsts = Array.from({ length: 50 }, (_, seed) => {
      lab.restart();
      lab.bfd(0, 10_000, { seed });
      lab.event(30_000, "SILENCE", 0);
      return of(lab.run(100_000), "NEIGHBOR")[0]!.time;
    });
    expect(new Set(firsts).size).toBeGreaterThan(45);
  });

  it("begins at any phase of the interval", () => {
    const heard = Array.from({ length: 400 }, (_, seed) => {
      lab.restart();
      lab.bfd(0, 10_000, { seed });
      lab.run(2500);
      return state().received;
    });
    const share = heard.filter(packets => packets > 0).length / heard.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
  });

  it("does not mind a silence of less than an interval", () => {
    lab.bfd(0, 10_000);
    for (let time = 100_000; time < 500_000; time += 100_000) {
      lab.event(time, "SILENCE", 0);
      lab.event(time + 9900, "SPEAK", 0);
    }
    expect(changes(lab.run(600_000))).toEqual([]);
  });

  it("is told what it takes down, like any failover, and comes back by itself within a second", () => {
    lab.bfd(0, 10_000);
    lab.event(100_000, "SILENCE", 0);
    lab.event(3_000_000, "SPEAK", 0);
    const seen = lab.run(5_000_000);
    expect(seen.map(({ kind, value, subject }) => [kind, value, subject])).toEqual([
      ["EVENT", Status.OK, 0],
      ["BFD", DOWN, 0],
      ["NEIGHBOR", 0, 0],
      ["REPAIR", 0, 1],
      ["RESELECT", 0, 1],
      ["EVENT", Status.OK, 1],
      ["BFD", expect.any(Number), 0],
      ["BFD", UP, 0],
      ["NEIGHBOR", 1, 0],
      ["REPAIR", 0, 0],
      ["RESELECT", 0, 1],
    ]);
    const [, up] = of(seen, "NEIGHBOR");
    expect(up!.time).toBeGreaterThan(3_000_000);
    expect(up!.time).toBeLessThanOrEqual(4_000_000);
    expect(state()).toMatchObject({ transmitInterval: 10_000, detectionTime: 30_000 });
  });

  it("keeps its neighbor in use while the far end is administratively down", () => {
    lab.bfd(0, 10_000);
    lab.stream(0);
    lab.event(100_000, "ADMIN_DOWN", 0);
    lab.event(200_000, "ADMIN_UP", 0);
    const seen = lab.run(2_000_000);
    expect(changes(seen)).toEqual([
      [DOWN, NEIGHBOR_SIGNALED_DOWN],
      [INIT, NONE],
      [UP, NONE],
    ]);
    expect(of(seen, "BFD")[0]!.time).toBe(100_000);
    expect(of(seen, "EGRESS")).toHaveLength(1);
    expect(of(seen, "NEIGHBOR")).toEqual([]);
  });

  it("keeps its neighbor in use while its own end is", () => {
    lab.bfd(0, 10_000, { flags: BfdFlag.SCRIPTED | BfdFlag.ADMIN_DOWN });
    lab.stream(0);
    expect(of(lab.run(1_000_000), "EGRESS")).toHaveLength(1);
    expect(state()).toMatchObject({
      state: BfdState.ADMIN_DOWN,
      diagnostic: BfdDiagnostic.ADMINISTRATIVELY_DOWN,
      remoteState: DOWN,
    });
  });

  it("goes down behind a port that is, and up again behind it", () => {
    lab.bfd(0, 10_000);
    lab.event(100_000, "PORT_DOWN", 0);
    lab.event(500_000, "PORT_UP", 0);
    const seen = lab.run(3_000_000);
    expect(changes(seen)[0]).toEqual([DOWN, DETECTION_TIME_EXPIRED]);
    expect(changes(seen).at(-1)).toEqual([UP, NONE]);
  });

  it("survives a port that is down for less than an interval", () => {
    lab.bfd(0, 10_000);
    lab.event(100_000, "PORT_DOWN", 0);
    lab.event(109_900, "PORT_UP", 0);
    expect(changes(lab.run(1_000_000))).toEqual([]);
  });

  it("has intervals of its own at each end", () => {
    lab.bfd(0, 10_000, { farMinTx: 50_000, farMinRx: 20_000, farMultiplier: 4 });
    lab.event(1_000_000, "SILENCE", 0);
    const seen = lab.run(2_000_000);
    expect(state()).toMatchObject({ remoteMinTx: 50_000, remoteMinRx: 20_000, detectionTime: 200_000 });
    const { time } = of(seen, "NEIGHBOR")[0]!;
    expect(time).toBeGreaterThan(1_150_000);
    expect(time).toBeLessThanOrEqual(1_200_000);
  });

  it.each([BfdAuthentication.KEYED_SHA1, BfdAuthentication.METICULOUS_KEYED_SHA1])(
    "is authenticated at both ends with type %i",
    authentication => {
      lab.bfd(0, 10_000, { authentication, key: new Uint8Array(20).fill(7) });
      lab.event(1_000_000, "SILENCE", 0);
      lab.event(2_000_000, "SPEAK", 0);
      const seen = lab.run(4_000_000);
      expect(of(seen, "NEIGHBOR").map(({ value }) => value)).toEqual([0, 1]);
    },
  );

  it("runs over IPv6", () => {
    const address = Uint8Array.of(0x20, 1, 0xd, 0xb8, ...new Array(11).fill(0), 1);
    lab.router.call("PORT", {
      port: 0,
      up: 1,
      mtu: 1500,
      address4: new Uint8Array(4),
      address6: address.with(15, 2),
    });
    lab.neighbor(0, 0, 1, address);
    lab.bfd(0, 10_000);
    lab.event(1_000_000, "SILENCE", 0);
    expect(changes(lab.run(2_000_000))).toEqual([[DOWN, DETECTION_TIME_EXPIRED]]);
    expect(state().received).toBeGreaterThan(100);
  });

  it("stands still before and after the run", () => {
    lab.bfd(0, 10_000);
    const wait = () => {
      lab.now += 60_000_000;
      lab.router.exports.advance(BigInt(lab.now));
    };
    wait();
    expect(state()).toMatchObject({ sent: 0, received: 0, state: DOWN });
    lab.run(1_000_000);
    const after = state();
    wait();
    expect(state()).toEqual(after);
    expect(after.state).toBe(UP);
  });

  it("plays the same again in the next run, whatever the last one ended in", () => {
    lab.bfd(0, 10_000);
    lab.stream(0);
    lab.event(100_000, "SILENCE", 0);
    const first = lab.run(1_000_000);
    expect(of(first, "NEIGHBOR")).toHaveLength(1);
    expect(lab.run(1_000_000)).toEqual(first);
  });

  it("is not changed during a run, and has no event where it is not scripted", () => {
    lab.bfd(0, 10_000);
    lab.event(10, "ADMIN_DOWN", 1);
    lab.start(1000);
    expect(() => lab.bfd(0, 10_000)).toThrow(expect.objectContaining({ status: Status.BUSY }));
    expect(() => lab.bfd(0, 0, { multiplier: 0 })).toThrow(expect.objectContaining({ status: Status.BUSY }));
    lab.now += 1000;
    lab.router.exports.advance(BigInt(lab.now));
    expect(of(lab.records(), "EVENT")).toMatchObject([{ value: Status.NOT_FOUND }]);
  });

  it("yields the same records on a clock that jumps, that steps, and that is late", () => {
    const prepare = () => {
      lab.restart();
      lab.bfd(0, 10_000);
      lab.bfd(1, 7000);
      lab.stream(0, { interval: 700 });
      lab.event(20_000, "SILENCE", 0);
      lab.event(70_000, "ADMIN_DOWN", 1);
      lab.event(90_000, "ADMIN_UP", 1);
      lab.event(100_000, "SPEAK", 0);
    };
    const duration = 1_500_000;
    prepare();
    const expected = lab.run(duration);
    expect(of(expected, "NEIGHBOR")).toHaveLength(2);
    fc.assert(
      fc.property(fc.boolean(), fc.infiniteStream(fc.integer({ min: 1, max: 30_000 })), (late, steps) => {
        prepare();
        const { advance, poll } = lab.router.exports;
        const end = lab.now + duration;
        lab.start(duration);
        while (lab.now <= end) {
          lab.now += steps.next().value as number;
          if (!late) advance(BigInt(lab.now));
          else while (poll(BigInt(lab.now)) <= BigInt(lab.now));
        }
        expect(lab.records()).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
