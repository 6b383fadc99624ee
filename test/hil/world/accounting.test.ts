import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentAt } from "../../../hil/measure/sampling.js";
import type { StreamObservation } from "../../../hil/world/observation.js";
import { withEvents } from "../small-scenario.js";
import { planOf } from "./planning.js";
import { type Move, observed } from "./recording.js";

const scenario = withEvents(
  "  - { at: 10s, silent_death: London }\n" +
    "  - { at: 20s, overload: { clients: office, queries: 900, for: 15s } }\n" +
    "  - { at: 25s, port_down: [Paris, New York] }\n" +
    "  - { at: 30s, return: London }\n" +
    "  - { at: 40s, port_up: [Paris, New York] }\n",
  ["  New York:", "  New York: { capacity: 500 }"],
  ["rtt: 4ms", "rtt: 4ms, loss: 3%"],
);

/** Any row of moves for each stream: three times as many packet numbers as there are packets, so that some lie beyond the end. */
const moves: fc.Arbitrary<Move[][]> = fc.array(
  fc
    .uniqueArray(fc.integer({ min: 1, max: 9000 }), { maxLength: 8 })
    .chain(firsts =>
      fc.tuple(
        ...[0, ...firsts.sort((a, b) => a - b)].map(first =>
          fc.constantFrom("London", "New York", "NO_ROUTE", "EGRESS_DOWN").map((to): Move => ({ first, to })),
        ),
      ),
    ),
  { minLength: 4, maxLength: 4 },
);

function expectAccounted({ packets, spans, sessions, transport }: StreamObservation): void {
  let next = 0;
  for (const { first, packets: count, site, neighbor, loss, roundTrip } of spans) {
    expect(first).toBe(next);
    expect(count).toBeGreaterThan(0);
    expect([loss === null, roundTrip === null]).toEqual([site !== null, site === null]);
    if (loss?.at === "router") expect(neighbor).toBeNull();
    else expect(neighbor).not.toBeNull();
    next += count;
  }
  expect(next).toBe(packets);
  expect(sessions.reduce((sum, session) => sum + session.packets, 0)).toBe(transport === "tcp" ? packets : 0);
}

describe("every packet", () => {
  it("is accounted for once: it was answered by a site, or lost somewhere for a reason", () => {
    fc.assert(
      fc.property(moves, all => {
        for (const stream of observed(scenario, n => all[n]!).streams) expectAccounted(stream);
      }),
      { numRuns: 200 },
    );
  });

  it("is answered by the neighbor that the router chose, while that lives, unless chance or load takes it", () => {
    const dead = (site: string, time: number) =>
      site === "London" ? time >= 10e6 && time < 30e6 : time >= 25e6 && time < 40e6;
    fc.assert(
      fc.property(moves, fc.nat(5999), (all, packet) => {
        const stream = observed(scenario, n => all[n]!).streams[0]!;
        const chosen = all[0]!.findLast(({ first }) => first <= packet)!.to;
        const span = stream.spans.findLast(({ first }) => first <= packet)!;
        if (chosen === "NO_ROUTE" || chosen === "EGRESS_DOWN") {
          expect(span.loss).toEqual({ at: "router", detail: chosen });
        } else if (dead(chosen, sentAt(stream, packet))) {
          expect(span.loss?.at).toBe("network");
        } else if (span.site === null) {
          expect(span.loss?.at).toBe(chosen === "London" ? "link" : "site");
        } else {
          expect(span.site).toBe(chosen);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("belongs to a session whose home answered its first packet, and that breaks where another site is reached", () => {
    fc.assert(
      fc.property(moves, all => {
        for (const { spans, sessions } of observed(scenario, n => all[n]!).streams) {
          const siteOf = (packet: number) => spans.findLast(({ first }) => first <= packet)!.site;
          for (const { first, packets, site, brokenAt } of sessions) {
            const sites = Array.from({ length: packets }, (_, n) => siteOf(first + n));
            expect(sites[0]).toBe(site);
            const other = site === null ? -1 : sites.findIndex(one => one !== null && one !== site);
            // A site over its capacity breaks the session too, without an answer: so at the latest here.
            if (other >= 0) expect(brokenAt).toBeLessThanOrEqual(first + other);
            if (brokenAt !== null) expect(siteOf(brokenAt)).not.toBe(site);
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

it("the plan has a stream for queries, two for sessions and one for the overload", () => {
  expect(planOf(scenario).streams.map(({ transport, load }) => `${transport}${load ? " load" : ""}`)).toEqual(
    ["udp", "tcp", "tcp", "udp load"],
  );
});
