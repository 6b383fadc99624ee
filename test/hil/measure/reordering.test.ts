/** Reordering against RFC 4737's own procedure, one answer after the other. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { queriesIn } from "../../../hil/measure/queries.js";
import { answeredBy, lost, streamOf } from "./example.js";

it("counts what RFC 4737 section 3.3 does when it goes through the answers one by one", () => {
  const span = fc.record({
    packets: fc.integer({ min: 1, max: 20 }),
    roundTrip: fc.option(fc.integer({ min: 1, max: 40 }), { nil: null }),
  });
  const window = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }));
  fc.assert(
    fc.property(fc.array(span, { minLength: 1, maxLength: 8 }), window, (spans, bounds) => {
      const roundTrips = spans.flatMap(({ packets, roundTrip }) =>
        Array<number | null>(packets).fill(roundTrip),
      );
      const stream = streamOf(
        {
          client: "client",
          router: "router",
          prefix: "198.51.100.0/24",
          transport: "udp",
          start: 5,
          interval: 2,
          packets: roundTrips.length,
        },
        time => {
          const roundTrip = roundTrips[(time - 5) / 2]!;
          return roundTrip === null ? lost("network", "dead") : answeredBy("A", roundTrip);
        },
      );
      const [from, to] = bounds.sort((a, b) => a - b) as [number, number];

      const answers = roundTrips
        .map((roundTrip, number) => ({ number, at: roundTrip === null ? null : 5 + 2 * number + roundTrip }))
        .filter((answer): answer is { number: number; at: number } => answer.at !== null)
        .sort((a, b) => a.at - b.at || a.number - b.number);
      let nextExpected = 0;
      let reordered = 0;
      for (const { number, at } of answers) {
        if (number >= nextExpected) nextExpected = number + 1;
        else if (at >= from && at < to) reordered++;
      }
      expect(queriesIn(stream, { from, to }).reordered).toBe(reordered);
    }),
  );
});
