import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measure } from "../../../hil/measure/index.js";
import type { StreamObservation } from "../../../hil/world/observation.js";
import { answeredBy, EVENT, example, type Fate, lost, SECOND, streamOf } from "./example.js";

const AT = SECOND;
const INTERVAL = 10_000;

/** What one event at one second did to one stream. */
function failoverIn(stream: StreamObservation) {
  const [outcome] = measure({
    ...example(),
    targets: [],
    observations: [
      {
        duration: 2 * SECOND,
        streams: [stream],
        events: [{ id: "event", like: "event", time: AT, kind: "silent-death", text: "A dies", seenBy: [] }],
        repairs: [],
        holds: [],
        loads: [],
        lateness: 0,
      },
    ],
  }).outcomes;
  return outcome!.failover;
}

function streamWith(fateAt: (time: number) => Fate, start = 0): StreamObservation {
  return streamOf(
    {
      client: "client",
      router: "router",
      prefix: "198.51.100.0/24",
      transport: "udp",
      start,
      interval: INTERVAL,
      packets: 200,
    },
    fateAt,
  );
}

const near = answeredBy("near", 4_000);
const far = answeredBy("far", 79_000);
const nothing = lost("network", "A is dead");

describe("failover time", () => {
  it("is between the last packet before and the first one after that were answered, less one interval", () => {
    const report = measure(example());
    const died = report.outcomes.find(one => one.event === "london-dies" && one.stream === 0)!;
    expect(died.failover).toEqual({
      time: { value: 30_000, low: 20_000, high: 40_000 },
      lost: 3,
      reordered: 0,
      duplicated: 0,
    });
    expect(
      report.convergence.find(one => one.event === "london-dies" && one.router === "paris"),
    ).toMatchObject({
      failover: { value: 30_000 },
    });
  });

  it("is what stays unseen where no packet was lost or came late", () => {
    expect(failoverIn(streamWith(time => (time < AT ? near : far)))).toEqual({
      time: { value: 0, low: 0, high: INTERVAL },
      lost: 0,
      reordered: 0,
      duplicated: 0,
    });
  });

  it("spans several losses, and what was answered between them", () => {
    const flapping = (time: number) => {
      if (time < AT) return near;
      if (time === AT + 20_000) return near;
      return time < AT + 50_000 ? nothing : far;
    };
    expect(failoverIn(streamWith(flapping))).toMatchObject({
      time: { value: 50_000, low: 40_000, high: 60_000 },
      lost: 4,
    });
  });

  it("of a return counts the answers that come late, as the nearer site overtakes them", () => {
    const found = measure(example()).outcomes.find(
      one => one.event === "london-returns" && one.stream === 0,
    )!;
    // Sent at 429.931 to 429.991 s.
    expect(found).toMatchObject({
      direction: "reversion",
      failover: { time: { value: 70_000, low: 60_000, high: 80_000 }, lost: 0, reordered: 7 },
    });
    expect(EVENT.returns).toBeLessThan(429_931_000);
  });

  it("counts packets that came twice", () => {
    const stream = streamWith(time => (time < AT ? near : time < AT + 30_000 ? nothing : far));
    stream.spans.push({ ...stream.spans[2]!, first: 101, packets: 3 });
    expect(failoverIn(stream)).toMatchObject({ lost: 3, duplicated: 2 });
  });

  it("does not take what the random loss of a link took for a failure, but cannot see past it", () => {
    const lossy = (time: number) => {
      if (time === AT - INTERVAL || time === AT + 30_000) return lost("link", "lossy");
      return time < AT ? near : time < AT + 30_000 ? nothing : far;
    };
    expect(failoverIn(streamWith(lossy))).toMatchObject({
      time: { value: 30_000, low: 20_000, high: 60_000 },
      lost: 3,
    });
  });

  it("is none where no site answers any more", () => {
    expect(failoverIn(streamWith(time => (time < AT ? near : nothing)))).toBeNull();
  });

  it("holds the true outage, and is the gap where packets were lost in one row", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: INTERVAL - 1 }),
        fc.integer({ min: 0, max: SECOND / 2 }),
        fc.integer({ min: 0, max: SECOND / 4 }),
        (start, onset, outage) => {
          const from = AT + onset;
          const stream = streamWith(
            time => (time < from ? near : time < from + outage ? nothing : far),
            start,
          );
          const { time, lost } = failoverIn(stream)!;
          expect(time.low).toBeLessThanOrEqual(outage);
          expect(time.high).toBeGreaterThanOrEqual(outage);
          expect(time.value).toBe(lost * INTERVAL);
        },
      ),
    );
  });
});
