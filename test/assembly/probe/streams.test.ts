import fc from "fast-check";
import { expect, it } from "vitest";
import { Lab } from "./lab.js";

const DURATION = 60;
const STREAMS = 4;

interface StreamPlan {
  start: number;
  interval: number;
  /** 0 for no end. */
  count: number;
}

interface Change {
  time: number;
  kind: "STREAM_START" | "STREAM_STOP";
  subject: number;
}

const plan = fc.record({
  start: fc.integer({ min: 0, max: 20 }),
  interval: fc.integer({ min: 1, max: 9 }),
  count: fc.integer({ min: 0, max: 6 }),
});

const change = fc.record({
  time: fc.integer({ min: 0, max: DURATION - 1 }),
  kind: fc.constantFrom("STREAM_START" as const, "STREAM_STOP" as const),
  subject: fc.nat(STREAMS - 1),
});

/** The slow way: every stream is asked at every instant. Lines of "time stream what packets-so-far". */
function reference(plans: StreamPlan[], changes: Change[]): string[] {
  const seen: string[] = [];
  const streams = plans.map(({ start }) => ({ next: start, sent: 0, told: false }));
  const end = (n: number, time: number) => {
    if (streams[n]!.next !== Infinity) seen.push(`${time} ${n} STREAM_END ${streams[n]!.sent}`);
    streams[n]!.next = Infinity;
  };
  for (let time = 0; time < DURATION; time++) {
    for (const { kind, subject } of changes.filter(change => change.time === time)) {
      if (kind === "STREAM_STOP" || streams[subject]!.sent !== 0) end(subject, time);
      if (kind === "STREAM_START") streams[subject] = { next: time, sent: 0, told: false };
    }
    streams.forEach((stream, n) => {
      if (stream.next !== time) return;
      if (!stream.told) seen.push(`${time} ${n} EGRESS 0`);
      stream.told = true;
      stream.sent++;
      if (stream.sent === plans[n]!.count) end(n, time);
      else stream.next = time + plans[n]!.interval;
    });
  }
  streams.forEach((_, n) => {
    end(n, DURATION);
  });
  return seen;
}

it.each(["host", "mcu"] as const)(
  "streams of the %s profile send when they are due, those of one instant by number",
  async profile => {
    const streams = fc.array(plan, { minLength: STREAMS, maxLength: STREAMS });
    await fc.assert(
      fc.asyncProperty(streams, fc.array(change, { maxLength: 8 }), async (plans, unsorted) => {
        const changes = unsorted.sort((a, b) => a.time - b.time);
        const lab = await Lab.build(profile);
        plans.forEach((values, n) => {
          lab.stream(n, values);
        });
        for (const { time, kind, subject } of changes) lab.event(time, kind, subject);
        const seen = lab.run(DURATION).filter(({ kind }) => kind === "EGRESS" || kind === "STREAM_END");
        const lines = seen.map(({ time, subject, kind, count }) => `${time} ${subject} ${kind} ${count}`);
        expect(lines).toEqual(reference(plans, changes));
      }),
      { numRuns: 200 },
    );
  },
);
