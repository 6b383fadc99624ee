import { describe, expect, it } from "vitest";
import { measure } from "../../../hil/measure/index.js";
import { queriesIn } from "../../../hil/measure/queries.js";
import { sessionsIn } from "../../../hil/measure/sessions.js";
import { answeredBy, example, lost, SECOND, streamOf } from "./example.js";

const report = measure(example());
const outcome = (event: string, stream: number) =>
  report.outcomes.find(one => one.event === event && one.stream === stream)!;
const about = {
  client: "client",
  router: "router",
  prefix: "198.51.100.0/24",
  transport: "udp" as const,
  start: 0,
  interval: 10_000,
  packets: 100,
};
const all = { from: -Infinity, to: Infinity };

describe("queries", () => {
  it("are sent, and delivered or lost", () => {
    const stream = streamOf(about, time =>
      time < 300_000 ? answeredBy("A", 1_000) : lost("router", "NO_ROUTE"),
    );
    expect(queriesIn(stream, all)).toEqual({
      sent: 100,
      delivered: 30,
      lost: 70,
      duplicated: 0,
      reordered: 0,
    });
    expect(queriesIn(stream, { from: 250_000, to: 350_000 })).toMatchObject({
      sent: 10,
      delivered: 5,
      lost: 5,
    });
  });

  it("that two spans account for were duplicated", () => {
    const stream = streamOf(about, () => answeredBy("A", 1_000));
    stream.spans.push({ ...stream.spans[0]!, first: 40, packets: 3 });
    expect(queriesIn(stream, all)).toMatchObject({ sent: 100, delivered: 103, lost: 0, duplicated: 3 });
  });

  it("are reordered when answers from a nearer site overtake those from a farther one", () => {
    // New York, 79 ms, until 430 s; the first answer from London is back at 430.005 s.
    // Sent at 429.931 to 429.991 s, seven packets are back at 430.010 to 430.070 s.
    expect(outcome("london-returns", 0).queries.reordered).toBe(7);
    expect(outcome("london-withdraws", 0).queries.reordered).toBe(0);
  });

  it("are not reordered when their answers arrive together", () => {
    const near = (time: number) => (time < 500_000 ? answeredBy("far", 11_000) : answeredBy("near", 1_000));
    expect(queriesIn(streamOf(about, near), all).reordered).toBe(0);
  });

  it("are put down to the event in whose time the late answer arrives", () => {
    const stream = streamOf(about, time =>
      time < 500_000 ? answeredBy("far", 50_000) : answeredBy("near", 1_000),
    );
    // Late: those sent at 460 to 490 ms, which arrive at 510 to 540 ms.
    expect(queriesIn(stream, all).reordered).toBe(4);
    expect(queriesIn(stream, { from: 0, to: 520_000 }).reordered).toBe(1);
    expect(queriesIn(stream, { from: 520_000, to: SECOND }).reordered).toBe(3);
  });
});

describe("sessions", () => {
  it("move with the routes, die with their site, or are kept", () => {
    expect(outcome("london-withdraws", 2).sessions).toMatchObject({
      open: 1,
      kept: 0,
      moved: 1,
      homeDied: 0,
    });
    expect(outcome("london-dies", 2).sessions).toMatchObject({ open: 1, kept: 0, moved: 0, homeDied: 1 });
    expect(outcome("london-dies", 5).sessions).toMatchObject({ open: 1, kept: 1, moved: 0, homeDied: 0 });
  });

  it("that began after the event are counted when a late consequence of it breaks them", () => {
    // London returns at 420 s and is used at 430 s; the session that breaks then began at 429.8 s.
    expect(outcome("london-returns", 2).sessions).toMatchObject({ open: 1, moved: 1 });
  });

  it("never begin where their first packet is lost", () => {
    const stream = streamOf(
      { ...about, transport: "tcp" },
      time => (time >= 190_000 && time < 310_000 ? lost("network", "dead") : answeredBy("A", 1_000)),
      10,
    );
    expect(sessionsIn(stream, { from: 185_000, to: SECOND })).toMatchObject({ neverBegan: 2 });
  });

  it("are kept when they stay on their site through a loss", () => {
    const stream = streamOf({ ...about, transport: "tcp" }, () => answeredBy("A", 1_000), 10);
    stream.spans = streamOf(about, time =>
      time === 150_000 ? lost("link", "lossy") : answeredBy("A", 1_000),
    ).spans;
    expect(sessionsIn(stream, { from: 145_000, to: SECOND })).toEqual({
      open: 1,
      kept: 1,
      moved: 0,
      homeDied: 0,
      neverBegan: 0,
    });
  });

  it("break once, in the one window that holds the instant, and are gone from later ones", () => {
    const stream = streamOf({ ...about, transport: "tcp" }, () => answeredBy("A", 1_000), 100);
    const windows = [100_000, 200_000, 300_000].map(from => ({ from, to: from + 100_000 }));
    for (const cause of ["moved", "homeDied"] as const) {
      stream.sessions[0]!.broken = { time: 205_000, cause };
      const found = windows.map(window => sessionsIn(stream, window));
      expect(found.map(({ open, kept, [cause]: broken }) => [open, kept, broken])).toEqual([
        [1, 1, 0],
        [1, 0, 1],
        [0, 0, 0],
      ]);
    }
  });
});
