import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messages } from "../../../host/protocol/messages.js";
import { Status, Transport } from "../../../host/protocol/words.js";
import { Lab, type Seen } from "./lab.js";

const egress = (time: number, value: number, count: number, subject = 0): Seen => ({
  time,
  kind: "EGRESS",
  value,
  subject,
  count,
});
const end = (time: number, count: number, subject = 0): Seen => ({
  time,
  kind: "STREAM_END",
  value: 0,
  subject,
  count,
});

/** Without what local repair and re-selection touched, which has tests of its own. */
const ofStreams = (seen: Seen[]) =>
  seen.filter(({ kind }) => kind === "EGRESS" || kind === "DROP" || kind === "STREAM_END");

describe.each(["host", "mcu"] as const)("the probe of the %s profile", profile => {
  it("records a stream only where its way changes, with the packet's number", async () => {
    const lab = await Lab.build(profile);
    lab.stream(0, { start: 500 });
    lab.event(4500, "PORT_DOWN", 0);
    lab.event(7501, "PORT_UP", 0);
    expect(ofStreams(lab.run(10_000))).toEqual([
      egress(500, 0, 0),
      egress(4500, 1, 4),
      egress(8500, 0, 8),
      end(10_000, 10),
    ]);
  });

  it("lets a packet see a change of the same instant", async () => {
    const lab = await Lab.build(profile);
    lab.stream(0);
    lab.event(3000, "WITHDRAW", 0);
    lab.event(6000, "ANNOUNCE", 0, 0);
    expect(ofStreams(lab.run(8000))).toEqual([
      egress(0, 0, 0),
      egress(3000, 1, 3),
      egress(6000, 0, 6),
      end(8000, 8),
    ]);
  });

  it("finds a silent neighbor after its hold time, and not before", async () => {
    const lab = await Lab.build(profile);
    lab.neighbor(0, 30_000);
    lab.speaker(0, 10_000, 2000);
    lab.stream(0);
    lab.event(55_000, "SILENCE", 0);
    lab.event(120_500, "SPEAK", 0);
    const seen = lab.run(150_000);
    // The last keep-alive came at 52 ms, so the hold time ends at 82 ms.
    expect(seen.filter(({ kind }) => kind === "NEIGHBOR")).toEqual([
      { time: 82_000, kind: "NEIGHBOR", value: 0, subject: 0, count: 0 },
      { time: 120_500, kind: "NEIGHBOR", value: 1, subject: 0, count: 0 },
    ]);
    expect(ofStreams(seen)).toEqual([
      egress(0, 0, 0),
      egress(82_000, 1, 82),
      egress(121_000, 0, 121),
      end(150_000, 150),
    ]);
  });

  it("tells what local repair and re-selection touched, behind their cause", async () => {
    const lab = await Lab.build(profile);
    lab.event(10, "PORT_DOWN", 0);
    lab.event(20, "PORT_UP", 0);
    expect(lab.run(100).map(({ time, kind, subject }) => [time, kind, subject])).toEqual([
      [10, "EVENT", 0],
      [10, "REPAIR", 1],
      [10, "RESELECT", 1],
      [20, "EVENT", 1],
      [20, "REPAIR", 0],
      [20, "RESELECT", 1],
    ]);
  });

  it("records a packet that nobody takes under its reason", async () => {
    const lab = await Lab.build(profile);
    lab.stream(0);
    lab.event(2000, "WITHDRAW", 0);
    lab.event(2000, "WITHDRAW", 1);
    const seen = ofStreams(lab.run(5000));
    expect(seen.map(({ kind, count }) => [kind, count])).toEqual([
      ["EGRESS", 0],
      ["DROP", 2],
      ["STREAM_END", 5],
    ]);
  });

  it("ends a stream after its count, starts and stops one by the timeline", async () => {
    const lab = await Lab.build(profile);
    lab.stream(0, { count: 3 });
    lab.stream(1, { start: 2 ** 52 });
    lab.event(2500, "STREAM_START", 1);
    lab.event(4600, "STREAM_STOP", 1);
    expect(ofStreams(lab.run(9000))).toEqual([
      egress(0, 0, 0),
      end(2000, 3),
      egress(2500, 0, 0, 1),
      end(4600, 3, 1),
    ]);
  });

  it("closes the account of a stream that is started again", async () => {
    const lab = await Lab.build(profile);
    lab.stream(0);
    lab.event(2500, "STREAM_START", 0);
    expect(ofStreams(lab.run(4000))).toEqual([
      egress(0, 0, 0),
      end(2500, 3),
      egress(2500, 0, 0),
      end(4000, 2),
    ]);
  });

  it("never plays an event whose time lies beyond all times", async () => {
    const lab = await Lab.build(profile);
    lab.run(1000);
    lab.event(Number.MAX_SAFE_INTEGER, "PORT_DOWN", 0);
    const body = new DataView(lab.router.exports.memory.buffer, lab.router.exports.requestBuffer());
    body.setBigUint64(0, 2n ** 64n - 1n, true);
    expect(lab.router.exports.call(messages.EVENT.kind, messages.EVENT.request.size)).toBe(0);
    expect(lab.run(1000)).toEqual([]);
  });

  it("lets a board that is far behind hear its line between two polls", async () => {
    const lab = await Lab.build(profile);
    lab.stream(0, { interval: 1 });
    lab.start(1_000_000);
    const { poll } = lab.router.exports;
    expect(poll(500_000n)).toBeLessThan(500_000n);
    expect(lab.progress()).toMatchObject({ running: 1 });
    while (poll(2_000_000n) <= 2_000_000n);
    expect(lab.progress()).toMatchObject({ running: 0, time: 1_000_000 });
    expect(lab.records().at(-1)).toEqual(end(1_000_000, 1_000_000));
  });

  it("keeps a session on one next hop of a group, and gives the next session its own port", async () => {
    const lab = await Lab.build(profile);
    lab.settings(2);
    lab.neighbor(1, 0, 1);
    lab.stream(0, { transport: Transport.TCP, sessionPackets: 10 });
    const seen = ofStreams(lab.run(400_000)).filter(({ kind }) => kind === "EGRESS");
    for (const { count } of seen) expect(count % 10).toBe(0);
    expect(new Set(seen.map(({ value }) => value))).toEqual(new Set([0, 1]));
  });

  it("counts the records that found no room", async () => {
    const lab = await Lab.build(profile, { records: 2 });
    lab.stream(0);
    lab.event(1000, "WITHDRAW", 0);
    lab.event(2000, "ANNOUNCE", 0, 0);
    expect(lab.run(5000)).toHaveLength(2);
    expect(lab.progress()).toMatchObject({ running: 0, records: 2, lost: 4, time: 5000, lateness: 0 });
  });

  it("refuses what would change a run under way", async () => {
    const lab = await Lab.build(profile);
    lab.start(1000);
    for (const change of [
      () => lab.stream(0),
      () => lab.event(1, "PORT_UP", 0),
      () => lab.speaker(0, 1),
      () => lab.start(1),
    ]) {
      expect(change).toThrow(expect.objectContaining({ status: Status.BUSY }));
    }
    expect(lab.progress()).toMatchObject({ running: 1 });
  });

  it("refuses a timeline that goes back, and a stream or event that cannot be", async () => {
    const lab = await Lab.build(profile);
    lab.event(10, "PORT_UP", 0);
    expect(() => lab.event(9, "PORT_UP", 0)).toThrow(expect.objectContaining({ status: Status.BAD_VALUE }));
    expect(() => lab.stream(4)).toThrow(expect.objectContaining({ status: Status.STREAMS_FULL }));
    expect(() => lab.stream(0, { port: 3 })).toThrow(
      expect.objectContaining({ status: Status.UNKNOWN_PORT }),
    );
    expect(() => lab.stream(0, { family: 5 })).toThrow(
      expect.objectContaining({ status: Status.BAD_FAMILY }),
    );
    expect(() => lab.stream(0, { interval: 0 })).toThrow(
      expect.objectContaining({ status: Status.BAD_VALUE }),
    );
    expect(() => lab.speaker(2, 10)).toThrow(expect.objectContaining({ status: Status.UNKNOWN_NEIGHBOR }));
  });

  it("records the status of an event that could not be applied, and plays on", async () => {
    const lab = await Lab.build(profile);
    lab.event(10, "PORT_DOWN", 77);
    lab.event(20, "SILENCE", 0);
    lab.event(30, "STREAM_STOP", 3);
    expect(lab.run(100).map(({ kind, value }) => [kind, value])).toEqual([
      ["EVENT", Status.UNKNOWN_PORT],
      ["EVENT", Status.UNKNOWN_NEIGHBOR],
      ["EVENT", Status.NOT_FOUND],
    ]);
  });

  it("yields the same records on a clock that jumps, that steps, and that is late", async () => {
    const build = async () => {
      const lab = await Lab.build(profile);
      lab.neighbor(0, 30_000);
      lab.speaker(0, 10_000);
      lab.stream(0, { interval: 700 });
      lab.stream(1, { interval: 1100, start: 350, transport: Transport.TCP, sessionPackets: 7 });
      lab.event(20_000, "COST", 0, 9);
      lab.event(30_000, "COST", 0, 1);
      lab.event(40_000, "SILENCE", 0);
      lab.event(90_000, "SPEAK", 0);
      return lab;
    };
    const expected = (await build()).run(120_000);
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.infiniteStream(fc.integer({ min: 1, max: 9000 })),
        async (late, steps) => {
          const lab = await build();
          const { advance, poll } = lab.router.exports;
          lab.start(120_000);
          for (let now = 0; now <= 120_000; ) {
            now += steps.next().value as number;
            if (late) poll(BigInt(now));
            else advance(BigInt(now));
          }
          expect(lab.records()).toEqual(expected);
          if (!late) expect(lab.progress().lateness).toBe(0);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("yields the same records however long the set-up takes, where buckets must be idle to move", async () => {
    const lab = await Lab.build(profile);
    const build = () => {
      lab.restart({ bucketAges: 1 });
      lab.settings(2);
      lab.bucketIdle(8000);
      lab.neighbor(1, 0, 1);
      for (let number = 0; number < 4; number++) {
        lab.stream(number, { start: 130 * number, interval: 500 + 900 * number, sessionPackets: 12 });
      }
      lab.event(10_000, "PORT_DOWN", 1);
      lab.event(20_000, "PORT_UP", 1);
    };
    build();
    const expected = lab.run(60_000);
    fc.assert(
      fc.property(fc.nat({ max: 20_000 }), setUp => {
        build();
        lab.wait(setUp);
        expect(lab.run(60_000)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it("plays a scenario again from its start", async () => {
    const lab = await Lab.build(profile);
    lab.stream(0);
    lab.event(2000, "PORT_DOWN", 0);
    lab.event(5000, "PORT_UP", 0);
    const first = lab.run(9000);
    expect(lab.run(9000)).toEqual(first);
  });
});
